import { join } from "node:path";
import type { BootEnvironmentCommand } from "../../domain/boot-environment/commands.ts";
import type { BootEnvironment } from "../../domain/boot-environment/decide.ts";
import { bootEnvironmentCodec, bootEnvironmentStream } from "../../domain/boot-environment/events.ts";
import type { EnvironmentManifest, EnvironmentPurpose } from "../../domain/boot-environment/manifest.ts";
import type { CommandHandler } from "../../domain/handle-command.ts";
import type { EventMeta, EventReader } from "../../domain/ports/event-store.ts";
import { EnvironmentName } from "../../domain/values/slug.ts";
import { createGenerationMap } from "../generation-map.ts";
import type { ContentStore, KeptContent } from "./content-store.ts";
import {
  EnvironmentError,
  type EnvironmentFolder,
  folderNames,
  readEnvironmentFolder,
} from "./environment-folder.ts";
import { prepareEnvironment } from "./prepare-environment.ts";
import { gatherEnvironment, type PublishedEnvironment } from "./published-environment.ts";
import type { ScriptRenderer } from "./renderer.ts";

interface CatalogueOptions {
  readonly templatesDirectory: string;
  /** Where the files are that environments name. */
  readonly assetsDirectory: string;
  readonly content: ContentStore;
  readonly renderer: ScriptRenderer;
  readonly reader: EventReader;
  /** Handles the commands of `bootenv-` streams. */
  readonly handle: CommandHandler<BootEnvironment, BootEnvironmentCommand, never>;
  /** The newest version of each environment that the log has, as far as it was followed; the last published last. */
  readonly published: () => readonly NewestVersion[];
  /** Who publishes, and why now. */
  readonly meta: EventMeta;
}

/** What the log tells of a version. */
type NewestVersion = PublishedEnvironment["version"] & { readonly manifest: EnvironmentManifest };

/** The boot environments as they were when the service started, those that were published since, and every version before. */
export interface Catalogue {
  /** Folders that were not published, each with what to do about it. */
  readonly problems: readonly EnvironmentError[];
  /** What the folders held at the start, in the order of the environments' names. */
  readonly current: readonly PublishedEnvironment[];
  /**
   * The environment for machines without a run: the one that was published while the service runs, else that of the
   * start. `undefined` when its folder had a problem and nobody published it since.
   *
   * @throws ContentMissingError
   */
  forPurpose(purpose: Exclude<EnvironmentPurpose, "deploy">): Promise<PublishedEnvironment | undefined>;
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
  const publishedSince = sinceStart(current, options.published);

  return {
    problems,
    current,
    async forPurpose(purpose) {
      const since = publishedSince();
      const last = since.findLast(({ manifest }) => manifest.purpose === purpose);
      if (last) return pinned({ name: last.name, version: last.version, digest: last.digest });
      const replaced = new Set(since.map((newest) => newest.name));
      return current.find(
        (candidate) => candidate.manifest.purpose === purpose && !replaced.has(candidate.version.name),
      );
    },
    pinned,
    async findFile({ environment, version, name }) {
      const manifest = await manifestOf(environment, version);
      return manifest && Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;
    },
  };
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

async function publish(read: EnvironmentFolder, options: CatalogueOptions): Promise<PublishedEnvironment> {
  const { name, digest, manifest, templates } = await prepareEnvironment(read, options);
  const command = { type: "PublishBootEnvironment", digest, manifest } as const;
  const result = await options.handle(bootEnvironmentStream(name), command, { meta: options.meta });
  if (result.outcome === "rejected") throw new EnvironmentError(`${name}: ${result.rejection.message}`);
  const version = result.state?.version;
  if (version === undefined) throw new Error(`${name} was published and has no version`);
  return { version: { name, version, digest }, manifest, templates };
}

/** Tells what was published after the start. A version of before whose folder is gone or wrong is served to no one. */
function sinceStart(current: readonly PublishedEnvironment[], published: CatalogueOptions["published"]) {
  const atStart = new Map<string, number>();
  for (const { name, version } of [...published(), ...current.map((each) => each.version)]) {
    atStart.set(name, Math.max(version, atStart.get(name) ?? 0));
  }
  return () => published().filter(({ name, version }) => version > (atStart.get(name) ?? 0));
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
