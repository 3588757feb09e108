import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "../../canonical-json.ts";
import type { BootEnvironmentCommand } from "../../domain/boot-environment/commands.ts";
import type { BootEnvironment } from "../../domain/boot-environment/decide.ts";
import { bootEnvironmentCodec, bootEnvironmentStream } from "../../domain/boot-environment/events.ts";
import type { EnvironmentManifest, EnvironmentPurpose } from "../../domain/boot-environment/manifest.ts";
import type { CommandHandler } from "../../domain/handle-command.ts";
import type { EventMeta, EventReader } from "../../domain/ports/event-store.ts";
import { EnvironmentName } from "../../domain/values/slug.ts";
import { sha256Of } from "../digest.ts";
import { createGenerationMap } from "../generation-map.ts";
import type { ContentStore, KeptContent } from "./content-store.ts";
import { EnvironmentError, type EnvironmentFolder, readEnvironmentFolder } from "./environment-folder.ts";
import { gatherEnvironment, type PublishedEnvironment } from "./published-environment.ts";
import { RenderError, type ScriptRenderer } from "./renderer.ts";
import { sampleInputs } from "./sample-inputs.ts";

interface CatalogueOptions {
  readonly templatesDirectory: string;
  /** Where the files are that environments name. */
  readonly assetsDirectory: string;
  readonly content: ContentStore;
  readonly renderer: ScriptRenderer;
  readonly reader: EventReader;
  /** Handles the commands of `bootenv-` streams. */
  readonly handle: CommandHandler<BootEnvironment, BootEnvironmentCommand, never>;
  /** Who publishes, and why now. */
  readonly meta: EventMeta;
}

/** The boot environments, as they were when the service started, and every version before. */
export interface Catalogue {
  /** Folders that were not published, each with what to do about it. */
  readonly problems: readonly EnvironmentError[];
  /** Current environments in the order of their names. */
  readonly current: readonly PublishedEnvironment[];
  /** The current environment for machines without a run. `undefined` when its folder has a problem. */
  forPurpose(purpose: Exclude<EnvironmentPurpose, "deploy">): PublishedEnvironment | undefined;
  /** A version that a run is pinned to. @throws ContentMissingError */
  pinned(version: PublishedEnvironment["version"]): Promise<PublishedEnvironment>;
  /** A file of any version that was ever published; `undefined` when there is no such version or file. */
  findFile(wanted: EnvironmentFile): Promise<KeptContent | undefined>;
}

/** A file as script URLs name it. Comes from requests: anything may stand in it. */
interface EnvironmentFile {
  readonly environment: string;
  readonly version: number;
  readonly name: string;
}

/** Reads `templates/`, keeps what is in it and publishes what changed. A bad folder keeps no good one back. */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const { templatesDirectory, content } = options;
  const problems: EnvironmentError[] = [];
  const current: PublishedEnvironment[] = [];
  for (const name of await folderNames(templatesDirectory)) {
    try {
      const read = await readEnvironmentFolder(join(templatesDirectory, name), options);
      refuseSecondOfPurpose(read, current);
      current.push(await publish(read, options));
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      problems.push(error);
    }
  }
  const manifestOf = manifestLookup(current, options.reader);
  const pinned = rememberingLookup((version) => gatherEnvironment(version, content), current);

  return {
    problems,
    current,
    forPurpose: (purpose) => current.find(({ manifest }) => manifest.purpose === purpose),
    pinned,
    async findFile({ environment, version, name }) {
      const manifest = await manifestOf(environment, version);
      return manifest && Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;
    },
  };
}

async function folderNames(templatesDirectory: string): Promise<readonly string[]> {
  const entries = await readdir(templatesDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Which one an unknown machine gets must not depend on the order of folders. */
function refuseSecondOfPurpose(
  { definition }: EnvironmentFolder,
  current: readonly PublishedEnvironment[],
): void {
  const { name, purpose } = definition;
  if (purpose === "deploy") return;
  const first = current.find(({ manifest }) => manifest.purpose === purpose);
  if (!first) return;
  throw new EnvironmentError(
    `${name}: purpose: ${purpose} is what ${first.version.name} is for already: remove one of the two folders`,
  );
}

async function publish(
  read: EnvironmentFolder,
  { content, renderer, handle, meta }: CatalogueOptions,
): Promise<PublishedEnvironment> {
  const { definition } = read;
  const { name, purpose } = definition;
  const manifest = await keep(read, content);
  const canonical = Buffer.from(canonicalJson(manifest));
  const digest = sha256Of(canonical);
  const source = { script: manifest.script, templates: read.templates, files: Object.keys(manifest.files) };
  await tryOut(renderer, { source, inputs: sampleInputs({ name, version: 1, digest }, purpose) });

  // What an event names is kept before the event is written.
  await content.put(canonical);
  const command = { type: "PublishBootEnvironment", digest, manifest } as const;
  const result = await handle(bootEnvironmentStream(name), command, { meta });
  if (result.outcome === "rejected") throw new EnvironmentError(`${name}: ${result.rejection.message}`);
  const version = result.state?.version;
  if (version === undefined) throw new Error(`${name} was published and has no version`);
  return { version: { name, version, digest }, manifest, source };
}

async function keep(
  { definition, templates, files }: EnvironmentFolder,
  content: ContentStore,
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
async function tryOut(renderer: ScriptRenderer, job: Parameters<ScriptRenderer["render"]>[0]): Promise<void> {
  try {
    await renderer.render(job);
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    throw new EnvironmentError(`${job.inputs.environment.name}: ${error.message}`, { cause: error });
  }
}

/** Most past versions kept in memory. */
const rememberedMax = 64;

function rememberingLookup(
  gather: Catalogue["pinned"],
  current: readonly PublishedEnvironment[],
): Catalogue["pinned"] {
  const remembered = createGenerationMap<string, PublishedEnvironment>(rememberedMax);
  return async (version) => {
    const now = current.find((candidate) => sameVersion(candidate.version, version));
    const key = `${version.name}/${version.version}`;
    const known = now ?? remembered.get(key);
    if (known) return known;
    const gathered = await gather(version);
    remembered.set(key, gathered);
    return gathered;
  };
}

function sameVersion(one: PublishedEnvironment["version"], other: PublishedEnvironment["version"]): boolean {
  return one.name === other.name && one.version === other.version;
}

/** The manifest of a version: of the current one at once, of one before from the log. */
function manifestLookup(current: readonly PublishedEnvironment[], reader: EventReader) {
  return async (environment: string, version: number): Promise<EnvironmentManifest | undefined> => {
    const now = current.find((candidate) => candidate.version.name === environment);
    if (now?.version.version === version) return now.manifest;
    const name = EnvironmentName.safeParse(environment);
    if (!name.success) return undefined;
    const events = (await reader.readStream(bootEnvironmentStream(name.data))).map(bootEnvironmentCodec.read);
    return events.find(({ data }) => data.version === version)?.data.manifest;
  };
}
