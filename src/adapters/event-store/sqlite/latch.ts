import { statfsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { createLogTable } from "./log-table.ts";
import { describeError, sqliteCode, sqliteCodeOf } from "./sqlite-error.ts";
import { inTransaction } from "./transaction.ts";
import type { Append, AppendOutcome } from "./writer.ts";

/** Free space that must be there before a log that ran out of it is written again. */
export const reserveBytes = 64 * 1024 * 1024;

/** Octets of a probe: enough that SQLite must find new pages for them, as it must for events. */
const probeBytes = 64 * 1024;

export type LogHealth =
  | { readonly status: "writable" }
  /** Every append is refused. `reason` is for a person. */
  | { readonly status: "read-only"; readonly reason: string };

/** Why nothing is written. */
export interface Fault {
  readonly reason: string;
  /** What the file holds is not known for sure: open it anew before anything else. */
  readonly mustReopen: boolean;
}

/**
 * After a full disk SQLite has rolled back and knows what it has. After anything else, a failed fsync first
 * of all, the operating system may have dropped what SQLite believes to be written.
 */
export function faultOf(error: unknown): Fault {
  return { reason: describeError(error), mustReopen: sqliteCodeOf(error) !== sqliteCode.full };
}

/** The answer to every append while the log is read-only. */
export function refuseAppends(appends: readonly Append[], { reason }: Fault): readonly AppendOutcome[] {
  const error = new EventStoreError(
    "LOG_READ_ONLY",
    `nothing is acknowledged: ${reason}. Retrying with the same event ids is safe`,
  );
  return appends.map(() => ({ outcome: "failed", error }));
}

/**
 * Writes, commits and removes again something of the size of a large append, in the log's own file but not in
 * its events: what is proven is that space can be had and that a commit reaches the disk, and the log stays a
 * list of facts.
 */
export function probe(database: DatabaseSync): void {
  const table = createLogTable(database);
  inTransaction(database, () => table.set("probe", "0".repeat(probeBytes)));
  inTransaction(database, () => table.delete("probe"));
}

/** Octets that this process may still write in the file system of `directory`. */
export function freeBytesOf(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}
