import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LogThread, startLogThread } from "../src/adapters/event-store/sqlite/log-thread.ts";

/** A log of its own for one measurement. */
export interface BenchLog {
  /** For whatever else the measurement writes; removed with the log. */
  readonly directory: string;
  /** Where the log is, for a reader with a connection of its own. */
  readonly logDirectory: string;
  readonly thread: Pick<LogThread, "connect">;
}

/**
 * Starts the log's thread on an empty directory, measures, and removes it all. What `measure` connects it closes.
 * Whatever the log reports meanwhile ends the process: the figures would be worth nothing.
 *
 * `parent`: on the disk to measure. (Default: the system's directory for temporary files)
 */
export async function withLogThread<Figures>(
  parent: string | undefined,
  measure: (log: BenchLog) => Promise<Figures>,
): Promise<Figures> {
  const directory = mkdtempSync(join(parent ?? tmpdir(), "ironledger-bench-"));
  const logDirectory = join(directory, "log");
  try {
    const thread = await startLogThread({
      entry: new URL("../src/threads/log.ts", import.meta.url),
      directory: logDirectory,
      onHealth: refuse,
      onWarning: refuse,
      onFailure: refuse,
    });
    try {
      return await measure({ directory, logDirectory, thread });
    } finally {
      await thread.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Whatever is reported here makes the measurement worthless. */
export function refuse(reason: unknown): never {
  throw new Error("the measurement failed", { cause: reason });
}

/** The middle one; of an even number, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
