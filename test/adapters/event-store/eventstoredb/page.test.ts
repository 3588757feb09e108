import type { ResolvedEvent } from "@eventstore/db-client";
import { beforeEach, expect, test } from "vitest";
import { createPages, type EnginePages } from "../../../../src/adapters/event-store/eventstoredb/page.ts";
import type { EngineReads } from "../../../../src/adapters/event-store/eventstoredb/reads.ts";
import { meta } from "../../../contracts/event-store.support.ts";

/** The engine's log, and how many events of it were given out. */
let all: ResolvedEvent[];
let given: number;
let failures: Error[];
let pages: EnginePages;

function answer(events: readonly ResolvedEvent[]): Promise<readonly ResolvedEvent[]> {
  const failure = failures.shift();
  if (failure) return Promise.reject(failure);
  given += events.length;
  return Promise.resolve(events);
}

const placeOf = ({ event }: ResolvedEvent) => Number(event?.position?.commit);

beforeEach(() => {
  all = [];
  given = 0;
  failures = [];
  const reads: Partial<EngineReads> = {
    all: (from = 0, count) => answer(all.filter((event) => placeOf(event) >= from).slice(0, count)),
    allBackwards: (before = Number.POSITIVE_INFINITY, count) =>
      answer(
        all
          .filter((event) => placeOf(event) < before)
          .toReversed()
          .slice(0, count),
      ),
  };
  pages = createPages(reads as EngineReads);
});

/** Puts events into the engine's log, one each ten octets. */
function put(streamId: string, count: number): void {
  for (let n = 0; n < count; n++) {
    const at = BigInt((all.length + 1) * 10);
    const position = { commit: at, prepare: at };
    const metadata = { ...meta, ironledger: { schema: 1, time: 1, hash: "ab".repeat(32) } };
    const event = {
      streamId,
      position,
      metadata,
      data: {},
      isJson: true,
      revision: 0n,
      id: "",
      type: "Noted",
    };
    all.push({ event } as unknown as ResolvedEvent);
  }
}

const claims = (count: number) => put("ironledger-leadership", count);
const page = (after: number) => pages.read({ after, limit: 100, filter: undefined });

test("an idle log in which claims come all the time is not read through again and again", async () => {
  put("machine-1", 2);
  claims(5_000);
  expect(await page(0)).toMatchObject({ position: 20, caughtUp: true });
  expect(await pages.newest()).toBe(20);
  given = 0;
  for (let look = 0; look < 10; look++) {
    claims(1);
    expect(await page(20)).toMatchObject({ events: [], position: 20, caughtUp: true });
    expect(await pages.newest()).toBe(20);
  }
  expect(given).toBeLessThan(500);
  put("machine-2", 1);
  expect(await page(20)).toMatchObject({ events: [{ stream: "machine-2" }], position: 50_130 });
  expect(await pages.newest()).toBe(50_130);
  expect((await page(0)).events).toHaveLength(3);
});

test("what was stepped over in a log that is empty does not hide its first event", async () => {
  for (const claimed of [0, 1, 2_000]) {
    claims(claimed);
    expect(await page(0)).toMatchObject({ events: [], position: undefined, caughtUp: true });
    expect(await pages.newest()).toBeUndefined();
  }
  put("system", 1);
  expect(await pages.newest()).toBe(20_020);
  expect(await page(0)).toMatchObject({ events: [{ stream: "system" }] });
});

test("where the engine was away, or has dropped what was stepped over, the log is read from its own event on", async () => {
  put("machine-1", 2);
  claims(50);
  await page(20);
  failures.push(new Error("cut"));
  await expect(page(20)).rejects.toThrow("cut");
  all.splice(2);
  put("machine-2", 1);
  expect((await page(20)).events).toHaveLength(1);
  claims(50);
  await page(30);
  failures.push(Object.assign(new Error("invalid position"), { code: 3 }));
  all.splice(3);
  put("machine-3", 1);
  expect((await page(30)).events).toHaveLength(1);
});

test("where the last that was stepped over is dropped, the event behind it is not", async () => {
  put("machine-1", 1);
  claims(20);
  await page(10);
  put("machine-2", 1);
  all.splice(20, 1);
  expect((await page(10)).events).toMatchObject([{ stream: "machine-2" }]);
  expect((await page(0)).events).toHaveLength(2);
});
