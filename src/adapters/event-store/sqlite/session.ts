import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { LogIdentity } from "../position.ts";
import { openForWriting } from "./connection.ts";
import { detectCopy, type FenceFacts, incarnationText, nextIncarnation, type Restored } from "./fence.ts";
import { fileIdentity } from "./file-identity.ts";
import { type logFiles, writeAheadLogOf } from "./log-files.ts";
import { createLogTable, type LogTable } from "./log-table.ts";
import type { LogOptions } from "./open-log.ts";
import { readReached } from "./reached.ts";
import { createLogReader } from "./reader.ts";
import { checkTail } from "./tail-check.ts";
import { inTransaction } from "./transaction.ts";
import { readWitness } from "./witness.ts";

/** One process's time with the log. */
export interface Session {
  readonly identity: LogIdentity;
  readonly restored: Restored | undefined;
}

/** Opens the log and, where the last session did not end cleanly, checks it. */
export function openChecked(path: string): DatabaseSync {
  // Asked before the file is opened, which may put the write-ahead log into the database.
  const walBytes = statSync(writeAheadLogOf(path), { throwIfNoEntry: false })?.size;
  const database = openForWriting(path);
  try {
    if (createLogTable(database).get("session") === "open") checkTail(database, walBytes);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Gives a new log its name, and a copy of an old one a new incarnation. All in one transaction: after a crash
 * the next start finds either nothing done and the same evidence, or the restore still to be told of.
 */
export function beginSession(
  database: DatabaseSync,
  { ledger, witness, reached }: Pick<ReturnType<typeof logFiles>, "ledger" | "witness" | "reached">,
  { randomHex, signed = [] }: Pick<LogOptions, "randomHex" | "signed">,
): Session {
  const table = createLogTable(database);
  const identity = storedIdentity(table) ?? {
    logId: randomHex(16),
    incarnation: incarnationText(1, randomHex(8)),
  };
  const facts: FenceFacts = {
    identity,
    head: createLogReader(database).head(),
    hashAt: (position) => hashAt(database, position),
    recordedFile: table.get("file"),
    file: fileIdentity(ledger),
    witness: readWitness(witness),
    reached: readReached(reached),
    signed,
  };
  const copy = detectCopy(facts);
  const incarnation = copy ? nextIncarnation(facts, randomHex(8)) : identity.incarnation;

  inTransaction(database, () => {
    table.set("logId", identity.logId);
    table.set("incarnation", incarnation);
    table.set("file", facts.file);
    table.set("session", "open");
    if (copy) table.set("restored", JSON.stringify(copy));
  });
  return { identity: { logId: identity.logId, incarnation }, restored: copy ?? pendingRestore(table) };
}

/** Marks that nothing was cut short, and puts all of the write-ahead log into the database. */
export function endSession(database: DatabaseSync): void {
  inTransaction(database, () => createLogTable(database).set("session", "closed"));
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

/** Which log the file is; `undefined` while it is none yet. */
export function storedIdentity(table: LogTable): LogIdentity | undefined {
  const logId = table.get("logId");
  const incarnation = table.get("incarnation");
  return logId !== undefined && incarnation !== undefined ? { logId, incarnation } : undefined;
}

function pendingRestore(table: LogTable): Restored | undefined {
  const text = table.get("restored");
  return text === undefined ? undefined : (JSON.parse(text) as Restored);
}

/** The hash of an event, lower case hex; `undefined` when it is not in the file. */
export function hashAt(database: DatabaseSync, position: number): string | undefined {
  const row = database.prepare("SELECT lower(hex(hash)) AS hash FROM event WHERE position = ?").get(position);
  return row?.["hash"] as string | undefined;
}
