import { expect, test } from "vitest";
import { createSqliteEventStore } from "../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventStore } from "../../../../src/domain/ports/event-store.ts";
import { numbered } from "../../../contracts/event-store.support.ts";
import { openTestLog, serveTestLog, temporaryDirectory } from "./support.ts";

/** Two threads' stores of one log. */
function twoStores() {
  const server = serveTestLog(openTestLog(temporaryDirectory()));
  return { own: createSqliteEventStore(server.connect()), other: createSqliteEventStore(server.connect()) };
}

const append = (store: EventStore, n: number, isApplied: boolean) =>
  store.append(`machine-${n}`, { expectedRevision: "no-stream", events: [numbered(n)], isApplied });

test("a follower is spared what its own store appended as applied, and gets everything else in order", async () => {
  const { own, other } = twoStores();
  const stop = new AbortController();
  const seen: number[] = [];
  const pages = own.subscribe({ after: undefined, withoutApplied: true, signal: stop.signal });
  const following = (async () => {
    for await (const { events } of pages) for (const { data } of events) seen.push((data as { n: number }).n);
  })();
  for (let n = 1; n <= 60; n++) {
    if (n % 10 === 0) await append(other, n, true);
    else await append(own, n, n % 10 !== 5);
  }
  await expect.poll(() => seen.at(-1)).toBe(60);
  stop.abort();
  await following;
  expect(seen).toEqual(seen.toSorted((one, another) => one - another));
  expect(seen.filter((n) => n % 5 === 0)).toEqual(Array.from({ length: 12 }, (_, n) => 5 * (n + 1)));
  // What was appended between two events of somebody else may be read with them; most is not.
  expect(seen.length).toBeLessThan(60);
});

test("a follower that does not ask for it gets everything", async () => {
  const { own } = twoStores();
  const stop = new AbortController();
  const seen: unknown[] = [];
  const following = (async () => {
    for await (const { events } of own.subscribe({ after: undefined, signal: stop.signal }))
      seen.push(...events.map(({ data }) => data));
  })();
  for (let n = 1; n <= 5; n++) await append(own, n, true);
  await expect.poll(() => seen).toEqual([1, 2, 3, 4, 5].map((n) => ({ n })));
  stop.abort();
  await following;
});
