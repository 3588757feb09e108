import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { numberText } from "../../adapters/event-store/position.ts";
import { writeNewFile } from "../../durable-file.ts";
import { type Checkpoint, openCheckpoint } from "../../proof/checkpoint.ts";
import { noteBytesMax } from "../../proof/note.ts";
import { NoteError } from "../../proof/note-keys.ts";
import { unlessMissing } from "../unless-missing.ts";
import type { SigningKey } from "./signing-key.ts";

/** The checkpoints of one life of a log as files. None is ever changed; the oldest go when there are too many. */
export interface NoteFiles {
  /**
   * The checkpoint there that covers the most events, of those that are what was written under their names; `undefined`:
   * there is none.
   */
  newest(): Promise<Checkpoint | undefined>;
  /** Writes a checkpoint to a file of its own, and the key beside it. One that is there already stays. */
  publish(size: number, note: string): Promise<void>;
  /**
   * Deletes the oldest until so many are left that are what was written under their names. Where nothing may be deleted,
   * all stay.
   */
  keep(count: number): Promise<void>;
}

export interface NoteFilesOptions {
  readonly directory: string;
  /** The log's id and its incarnation: the names of its files begin with them. */
  readonly life: string;
  readonly key: SigningKey;
  /** Told of files that are not what was written under their names, of each once. (Default: nobody is) */
  readonly onUnusable?: (error: NoteError) => void;
  /** Told of each file that was deleted because there were too many. (Default: nobody is) */
  readonly onDeleted?: () => void;
}

const extension = ".checkpoint";

export function noteFiles(options: NoteFilesOptions): NoteFiles {
  const { directory, life, key, onUnusable, onDeleted } = options;
  const { verifier, verifierKey } = key;
  const tell = tellOnce(onUnusable);
  /** Files that were read before and are what was written: they never change. */
  const known = new Set<string>();

  const nameOf = (size: number) => `${life}.${numberText(size)}${extension}`;

  /** The oldest first: names are in the order of the sizes. */
  async function names(): Promise<readonly string[]> {
    const all = (await unlessMissing(readdir(directory))) ?? [];
    return all.filter((each) => each.startsWith(`${life}.`) && each.endsWith(extension)).toSorted();
  }

  async function open(name: string): Promise<Checkpoint | NoteError> {
    try {
      const checkpoint = openCheckpoint(await readNote(join(directory, name)), [verifier]);
      if (name === nameOf(checkpoint.size)) return checkpoint;
      // It would hide those that come after it, where no file can be changed or deleted but any added.
      return new NoteError("NOTE_MALFORMED", `it is the one of ${checkpoint.size} events`);
    } catch (error) {
      if (error instanceof NoteError) return error;
      throw error;
    }
  }

  async function isUsable(name: string): Promise<boolean> {
    if (!known.has(name) && !((await open(name)) instanceof NoteError)) known.add(name);
    return known.has(name);
  }

  /** Those that are older than so many usable ones, the newest first. */
  async function namesBehind(count: number): Promise<readonly string[]> {
    const all = (await names()).toReversed();
    if (all.length <= count) return [];
    let usable = 0;
    for (const [place, name] of all.entries()) {
      if (await isUsable(name)) usable++;
      if (usable === count) return all.slice(place + 1);
    }
    return [];
  }

  return {
    async newest() {
      const unusable = new Map<string, NoteError>();
      // However many there are: a bound would let so many that nobody signed hide the one that somebody did.
      for (const name of (await names()).toReversed()) {
        const found = await open(name);
        if (!(found instanceof NoteError)) {
          tell(unusable);
          return found;
        }
        unusable.set(name, found);
      }
      tell(unusable);
      return undefined;
    },

    async publish(size, note) {
      await mkdir(directory, { recursive: true });
      await writeNewFile(join(directory, `${life}.${verifier.id}.pub`), `${verifierKey}\n`);
      await writeNewFile(join(directory, nameOf(size)), note);
    },

    async keep(count) {
      for (const name of await namesBehind(count)) {
        if (!(await removed(join(directory, name)))) return;
        known.delete(name);
        onDeleted?.();
      }
    },
  };
}

/** One line for all that are new: whoever puts thousands there shall not fill the log. */
function tellOnce(onUnusable: NoteFilesOptions["onUnusable"]) {
  const told = new Set<string>();
  return (unusable: ReadonlyMap<string, NoteError>): void => {
    const [first, ...others] = [...unusable].filter(([name]) => !told.has(name));
    if (!first) return;
    for (const name of unusable.keys()) told.add(name);
    const [name, { code, message }] = first;
    const more = others.length === 0 ? "" : `, and ${others.length} others`;
    onUnusable?.(new NoteError(code, `${name}: ${message}${more}`));
  };
}

/** @throws NoteError for what would fill the memory, or be waited for without end */
async function readNote(file: string): Promise<Uint8Array> {
  const about = await stat(file);
  if (about.isFile() && about.size <= noteBytesMax) return readFile(file);
  throw new NoteError("NOTE_MALFORMED", `it is no file of ${noteBytesMax} octets at most`);
}

/** Whether it may be deleted. Whoever keeps the files where none may be deleted wants to have them all. */
async function removed(file: string): Promise<boolean> {
  try {
    await rm(file, { force: true });
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EPERM" || code === "EACCES" || code === "EROFS") return false;
    throw error;
  }
}
