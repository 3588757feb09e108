import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Sha256 } from "../../domain/values/sha256.ts";
import { syncFolder } from "../../durable-file.ts";
import { sha256Of } from "../digest.ts";
import { createGenerationMap } from "../generation-map.ts";

/** Something that is kept. */
export interface KeptContent {
  readonly sha256: Sha256;
  readonly bytes: number;
}

/** Contents by the digest of their bytes: what was kept once never changes and is never asked for by name. */
export interface ContentStore {
  /** Resolves when the bytes are durable. Keeping the same bytes again does nothing. */
  put(bytes: Uint8Array): Promise<KeptContent>;
  /** Keeps a copy of a file as it is now. `path` comes from the operator's folders, never from a request. */
  putFile(path: string): Promise<KeptContent>;
  /** All bytes; for contents that are known to be small. @throws ContentMissingError */
  read(sha256: Sha256): Promise<Buffer>;
  /** The caller closes the handle. @throws ContentMissingError */
  open(sha256: Sha256): Promise<{ readonly handle: FileHandle; readonly bytes: number }>;
}

/** A digest that the log names is not in the content folder: the folder was not restored with the log. */
export class ContentMissingError extends Error {
  override readonly name = "ContentMissingError";

  constructor(sha256: Sha256, path: string, options?: ErrorOptions) {
    super(`content ${sha256} is not kept: restore ${path} from the backup that holds it`, options);
  }
}

/** Most digests remembered as kept, so that a boot storm does not look every script up on disk. */
const rememberedMax = 10_000;

/**
 * `folder`: made when absent. Contents go to `<first two digits>/<digest>` in it. `newId` names temporary files, which
 * go to `incoming`: two that keep contents in one folder have one each. (Default: "incoming")
 */
export async function openContentStore(
  folder: string,
  newId: () => string,
  incoming = "incoming",
): Promise<ContentStore> {
  const aside = join(folder, incoming);
  await mkdir(aside, { recursive: true });
  // What a crash left half written was never named by anybody.
  for (const name of await readdir(aside)) await rm(join(aside, name), { force: true });
  return new ContentFolder({ folder, aside, newId });
}

/** Tells the digests of contents, and keeps none. */
export const digestsOnly: Pick<ContentStore, "put" | "putFile"> = {
  put: async (bytes) => ({ sha256: sha256Of(bytes), bytes: bytes.length }),
  putFile: digestOfFile,
};

interface ContentFolders {
  readonly folder: string;
  /** Where contents are until they are whole. */
  readonly aside: string;
  readonly newId: () => string;
}

class ContentFolder implements ContentStore {
  readonly #folder: string;
  readonly #aside: string;
  readonly #newId: () => string;
  readonly #remembered = createGenerationMap<Sha256, true>(rememberedMax);

  constructor({ folder, aside, newId }: ContentFolders) {
    this.#folder = folder;
    this.#aside = aside;
    this.#newId = newId;
  }

  async put(bytes: Uint8Array): Promise<KeptContent> {
    const sha256 = sha256Of(bytes);
    if (await this.#has(sha256)) return { sha256, bytes: bytes.length };
    return this.#keep([bytes]);
  }

  async putFile(path: string): Promise<KeptContent> {
    const before = await digestOfFile(path);
    if (await this.#has(before.sha256)) return before;
    return this.#keep(createReadStream(path));
  }

  async read(sha256: Sha256): Promise<Buffer> {
    const { handle } = await this.open(sha256);
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  }

  async open(sha256: Sha256): Promise<{ readonly handle: FileHandle; readonly bytes: number }> {
    const path = this.#pathOf(sha256);
    try {
      const handle = await open(path, "r");
      const { size } = await handle.stat();
      return { handle, bytes: size };
    } catch (error) {
      if (isAbsence(error)) throw new ContentMissingError(sha256, path, { cause: error });
      throw error;
    }
  }

  #pathOf(sha256: Sha256): string {
    // Parsed again although typed: a digest is the only thing that ever becomes a path in here.
    const digest = Sha256.parse(sha256);
    return join(this.#folder, digest.slice(0, 2), digest);
  }

  async #has(sha256: Sha256): Promise<boolean> {
    if (this.#remembered.get(sha256)) return true;
    try {
      await stat(this.#pathOf(sha256));
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
    this.#remembered.set(sha256, true);
    return true;
  }

  /** Writes aside, makes it durable, then gives it its name: a name never points to half a content. */
  async #keep(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<KeptContent> {
    const temporary = join(this.#aside, this.#newId());
    try {
      const kept = await writeDurably(temporary, chunks);
      const path = this.#pathOf(kept.sha256);
      await mkdir(dirname(path), { recursive: true });
      await rename(temporary, path);
      await syncFolder(dirname(path));
      await syncFolder(this.#folder);
      this.#remembered.set(kept.sha256, true);
      return kept;
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }
}

async function writeDurably(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<KeptContent> {
  const handle = await open(path, "wx", 0o600);
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      await handle.writeFile(chunk);
    }
    await handle.sync();
    return { sha256: Sha256.parse(hash.digest("hex")), bytes };
  } finally {
    await handle.close();
  }
}

async function digestOfFile(path: string): Promise<KeptContent> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: Sha256.parse(hash.digest("hex")), bytes };
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
