import {
  currentManifest,
  EnvironmentManifest,
  type EnvironmentVersion,
  type ScriptFormat,
} from "../../domain/boot-environment/manifest.ts";
import type { ContentStore } from "./content-store.ts";
import type { ScriptSource } from "./render-script.ts";

/** One version of a boot environment, ready to be rendered. */
export interface PublishedEnvironment {
  readonly version: EnvironmentVersion;
  readonly manifest: EnvironmentManifest;
  /** Text of every template by its path in the environment's folder. */
  readonly templates: ScriptSource["templates"];
}

/** What a script of the environment is rendered from; `undefined`: it has none for that format. */
export function scriptSource(
  { manifest, templates }: Pick<PublishedEnvironment, "manifest" | "templates">,
  format: ScriptFormat,
): ScriptSource | undefined {
  const script = format === "ipxe" ? manifest.script : manifest.grub;
  return script === null ? undefined : { format, script, templates, files: Object.keys(manifest.files) };
}

/**
 * Gathers a version, current or past, from what is kept of it: its digest names the manifest, and the manifest
 * its templates.
 *
 * @throws ContentMissingError
 */
export async function gatherEnvironment(
  version: EnvironmentVersion,
  content: ContentStore,
): Promise<PublishedEnvironment> {
  const kept = await content.read(version.digest);
  const manifest = EnvironmentManifest.parse(currentManifest(JSON.parse(kept.toString("utf8"))));
  const templates: [string, string][] = [];
  for (const [path, { sha256 }] of Object.entries(manifest.templates)) {
    templates.push([path, (await content.read(sha256)).toString("utf8")]);
  }
  return { version, manifest, templates: Object.fromEntries(templates) };
}
