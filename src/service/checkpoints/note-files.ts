import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeNewFile } from "../../durable-file.ts";
import { type Checkpoint, openCheckpoint } from "../../proof/checkpoint.ts";
import { noteBytesMax } from "../../proof/note.ts";
import { NoteError } from "../../proof/note-keys.ts";
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
  /** Deletes the oldest until so many are left. Where nothing may be deleted, all stay. */
  keep(count: number): Promise<void>;
}

export interface NoteFilesOptions {
  readonly directory: string;
  /** The log's id and its incarnation: the names of its files begin with them. */
  readonly life: string;
  readonly key: SigningKey;
  /** Told of a file that is not what was written under its name. (Default: nobody is) */
  readonly onUnusable?: (error: NoteError) => void;
}

const extension = ".checkpoint";

/** Files that nobody signed, among which one is looked for that is: more of them are an attack, or a mistake. */
const unusableMax = 100;

export function noteFiles({ directory, life, key, onUnusable }: NoteFilesOptions): NoteFiles {
  const { verifier, verifierKey } = key;

  const nameOf = (size: number) => `${life}.${sizeText(size)}${extension}`;

  /** The oldest first: names are in the order of the sizes. */
  async function names(): Promise<readonly string[]> {
    const all = await namesIn(directory);
    return all.filter((each) => each.startsWith(`${life}.`) && each.endsWith(extension)).toSorted();
  }

  async function open(name: string): Promise<Checkpoint | undefined> {
    try {
      const checkpoint = openCheckpoint(await readNote(join(directory, name)), [verifier]);
      if (name === nameOf(checkpoint.size)) return checkpoint;
      // It would hide those that come after it, where no file can be changed or deleted but any added.
      throw new NoteError("NOTE_MALFORMED", `it is the one of ${checkpoint.size} events`);
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      onUnusable?.(new NoteError(error.code, `${name}: ${error.message}`));
      return undefined;
    }
  }

  return {
    async newest() {
      for (const name of (await names()).toReversed().slice(0, unusableMax)) {
        const checkpoint = await open(name);
        if (checkpoint) return checkpoint;
      }
      return undefined;
    },

    async publish(size, note) {
      await mkdir(directory, { recursive: true });
      await writeNewFile(join(directory, `${life}.${verifier.id}.pub`), `${verifierKey}\n`);
      await writeNewFile(join(directory, nameOf(size)), note);
    },

    async keep(count) {
      for (const name of (await names()).slice(0, -count)) {
        if (!(await removed(join(directory, name)))) return;
      }
    },
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

/** As a position ends, so that the names are in the order of the sizes. */
function sizeText(size: number): string {
  return size.toString(16).padStart(16, "0");
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
