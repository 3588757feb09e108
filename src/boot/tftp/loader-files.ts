import { readFile, stat } from "node:fs/promises";
import type { Sha256 } from "../../domain/values/sha256.ts";
import { containedFile } from "../contained-file.ts";
import { sha256Of } from "../digest.ts";
import { fileInMemory, type TftpFiles } from "./files.ts";

/** A loader in memory. */
export interface LoaderFile {
  /** As it stands in the list of loaders. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: Sha256;
}

/** The loaders: a short list of files of one folder, and nothing else in it. */
export interface LoaderFiles {
  /** `name`: anything may stand in it. `undefined` when that is none of the loaders, or its file is missing. */
  find(name: string): Promise<LoaderFile | undefined>;
}

/** Largest loader, octets. A signed GRUB has 4 MiB. */
const loaderBytesMax = 16 * 1024 * 1024;

/**
 * `offered`: the names in `folder` that may be had, for example `snponly.efi`; asked each time. Contents are read once,
 * and again when the file has changed, so that an operator can replace a loader while the service runs.
 */
export function loaderFiles(folder: string, offered: Pick<ReadonlySet<string>, "has">): LoaderFiles {
  const inMemory = new Map<string, { readonly stamp: string; readonly file: Promise<LoaderFile> }>();

  /** Looks that are under way: a storm of machines that want the same loader at once looks and reads once. */
  const looks = new Map<string, Promise<LoaderFile | undefined>>();

  function remember(name: string, stamp: string, file: Promise<LoaderFile>): Promise<LoaderFile> {
    inMemory.set(name, { stamp, file });
    file.catch(() => inMemory.delete(name));
    return file;
  }

  async function look(name: string): Promise<LoaderFile | undefined> {
    const path = await containedFile(folder, name);
    if (!path) return undefined;
    const { size, mtimeMs } = await stat(path);
    if (size > loaderBytesMax) return undefined;

    const stamp = `${path} ${size} ${mtimeMs}`;
    const cached = inMemory.get(name);
    if (cached?.stamp === stamp) return cached.file;
    return remember(name, stamp, readLoader(name, path));
  }

  return {
    async find(name) {
      if (!offered.has(name)) return undefined;
      const underWay = looks.get(name);
      if (underWay) return underWay;
      const looking = look(name).finally(() => looks.delete(name));
      looks.set(name, looking);
      return looking;
    },
  };
}

/** The loaders as a source of TFTP. */
export function loaderSource(loaders: LoaderFiles): TftpFiles {
  return {
    async find(asked) {
      const loader = await loaders.find(asked);
      return loader && fileInMemory(loader);
    },
  };
}

async function readLoader(name: string, path: string): Promise<LoaderFile> {
  const bytes = await readFile(path);
  return { name, bytes, sha256: sha256Of(bytes) };
}
