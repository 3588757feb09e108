import { describe, expect, test } from "vitest";
import { checkHistory } from "./check-history.ts";
import type { History, Operation } from "./history.ts";

/** Three things that one client asked for one after the other, each acknowledged at its place, and a reader of all. */
const honest: History = {
  operations: [1, 2, 3].map((number) => asked(`key-${number}`, number)),
  readers: [[1, 2, 3].map((position) => ({ position, event: `event-${position}` }))],
  log: [1, 2, 3].map(kept),
};

function asked(key: string, number: number): Operation {
  const times = { invokedMs: number * 10, endedMs: number * 10 + 5 };
  return { client: "one", key, outcome: "acknowledged", position: number, fact: `fact-${number}`, ...times };
}

function kept(number: number) {
  return { position: number, event: `event-${number}`, key: `key-${number}`, fact: `fact-${number}` };
}

function rulesBroken(change: Partial<History>): readonly string[] {
  return checkHistory({ ...honest, ...change }).map(({ rule }) => rule);
}

describe("a log that keeps its promises", () => {
  test("breaks no rule", () => {
    expect(rulesBroken({})).toEqual([]);
  });

  test("may hold what nobody counts, and what nobody was told of", () => {
    const { log, operations } = honest;
    const silent = { client: "two", key: "key-4", invokedMs: 0, outcome: "unknown" } as const;
    expect(rulesBroken({ log: [...log, { position: 4, event: "event-4" }] })).toEqual([]);
    expect(rulesBroken({ operations: [...operations, silent] })).toEqual([]);
    expect(rulesBroken({ operations: [...operations, silent], log: [...log, kept(4)] })).toEqual([]);
  });

  test("orders as it likes what was under way at the same time", () => {
    const operations = [
      { ...asked("key-1", 1), position: 2, endedMs: 50 },
      { ...asked("key-2", 2), position: 1, fact: "fact-1" },
    ];
    const log = [
      { ...kept(1), key: "key-2" },
      { ...kept(2), key: "key-1", fact: "fact-1" },
    ];
    expect(rulesBroken({ operations, log, readers: [] })).toEqual([]);
  });
});

describe("a log that does not", () => {
  test("is found to have lost what it acknowledged", () => {
    expect(rulesBroken({ log: honest.log.slice(0, 2), readers: [] })).toEqual(["lost"]);
  });

  test("is found to have it elsewhere, or as something else, than it said", () => {
    const [first, second, third] = honest.log;
    if (!first || !second || !third) return expect.fail();
    expect(rulesBroken({ log: [first, second, { ...third, fact: "other" }] })).toEqual(["changed"]);
    const moved = [
      first,
      { ...kept(2), key: undefined },
      { ...third, position: 3 },
      { ...second, position: 4 },
    ];
    expect(rulesBroken({ log: moved, readers: [] })).toEqual(["changed", "reordered"]);
  });

  test("is found to have done twice what was asked for once", () => {
    expect(rulesBroken({ log: [...honest.log, { ...kept(4), key: "key-3" }] })).toEqual(["duplicated"]);
  });

  test("is found to have done what it refused, or what nobody asked for", () => {
    const [first, second] = honest.operations;
    if (!first || !second) return expect.fail();
    const refused = { client: "one", key: "key-3", invokedMs: 0, outcome: "refused" } as const;
    expect(rulesBroken({ operations: [first, second, refused] })).toEqual(["unasked"]);
    expect(rulesBroken({ operations: [first, second] })).toEqual(["unasked"]);
  });

  test("is found to have put what was asked for later before what was acknowledged earlier", () => {
    const [first, second, third] = honest.operations;
    if (!first || !second || !third) return expect.fail();
    const late = { ...first, invokedMs: 26, endedMs: 28 };
    expect(rulesBroken({ operations: [late, second, third] })).toEqual(["reordered"]);
  });

  test("is found to have shown an event that it does not hold", () => {
    const [sights = []] = honest.readers;
    expect(rulesBroken({ readers: [[...sights, { position: 4, event: "event-4" }]] })).toEqual(["unread"]);
    expect(rulesBroken({ readers: [[{ position: 2, event: "event-9" }]] })).toEqual(["unread"]);
  });

  test("is found to have shown an event twice, an earlier one, or to have left one out", () => {
    const [one, two, three] = honest.readers[0] ?? [];
    if (!one || !two || !three) return expect.fail();
    expect(rulesBroken({ readers: [[one, two, two, three]] })).toEqual(["backwards"]);
    expect(rulesBroken({ readers: [[two, one, two]] })).toEqual(["backwards"]);
    expect(rulesBroken({ readers: [[one, three]] })).toEqual(["backwards"]);
  });
});
