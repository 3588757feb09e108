import { rmSync } from "node:fs";
import { join } from "node:path";
import { type LocalLogReader, openLogReader } from "../src/adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventReader, EventStore } from "../src/domain/ports/event-store.ts";
import { newId } from "../src/ids.ts";
import { readToEnd } from "../src/projections/follow.ts";
import type { View } from "../src/projections/view.ts";
import { createViewFile } from "../src/projections/view-file.ts";
import { allViews } from "../src/projections/views/all.ts";
import { machines } from "../src/projections/views/machines.ts";
import { median, withLogThread } from "./log-thread.ts";
import { type Append, fleetHistory } from "./rebuild-history.ts";

/** What rebuilding a view costs, against reading and parsing the same log in the same run. */
export interface RebuildFigures {
  readonly events: number;
  /** Page read + JSON.parse of data and meta, events per second. */
  readonly read_and_parse_per_s: number;
  /** The view of machines, from nothing to everything on disk, events per second. */
  readonly rebuild_per_s: number;
  /** `rebuild_per_s` to `read_and_parse_per_s`. */
  readonly rebuild_ratio: number;
  /** Every view, events per second. */
  readonly rebuild_views_per_s: Readonly<Record<string, number>>;
}

export interface RebuildBenchOptions {
  /** In the log; 24 events each. (Default: 8,000) */
  readonly machines?: number;
  /** Measurements of the view of machines; medians are returned. (Default: 9) */
  readonly rounds?: number;
  /** On the disk to measure. (Default: the system's directory for temporary files) */
  readonly parent?: string;
}

/** Makes a log of a fleet, then reads it and rebuilds the view of machines in turn, and the other views once. */
export async function measureRebuild(options: RebuildBenchOptions = {}): Promise<RebuildFigures> {
  const { machines: fleet = 8_000, rounds = 9, parent } = options;
  return withLogThread(parent, async ({ directory, logDirectory, thread }) => {
    const store = createSqliteEventStore(thread.connect());
    const reader = openLogReader(logDirectory);
    const local = createSqliteEventStore(thread.connect(), { reader });
    try {
      await fill(store, fleet);
      return await figures({ reader, local, directory, rounds });
    } finally {
      await store.close();
      await local.close();
      // Before the log itself, which is closed next.
      reader.close();
    }
  });
}

interface Bench {
  readonly reader: LocalLogReader;
  readonly local: EventReader;
  readonly directory: string;
  readonly rounds: number;
}

async function figures({ reader, local, directory, rounds }: Bench): Promise<RebuildFigures> {
  const events = reader.head();
  const measured: { read: number; rebuild: number }[] = [];
  readAndParse(reader);
  for (let round = 0; round < rounds; round++) {
    const read = events / readAndParse(reader);
    const rebuild = events / (await secondsToRebuild(machines, local, directory));
    measured.push({ read, rebuild });
  }
  const perView: Record<string, number> = {};
  for (const view of allViews) {
    perView[view.name] = Math.round(events / (await secondsToRebuild(view, local, directory)));
  }
  return {
    events,
    read_and_parse_per_s: Math.round(median(measured.map(({ read }) => read))),
    rebuild_per_s: Math.round(median(measured.map(({ rebuild }) => rebuild))),
    rebuild_ratio: Math.round(100 * median(measured.map(({ read, rebuild }) => rebuild / read))) / 100,
    rebuild_views_per_s: perView,
  };
}

/** Seconds to read the whole log in pages and parse every event. */
function readAndParse(reader: LocalLogReader): number {
  const start = performance.now();
  let after = 0;
  for (;;) {
    const { rows, position, caughtUp } = reader.page({ after, limit: 1_000, filter: undefined });
    for (const row of rows) {
      JSON.parse(row[7]);
      JSON.parse(row[8]);
    }
    after = position;
    if (caughtUp) return (performance.now() - start) / 1_000;
  }
}

/** Seconds to build the view from nothing into a new file. */
async function secondsToRebuild(view: View, local: EventReader, directory: string): Promise<number> {
  const path = join(directory, `${view.name}.db`);
  const start = performance.now();
  const file = createViewFile(path, view);
  const { signal } = new AbortController();
  await readToEnd(file, { reader: local, signal, onPage: () => undefined });
  const seconds = (performance.now() - start) / 1_000;
  file.close();
  rmSync(path);
  return seconds;
}

async function fill(store: EventStore, fleet: number): Promise<void> {
  const history = fleetHistory(fleet);
  const appendAll = async () => {
    for (const append of history) await store.append(append.stream, newEvents(append));
  };
  // The generator hands each append to one of them: many in flight make large commits.
  await Promise.all(Array.from({ length: 256 }, appendAll));
}

function newEvents({ events, meta }: Append) {
  const fresh = events.map((event) => ({ ...event, id: newId(), schema: 1, meta }));
  return { expectedRevision: "any", events: fresh } as const;
}

if (import.meta.main) console.log(JSON.stringify(await measureRebuild(), undefined, 2));
