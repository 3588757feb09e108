import { expect, test } from "vitest";
import { createKnown } from "../../../../src/adapters/event-store/eventstoredb/known.ts";
import { meta } from "../../../contracts/event-store.support.ts";

function event(n: number, stream = `machine-${n}`) {
  const hash = n.toString(16).padStart(64, "0");
  return {
    id: `id-${n}`,
    stream,
    revision: n,
    position: 100 * n,
    type: "Noted",
    schema: 1,
    data: {},
    meta,
    time: n,
    hash,
  };
}

test("the newest event of a stream stays the newest when older ones are seen", () => {
  const known = createKnown();
  for (const n of [2, 3, 1]) known.see(event(n, "network"));
  expect(known.head("network")).toMatchObject({ revision: 3, time: 3 });
  expect(known.find("id-1")).toEqual({ stream: "network", revision: 1, position: 100, time: 1 });
  expect(known.newestMs()).toBe(3);
});

test("what was seen long ago is forgotten, and that only costs a look", () => {
  const known = createKnown();
  for (let n = 0; n < 65_537; n++) known.see(event(n));
  expect([known.head("machine-0"), known.find("id-0")]).toEqual([undefined, undefined]);
  expect([known.head("machine-1")?.revision, known.find("id-1")?.revision]).toEqual([1, 1]);
});
