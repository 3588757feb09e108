import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect } from "vitest";
import { prepareEvents } from "../../../../../src/adapters/event-store/prepare.ts";
import type { Log } from "../../../../../src/adapters/event-store/sqlite/log.ts";
import { openLogReader } from "../../../../../src/adapters/event-store/sqlite/open-reader.ts";
import type { LogReader } from "../../../../../src/adapters/event-store/sqlite/reader.ts";
import type { EventRow } from "../../../../../src/adapters/event-store/sqlite/rows.ts";
import { openStoredLog } from "../../../../../src/adapters/event-store/sqlite/stored-log.ts";
import type { EventFilter, NewEvent } from "../../../../../src/domain/ports/event-store.ts";
import { verifyLog } from "../../../../../src/maintenance/verify.ts";
import { signCheckpoint } from "../../../../../src/proof/checkpoint.ts";
import { keyPair, parseSignerKey } from "../../../../../src/proof/note-keys.ts";
import { createTreeBuilder } from "../../../../../src/proof/tree-builder.ts";
import { meta } from "../../../../contracts/event-store.support.ts";
import { openTestLog } from "../support.ts";
import { archiveDays, beginMs, dayMs } from "./archive-days.ts";

const origin = "ironledger.example/log";
export const keys = keyPair(origin, Buffer.alloc(32, 7));

/** An event with an id that no other process makes, too. */
export function fact(type: string, data: NewEvent["data"] = { n: 1 }): NewEvent {
  return { id: randomUUID(), type, schema: 1, data, meta };
}

/**
 * A round of a fleet's life in 37 events: leases, boots, logins, a machine that is retired, one that stays, settings, a
 * claim, a bulk change, an environment; then a checkpoint over all of it is signed.
 */
export function liveRound(log: Log, round: number): void {
  const put = (stream: string, ...types: readonly string[]) =>
    commitAll(
      log,
      stream,
      types.map((type) => fact(type, { round })),
    );
  for (let host = 0; host < 10; host++) put(`address-10.0.0.${host}`, "LeaseGranted", "LeaseReleased");
  put("machine-stays", "MachineRegistered");
  put(`machine-${round}`, "MachineRegistered", "MachineRetired");
  put("boot-525400000001", "PxeRequested", "PxeRequested", "PxeRequested");
  put("login-192.0.2.1", "LoginRefused");
  put("network", "SubnetDefined");
  put("mac-525400000001", "MacClaimed", "MacReleased");
  put(`bulk-${round}`, "BulkRequested", "BulkCompleted");
  put("bootenv-debian", "BootEnvironmentPublished");
  put("system", "ServiceStarted");
  put("later-7", "OfARelease", "ThatIsToCome");
  sign(log);
}

/** Signs the log as it is, and records that in it, as the service does. */
export function sign(log: Log, root = rootOf(log)): void {
  const size = log.reader.head();
  const note = signCheckpoint({ origin, size, root, extensions: [] }, [parseSignerKey(keys.signerKey)]);
  const signed = fact("CheckpointSigned", { size, root, note, verifierKey: keys.verifierKey });
  commitAll(log, `checkpoint-${log.identity.logId}.${log.identity.incarnation}`, [signed]);
}

function rootOf(log: Log): string {
  const hashes = everything(log.reader).map((row) => row[9]);
  return treeRoot(hashes);
}

export function commitAll(log: Log, stream: string, events: readonly NewEvent[]) {
  const [outcome] = log.commit([{ stream, expectedRevision: "any", events: prepareEvents(stream, events) }]);
  if (outcome?.outcome === "failed") throw outcome.error;
  return outcome;
}

/** A log with so many rounds, closed. A day is between two of them. */
export async function makeFleetLog(directory: string, rounds: number): Promise<void> {
  let ms = beginMs;
  const log = openTestLog(directory, { clock: () => new Date(ms++) });
  for (let round = 0; round < rounds; round++) {
    liveRound(log, round);
    ms += dayMs;
  }
  await log.close();
}

/** All events of a log, read in pages. */
export function everything(reader: LogReader, limit = 1_000, filter?: EventFilter): readonly EventRow[] {
  const all: EventRow[] = [];
  for (let after = 0; ; ) {
    const { rows, position, caughtUp } = reader.page({ after, limit, filter });
    all.push(...rows);
    if (caughtUp) return all;
    after = position;
  }
}

/** All events of a log's directory, as the service's threads read them. */
export function readAll(directory: string, limit?: number, filter?: EventFilter): readonly EventRow[] {
  return reading(directory, (reader) => everything(reader, limit, filter));
}

export function reading<Result>(directory: string, work: (reader: LogReader) => Result): Result {
  const reader = openLogReader(directory);
  try {
    return work(reader);
  } finally {
    reader.close();
  }
}

/** Lets something look at a log as it is stored. */
export function stored<Result>(directory: string, work: (log: ReturnType<typeof openStoredLog>) => Result) {
  const log = openStoredLog(directory);
  try {
    return work(log);
  } finally {
    log.close();
  }
}

/** What was there is there, verified, for readers and for the service that starts; and another time it is archived. */
export async function expectWhole(
  data: string,
  { before, days }: { readonly before: readonly unknown[]; readonly days: number },
): Promise<void> {
  const directory = join(data, "log");
  const isRetention = (row: readonly unknown[]) => row[4] === "SegmentArchived";
  expect(readAll(directory).filter((row) => !isRetention(row))).toEqual(before);
  expect(verifyLog({ data }).findings).toEqual([]);

  const log = openTestLog(directory, { clock: () => new Date("2027-01-01T00:00:00Z") });
  expect(log.restored).toBeUndefined();
  await log.close();

  await archiveDays(directory, days);
  expect(readAll(directory).filter((row) => !isRetention(row))).toEqual(before);
  expect(readAll(directory).filter(isRetention)).toHaveLength(days);
  expect(await archiveDays(directory, days)).toMatchObject({ events: 0, through: expect.any(Number) });
  expect(verifyLog({ data }).findings).toEqual([]);
}

function treeRoot(hashes: readonly string[]): string {
  const tree = createTreeBuilder();
  for (const hash of hashes) tree.append(hash);
  return tree.root();
}
