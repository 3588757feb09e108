import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createSqliteEventStore } from "../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventStore, NewEvent } from "../src/domain/ports/event-store.ts";
import { newId } from "../src/ids.ts";
import { median, withLogThread } from "./log-thread.ts";

/**
 * What appending costs, against the same bytes written and synced to a file in the same moment of the same
 * run.
 */
export interface AppendFigures {
  /** Writes of one event's bytes, each with its fdatasync, per second. */
  readonly raw_writes_per_s: number;
  /** Appends per second with one in flight. */
  readonly append_single_per_s: number;
  /** Appends per second with 128 in flight. */
  readonly append_group_per_s: number;
  /** `append_single_per_s` to `raw_writes_per_s`: what is left of the disk's speed. */
  readonly append_single_ratio: number;
  /** `append_group_per_s` to `raw_writes_per_s`: what sharing a sync gains. */
  readonly append_group_vs_raw: number;
}

export interface AppendBenchOptions {
  /** Measurements of each kind; the medians are returned. (Default: 9) */
  readonly rounds?: number;
  /** How long one measurement takes, milliseconds. (Default: 400) */
  readonly measureMs?: number;
  /** On the disk to measure. (Default: the system's directory for temporary files) */
  readonly parent?: string;
}

const inFlight = 128;

/** Events of a machine that is discovered and deployed; then the next machine comes. */
const eventsPerStream = 20;

/**
 * Measures appends through the whole way: this thread, the log's thread, SQLite, the disk. Each append is one
 * event with the revision that its stream must have. Rounds are interleaved, and a ratio is of one round, so
 * a noisy neighbour meets both sides.
 */
export async function measureAppends(options: AppendBenchOptions = {}): Promise<AppendFigures> {
  const { rounds = 9, measureMs = 400, parent } = options;
  return withLogThread(parent, async ({ directory, thread }) => {
    const store = createSqliteEventStore(thread.connect());
    const measured: Round[] = [];
    await appendFor(store, { inFlight, milliseconds: measureMs });
    for (let round = 0; round < rounds; round++) {
      const raw = writeFor(join(directory, "raw"), measureMs);
      const single = await appendFor(store, { inFlight: 1, milliseconds: measureMs });
      const group = await appendFor(store, { inFlight, milliseconds: measureMs });
      measured.push({ raw, single, group });
    }
    await store.close();
    return figures(measured);
  });
}

interface Round {
  readonly raw: number;
  readonly single: number;
  readonly group: number;
}

function figures(rounds: readonly Round[]): AppendFigures {
  return {
    raw_writes_per_s: Math.round(median(rounds.map(({ raw }) => raw))),
    append_single_per_s: Math.round(median(rounds.map(({ single }) => single))),
    append_group_per_s: Math.round(median(rounds.map(({ group }) => group))),
    append_single_ratio: rounded(median(rounds.map(({ raw, single }) => single / raw))),
    append_group_vs_raw: rounded(median(rounds.map(({ raw, group }) => group / raw))),
  };
}

/** Writes per second of an event's bytes to the end of a file, each on the disk before the next. */
function writeFor(path: string, milliseconds: number): number {
  const file = openSync(path, "a");
  let writes = 0;
  const start = performance.now();
  const end = start + milliseconds;
  while (performance.now() < end) {
    writeSync(file, JSON.stringify(stageReached("machine-0", writes)));
    fdatasyncSync(file);
    writes++;
  }
  const seconds = (performance.now() - start) / 1_000;
  closeSync(file);
  return writes / seconds;
}

/** Appends for so long, or a little longer, one event each, so many in flight. Returns how many per second. */
export async function appendFor(
  store: EventStore,
  { inFlight: count, milliseconds }: { readonly inFlight: number; readonly milliseconds: number },
): Promise<number> {
  const end = performance.now() + milliseconds;
  return appendWhile(store, count, () => performance.now() < end);
}

/** Appends so many events, or some more, one each, so many in flight. Returns how many per second. */
export async function appendMany(
  store: EventStore,
  { events, inFlight: count }: { readonly events: number; readonly inFlight: number },
): Promise<number> {
  let begun = 0;
  return appendWhile(store, count, () => begun++ * eventsPerStream < events);
}

/** @param goesOn asked before each stream */
async function appendWhile(store: EventStore, count: number, goesOn: () => boolean): Promise<number> {
  const start = performance.now();
  let appends = 0;
  async function appendOneByOne(): Promise<void> {
    while (goesOn()) {
      const stream = `machine-${newId()}`;
      for (let revision = 0; revision < eventsPerStream; revision++) {
        const expectedRevision = revision === 0 ? "no-stream" : revision - 1;
        const result = await store.append(stream, {
          expectedRevision,
          events: [stageReached(stream, revision)],
        });
        if (result.outcome !== "appended") throw new Error(`an append was a ${result.outcome}`);
        appends++;
      }
    }
  }
  await Promise.all(Array.from({ length: count }, appendOneByOne));
  return appends / ((performance.now() - start) / 1_000);
}

/** An event of an ordinary size: some 180 octets of data, 210 of meta. */
function stageReached(stream: string, n: number): NewEvent {
  const id = newId();
  return {
    id,
    type: "DeploymentStageReached",
    schema: 1,
    data: {
      run: id,
      stage: "written",
      bytes: 2_147_483_648 + n,
      sha256: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
      diskName: "vda",
    },
    meta: { actor: stream.replace("-", ":"), source: "agent", $correlationId: id, $causationId: id },
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

if (import.meta.main) console.log(JSON.stringify(await measureAppends(), undefined, 2));
