import { join, sep } from "node:path";
import { type EnvironmentVersion, ScriptFormat } from "../../domain/boot-environment/manifest.ts";
import type {
  EnvironmentFolders,
  FolderFinding,
  Inspection,
  ScriptComparison,
} from "../../domain/ports/environment-folders.ts";
import type { EnvironmentName } from "../../domain/values/slug.ts";
import { ContentMissingError, type ContentStore, digestsOnly } from "./content-store.ts";
import {
  EnvironmentError,
  type EnvironmentFolder,
  folderNames,
  readEnvironmentFolder,
} from "./environment-folder.ts";
import { prepareEnvironment, renderSamples, type SampleScripts } from "./prepare-environment.ts";
import { gatherEnvironment } from "./published-environment.ts";
import { RenderError, type ScriptRenderer } from "./renderer.ts";

interface FoldersOptions {
  readonly templatesDirectory: string;
  /** Where the files are that environments name. */
  readonly assetsDirectory: string;
  readonly content: ContentStore;
  /** Starts a renderer, which is closed when the folder was looked at: that is asked for rarely. */
  readonly startRenderer: () => ScriptRenderer;
}

/** Looks at the folders one at a time, however many ask. */
export function environmentFolders(options: FoldersOptions): EnvironmentFolders {
  let last: Promise<unknown> = Promise.resolve();
  return {
    inspect(name, inspection) {
      const turn = last.then(() => inspect(name, inspection, options));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

async function inspect(
  name: EnvironmentName,
  { keep, published }: Inspection,
  options: FoldersOptions,
): Promise<FolderFinding> {
  const { templatesDirectory, content, startRenderer } = options;
  const renderer = startRenderer();
  try {
    const names = await folderNames(templatesDirectory);
    // Also for a symbolic link, which the next start would not follow.
    if (!names.includes(name)) {
      throw new EnvironmentError(`${name}: there is no such folder among the templates: put one there`);
    }
    const read = await readEnvironmentFolder(join(templatesDirectory, name), options);
    await refuseSecondOfPurpose(read, { names, ...options });
    const prepared = await prepareEnvironment(read, { content: keep ? content : digestsOnly, renderer });
    const { digest, manifest, samples } = prepared;
    const before = published && (await samplesOf(published, { content, renderer }));
    return { outcome: "usable", digest, manifest, scripts: comparison(samples, before) };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    // Callers know the folders by their names; where they are is the host's affair.
    const problem = error.message
      .replaceAll(templatesDirectory + sep, "")
      .replaceAll(options.assetsDirectory, "the assets folder");
    return { outcome: "unusable", problem };
  } finally {
    await renderer.close();
  }
}

/** In the order of the formats; those that neither has are left out. */
function comparison(after: SampleScripts, before: SampleScripts = {}): readonly ScriptComparison[] {
  const inEither = ScriptFormat.options.filter((format) => format in after || format in before);
  return inEither.map((format) => ({ format, before: before[format], after: after[format] ?? "" }));
}

/**
 * The scripts of a version for made-up inputs; `undefined` when its contents are lost, or one cannot be rendered any
 * more. Publishing anew is what mends that.
 */
async function samplesOf(
  version: EnvironmentVersion,
  { content, renderer }: { readonly content: ContentStore; readonly renderer: ScriptRenderer },
): Promise<SampleScripts | undefined> {
  try {
    const environment = await gatherEnvironment(version, content);
    // The same made-up version as of the folder, so that what differs is the templates' doing.
    return await renderSamples({ ...environment, version: { ...version, version: 1 } }, renderer);
  } catch (error) {
    if (error instanceof ContentMissingError || error instanceof RenderError) return undefined;
    throw error;
  }
}

/** Which environment a machine without a run gets must not depend on who published last. */
async function refuseSecondOfPurpose(
  { definition: { name, purpose } }: EnvironmentFolder,
  { names, ...options }: FoldersOptions & { readonly names: readonly string[] },
): Promise<void> {
  if (purpose === "deploy") return;
  for (const other of names) {
    if (other === name) continue;
    const definition = await definitionOf(other, options);
    if (definition?.purpose !== purpose) continue;
    throw new EnvironmentError(
      `${name}: purpose: ${purpose} is what ${other} is for already: remove one of the two folders`,
    );
  }
}

/** `undefined` for a folder that cannot be used: nothing is served from it. */
async function definitionOf(name: string, options: FoldersOptions) {
  try {
    return (await readEnvironmentFolder(join(options.templatesDirectory, name), options)).definition;
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}
