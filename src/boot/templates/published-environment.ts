import { z } from "zod";
import { EnvironmentManifest, type EnvironmentVersion } from "../../domain/boot-environment/manifest.ts";
import type { ContentStore } from "./content-store.ts";
import type { ScriptSource } from "./render-script.ts";

/** One version of a boot environment, ready to be rendered. */
export interface PublishedEnvironment {
  readonly version: EnvironmentVersion;
  readonly manifest: EnvironmentManifest;
  readonly source: ScriptSource;
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
  const manifest = z
    .json()
    .pipe(EnvironmentManifest)
    .parse(JSON.parse(kept.toString("utf8")));
  const templates: [string, string][] = [];
  for (const [path, { sha256 }] of Object.entries(manifest.templates)) {
    templates.push([path, (await content.read(sha256)).toString("utf8")]);
  }
  const source = {
    script: manifest.script,
    templates: Object.fromEntries(templates),
    files: Object.keys(manifest.files),
  };
  return { version, manifest, source };
}
