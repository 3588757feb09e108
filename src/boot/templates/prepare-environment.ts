import { canonicalJson } from "../../canonical-json.ts";
import { type EnvironmentManifest, ScriptFormat } from "../../domain/boot-environment/manifest.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type { EnvironmentName } from "../../domain/values/slug.ts";
import type { ContentStore, KeptContent } from "./content-store.ts";
import { EnvironmentError, type EnvironmentFolder } from "./environment-folder.ts";
import { type PublishedEnvironment, scriptSource } from "./published-environment.ts";
import { RenderError, type ScriptRenderer } from "./renderer.ts";
import { sampleInputs } from "./sample-inputs.ts";

/** A folder that is ready to be published. */
export interface PreparedEnvironment {
  readonly name: EnvironmentName;
  /** Of the manifest, RFC 8785 JSON. */
  readonly digest: Sha256;
  readonly manifest: EnvironmentManifest;
  readonly templates: PublishedEnvironment["templates"];
  /** Its scripts for made-up inputs. */
  readonly samples: SampleScripts;
}

/** What each script of an environment renders to from made-up inputs. One that it does not have is left out. */
export type SampleScripts = Readonly<Partial<Record<ScriptFormat, string>>>;

interface Preparation {
  /** Everything goes there: what an event names is kept before the event is written. */
  readonly content: Pick<ContentStore, "put" | "putFile">;
  readonly renderer: Pick<ScriptRenderer, "render">;
}

/** Keeps what is in a folder, and renders each of its scripts once. @throws EnvironmentError */
export async function prepareEnvironment(
  read: EnvironmentFolder,
  { content, renderer }: Preparation,
): Promise<PreparedEnvironment> {
  const { name } = read.definition;
  const { templates } = read;
  const manifest = await keep(read, content);
  const { sha256: digest } = await content.put(Buffer.from(canonicalJson(manifest)));
  const samples = await tryOut({ version: { name, version: 1, digest }, manifest, templates }, renderer);
  return { name, digest, manifest, templates, samples };
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
  const { description, purpose, script, grub = null } = definition;
  return {
    description,
    purpose,
    script,
    grub,
    templates: Object.fromEntries(keptTemplates),
    files: Object.fromEntries(keptFiles),
  };
}

/** A script that names a variable which does not exist is found now, not when a machine boots. */
async function tryOut(
  environment: PublishedEnvironment,
  renderer: Preparation["renderer"],
): Promise<SampleScripts> {
  try {
    return await renderSamples(environment, renderer);
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    throw new EnvironmentError(`${environment.version.name}: ${error.message}`, { cause: error });
  }
}

/** @throws RenderError */
export async function renderSamples(
  { version, manifest, templates }: PublishedEnvironment,
  renderer: Preparation["renderer"],
): Promise<SampleScripts> {
  const samples: [ScriptFormat, string][] = [];
  for (const format of ScriptFormat.options) {
    const source = scriptSource({ manifest, templates }, format);
    if (!source) continue;
    const inputs = sampleInputs(version, manifest.purpose, format);
    samples.push([format, await renderer.render({ source, inputs })]);
  }
  return Object.fromEntries(samples);
}
