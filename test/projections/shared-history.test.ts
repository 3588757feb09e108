import { describe, expect, test } from "vitest";
import {
  type EventReader,
  EventStoreError,
  type LogPage,
  type Position,
  type RecordedEvent,
} from "../../src/domain/ports/event-store.ts";
import { sharedHistory } from "../../src/projections/shared-history.ts";

/** A log of so many pages, which counts how often its past is read, and ends once that was read. */
function logOf(pages: number, fault?: { readonly at: number }) {
  const read: number[] = [];
  const reader: EventReader = {
    readStream: async () => [],
    head: async () => place(pages),
    async readAll({ after }) {
      const number = numberOf(after);
      read.push(number);
      if (fault?.at === number) throw new EventStoreError("LOG_UNREADABLE", "the disk is failing");
      return page(number + 1, pages);
    },
    async *subscribe({ after }) {
      for (let number = numberOf(after) + 1; number <= pages + 1; number++) yield page(number, pages + 1);
    },
  };
  return { reader, read };
}

const place = (number: number) => `p${String(number).padStart(4, "0")}` as Position;
const numberOf = (position: Position | undefined) => Number(position?.slice(1) ?? 0);

function page(number: number, last: number): LogPage {
  const position = place(number);
  return { events: [{ position } as RecordedEvent], position, caughtUp: number === last };
}

interface Taking {
  readonly after?: Position;
  readonly signal?: AbortSignal;
  /** Ends after so many pages. */
  readonly most?: number;
  /** Turns that each page takes. */
  readonly turns?: number;
}

/** Reads as a view does, and tells the positions that came. */
async function taken(reader: EventReader, { after, signal, most = 1_000, turns = 0 }: Taking = {}) {
  const positions: (Position | undefined)[] = [];
  const subscription = reader.subscribe({ after, signal: signal ?? new AbortController().signal });
  for await (const { position } of subscription) {
    positions.push(position);
    if (positions.length === most) break;
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  return positions;
}

const all = (pages: number) => Array.from({ length: pages + 1 }, (_, index) => place(index + 1));

describe("reading the past of a log together", () => {
  test("reads each page once, however fast each reads, and goes on with what comes", async () => {
    const { reader, read } = logOf(40);
    const history = sharedHistory(reader);
    const reading = [0, 1, 7].map((turns) => taken(history.reader, { turns }));
    history.begin();
    expect(await Promise.all(reading)).toEqual([all(40), all(40), all(40)]);
    expect(read).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  test("waits for nobody who is far behind, or who ended", async () => {
    const { reader } = logOf(40);
    const history = sharedHistory(reader);
    history.begin();
    const stop = new AbortController();
    const far = history.reader.subscribe({ after: undefined, signal: stop.signal })[Symbol.asyncIterator]();
    await far.next();
    expect(await taken(history.reader, { after: place(20) })).toEqual(all(40).slice(20));
    expect(await taken(history.reader, { most: 2 })).toEqual(all(40).slice(0, 2));
    stop.abort();
    await far.return?.();
    expect(await taken(history.reader)).toEqual(all(40));
  });

  test("ends for one who stops while waiting for another", async () => {
    const { reader } = logOf(40);
    const history = sharedHistory(reader);
    history.begin();
    const never = new AbortController().signal;
    const slow = history.reader.subscribe({ after: undefined, signal: never })[Symbol.asyncIterator]();
    await slow.next();
    const stop = new AbortController();
    const waiting = taken(history.reader, { signal: stop.signal });
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect((await waiting).length).toBeLessThan(10);
    await slow.return?.();
  });

  test("leaves a page that cannot be read to each by itself", async () => {
    const { reader, read } = logOf(10, { at: 3 });
    const history = sharedHistory(reader);
    history.begin();
    expect(await Promise.all([taken(history.reader), taken(history.reader)])).toEqual([all(10), all(10)]);
    expect(read).toEqual([0, 1, 2, 3]);
  });

  test("leaves out what a filter leaves out", async () => {
    const { reader, read } = logOf(3);
    const signal = new AbortController().signal;
    for await (const _page of sharedHistory(reader).reader.subscribe({
      after: undefined,
      signal,
      filter: {},
    }));
    expect(read).toEqual([]);
  });
});
