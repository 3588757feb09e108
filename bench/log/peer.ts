import { join } from "node:path";
import { z } from "zod";
import { openLogReader } from "../../src/adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventReader } from "../../src/domain/ports/event-store.ts";
import { readToEnd } from "../../src/projections/follow.ts";
import type { View } from "../../src/projections/view.ts";
import { createViewFile } from "../../src/projections/view-file.ts";
import { appendFor, appendMany } from "../append.ts";
import { ratio } from "../boot/figures.ts";
import { median, withLogThread } from "../log-thread.ts";
import { runChild } from "./child.ts";

export interface PeerFigures {
  /** Our appends per second to emmett-sqlite's: one event each, one in flight, each on the disk before the next. */
  readonly vs_emmett_append: number;
  /** Our events per second to its: read from the first one by a consumer that keeps its place on the disk. */
  readonly vs_emmett_catchup: number;
  readonly emmett_append_per_s: number;
  readonly emmett_catchup_per_s: number;
  readonly catchup_per_s: number;
}

const Measured = z.object({ appendPerS: z.number(), catchUpPerS: z.number() });
type Measured = z.infer<typeof Measured>;

/** How long each appends before it counts, milliseconds. */
const warmUpMs = 1_000;

/** Appends and reads the same events with both, in turns; a ratio is of one round, the figures are medians. */
export async function measurePeer(
  { events, rounds }: { readonly events: number; readonly rounds: number },
  parent: string | undefined,
): Promise<PeerFigures> {
  const measured: { readonly ours: Measured; readonly theirs: Measured }[] = [];
  for (let round = 0; round < rounds; round++) {
    measured.push(
      await withLogThread(parent, async (log) => {
        const { directory, logDirectory, thread } = log;
        const file = join(directory, "emmett.db");
        const words = ["--file", file, "--events", String(events), "--warm-up", String(warmUpMs)];
        const theirs = await runChild("emmett.ts", words, Measured);
        const store = createSqliteEventStore(thread.connect());
        const reader = openLogReader(logDirectory);
        const local = createSqliteEventStore(thread.connect(), { reader });
        try {
          await appendFor(store, { inFlight: 1, milliseconds: warmUpMs });
          const appendPerS = await appendMany(store, { events, inFlight: 1 });
          return { ours: { appendPerS, catchUpPerS: await catchUp(local, directory) }, theirs };
        } finally {
          await store.close();
          await local.close();
          reader.close();
        }
      }),
    );
  }
  return figuresOf(measured);
}

function figuresOf(rounds: readonly { readonly ours: Measured; readonly theirs: Measured }[]): PeerFigures {
  return {
    vs_emmett_append: ratio(rounds.map(({ ours, theirs }) => ours.appendPerS / theirs.appendPerS)),
    vs_emmett_catchup: ratio(rounds.map(({ ours, theirs }) => ours.catchUpPerS / theirs.catchUpPerS)),
    emmett_append_per_s: Math.round(median(rounds.map(({ theirs }) => theirs.appendPerS))),
    emmett_catchup_per_s: Math.round(median(rounds.map(({ theirs }) => theirs.catchUpPerS))),
    catchup_per_s: Math.round(median(rounds.map(({ ours }) => ours.catchUpPerS))),
  };
}

/** Looks at every event and keeps nothing but its place. */
const counting: View = { name: "counting", version: 1, tables: {}, apply: () => undefined };

/** Events per second into a view without rows: what is left is reading, decoding, and keeping the place. */
async function catchUp(reader: EventReader, directory: string): Promise<number> {
  const start = performance.now();
  const file = createViewFile(join(directory, "counting.db"), counting);
  const { signal } = new AbortController();
  await readToEnd(file, { reader, signal, onPage: () => undefined });
  const perSecond = file.events() / ((performance.now() - start) / 1_000);
  file.close();
  return perSecond;
}
