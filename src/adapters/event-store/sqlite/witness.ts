import { readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import type { LogIdentity } from "../position.ts";

/** How far the log had come, told by a file that an old copy of the log does not bring along. */
export interface Witness extends LogIdentity {
  /** Of the newest event; 0 when there was none. */
  readonly position: number;
  /** Of that event, in hex; empty when there was none. */
  readonly hash: string;
}

/** Least time between two writings, milliseconds. */
const intervalMs = 1_000;

/** What `witness.json` says; `undefined` where there is none. */
export function readWitness(path: string): Witness | "unreadable" | undefined {
  try {
    return asWitness(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    return "unreadable";
  }
}

export interface WitnessKeeper {
  /** The log has grown: writes the witness within a second. */
  grown(): void;
  /** Writes it now, and no more afterwards. */
  close(): Promise<void>;
}

export interface WitnessOptions {
  readonly path: string;
  readonly current: () => Witness;
  /** A witness that cannot be written is old, which costs detection and never events, so the log goes on. */
  readonly onFailure: (error: unknown) => void;
}

export function createWitnessKeeper({ path, current, onFailure }: WitnessOptions): WitnessKeeper {
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  function write(): Promise<void> {
    timer = undefined;
    writing = writing.then(() => writeWitness(path, current())).catch(onFailure);
    return writing;
  }

  return {
    grown() {
      timer ??= setTimeout(write, intervalMs).unref();
    },

    close() {
      clearTimeout(timer);
      return write();
    },
  };
}

/** On the disk before it gets its name, so that a power cut leaves the old witness or the new one. */
async function writeWitness(path: string, witness: Witness): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, "w");
  try {
    await file.writeFile(JSON.stringify(witness));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

function asWitness({ logId, incarnation, position, hash }: Partial<Witness>): Witness | "unreadable" {
  if (typeof logId !== "string" || typeof incarnation !== "string") return "unreadable";
  if (!Number.isInteger(position) || position === undefined || typeof hash !== "string") return "unreadable";
  return { logId, incarnation, position, hash };
}
