import { canonicalJson } from "../../canonical-json.ts";
import type { EnvironmentManifest } from "../../domain/boot-environment/manifest.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type { EnvironmentName } from "../../domain/values/slug.ts";
import type { ContentStore, KeptContent } from "./content-store.ts";
import { EnvironmentError, type EnvironmentFolder } from "./environment-folder.ts";
import type { ScriptSource } from "./render-script.ts";
import { RenderError, type ScriptRenderer } from "./renderer.ts";
import { sampleInputs } from "./sample-inputs.ts";

/** A folder that is ready to be published. */
export interface PreparedEnvironment {
  readonly name: EnvironmentName;
  /** Of the manifest, RFC 8785 JSON. */
  readonly digest: Sha256;
  readonly manifest: EnvironmentManifest;
  readonly source: ScriptSource;
  /** The script for made-up inputs. */
  readonly sample: string;
}

interface Preparation {
  /** Everything goes there: what an event names is kept before the event is written. */
  readonly content: Pick<ContentStore, "put" | "putFile">;
  readonly renderer: Pick<ScriptRenderer, "render">;
}

/** Keeps what is in a folder, and renders its script once. @throws EnvironmentError */
export async function prepareEnvironment(
  read: EnvironmentFolder,
  { content, renderer }: Preparation,
): Promise<PreparedEnvironment> {
  const { name, purpose } = read.definition;
  const manifest = await keep(read, content);
  const { sha256: digest } = await content.put(Buffer.from(canonicalJson(manifest)));
  const source = { script: manifest.script, templates: read.templates, files: Object.keys(manifest.files) };
  const job = { source, inputs: sampleInputs({ name, version: 1, digest }, purpose) };
  return { name, digest, manifest, source, sample: await tryOut(renderer, job) };
}

async function keep(
  { definition, templates, files }: EnvironmentFolder,
  content: Preparation["content"],
): Promise<EnvironmentManifest> {
  const keptTemplates: [string, KeptContent][] = [];
  for (const [path, text] of Object.entries(templates)) {
    keptTemplates.push([path, await content.put(Buffer.from(text, "utf8"))]);
  }
  const keptFiles: [string, KeptContent][] = [];
  for (const [name, path] of Object.entries(files)) keptFiles.push([name, await content.putFile(path)]);
  const { description, purpose, script } = definition;
  return {
    description,
    purpose,
    script,
    templates: Object.fromEntries(keptTemplates),
    files: Object.fromEntries(keptFiles),
  };
}

/** A script that names a variable which does not exist is found now, not when a machine boots. */
async function tryOut(
  renderer: Preparation["renderer"],
  job: Parameters<ScriptRenderer["render"]>[0],
): Promise<string> {
  try {
    return await renderer.render(job);
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    throw new EnvironmentError(`${job.inputs.environment.name}: ${error.message}`, { cause: error });
  }
}
