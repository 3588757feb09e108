import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/canonical-json.ts";
import type { CheckedEvent } from "../../src/proof/check-chains.ts";
import { createCheckpointCheck } from "../../src/proof/check-checkpoints.ts";
import { createEventCheck } from "../../src/proof/check-events.ts";
import { eventHash } from "../../src/proof/event-hash.ts";
import { createFindingList, findingLine } from "../../src/proof/findings.ts";
import { createIdSet } from "../../src/proof/id-set.ts";
import { createTreeBuilder } from "../../src/proof/tree-builder.ts";

/** Events of one stream, in order and rightly hashed. */
function chain(count: number): readonly CheckedEvent[] {
  const events: CheckedEvent[] = [];
  for (let revision = 0; revision < count; revision++) {
    const id = `01920000-0000-7000-8000-${String(revision).padStart(12, "0")}`;
    const event = {
      stream: "a-1",
      revision,
      id,
      type: "T",
      schema: 1,
      time: 5,
      data: canonicalJson({ revision }),
      meta: "{}",
    };
    events.push({ ...event, position: revision + 1, hash: eventHash(events.at(-1)?.hash, event) });
  }
  return events;
}

function found(events: readonly CheckedEvent[], previous?: string): readonly string[] {
  const findings = createFindingList();
  const check = createEventCheck({ findings });
  for (const event of events) check.add(event, event === events[0] ? previous : undefined);
  return findings.first().map(({ code, position }) => `${code} ${position}`);
}

describe("checking events", () => {
  const [first, second, third, fourth] = chain(4) as [CheckedEvent, CheckedEvent, CheckedEvent, CheckedEvent];

  test("finds nothing where nothing is wrong", () => {
    expect(found([first, second, third, fourth])).toEqual([]);
  });

  test("names an event of which only the hash was changed, and not the one that follows it", () => {
    expect(found([first, { ...second, hash: "ab".repeat(32) }, third, fourth])).toEqual(["EVENT_CHANGED 2"]);
  });

  test("names a repeated id, with dashes or without", () => {
    const again = { ...first, stream: "b-1", position: 2, id: first.id.replaceAll("-", "") };
    expect(found([first, again])).toContain("ID_REPEATED 2");
  });

  test("names each event that comes again", () => {
    expect(found([first, first])).toEqual(["POSITION_REPEATED 1", "ID_REPEATED 1", "REVISION_REPEATED 1"]);
  });

  test("compares times in the whole log where one clock gave them, and within a stream where several did", () => {
    const other = { ...chain(1)[0], stream: "b-1", position: 2, time: 4 } as CheckedEvent;
    const earlier = { ...second, position: 3, time: 4 };
    const timesOf = (hasOneClock: boolean) => {
      const findings = createFindingList();
      const check = createEventCheck({ findings, hasOneClock });
      for (const event of [first, other, earlier]) check.add(event);
      const backwards = findings.first().filter(({ code }) => code === "TIME_BACKWARDS");
      return backwards.map(({ position }) => position);
    };
    expect(timesOf(true)).toEqual([2]);
    expect(timesOf(false)).toEqual([3]);
  });

  test("names a hash before the first event where nothing is before it", () => {
    expect(found([second], first.hash)).toContain("EVENT_CHANGED 2");
  });

  test("names a gap within what came late, too", () => {
    const far = { ...first, id: randomUUID(), revision: 50, position: 2 };
    const moved = [second, fourth].map((event) => ({ ...event, position: event.position + 1 }));
    expect(found([first, far, ...moved])).toEqual([
      "REVISION_GAP 2",
      "REVISION_REPEATED 3",
      "POSITION_GAP 5",
      "REVISION_GAP 5",
    ]);
  });

  test.each([
    { schema: 0 },
    { schema: 2 ** 32 },
    { schema: 1.5 },
    { time: -1 },
    { time: 2 ** 53 },
  ])("names an event with %o, for which no hash is defined", (wrong) => {
    expect(found([first, { ...second, ...wrong }])).toContain("EVENT_CHANGED 2");
  });
});

describe("checking behind events that cannot be read", () => {
  const [first, second, third, fourth] = chain(4) as [CheckedEvent, CheckedEvent, CheckedEvent, CheckedEvent];
  const wrong = "ab".repeat(32);

  /** The second event cannot be read, what is told of it is. */
  function foundBehind(
    events: readonly CheckedEvent[],
    { copies = [], told }: { readonly copies?: readonly CheckedEvent[]; readonly told?: string },
  ): readonly string[] {
    const findings = createFindingList();
    const check = createEventCheck({ findings });
    check.add(first);
    const tree = createTreeBuilder();
    for (const { hash } of [first, second]) tree.append(hash);
    check.goOnBehind({ tree: tree.state(), copies, previousOf: () => told });
    for (const event of events) check.add(event);
    return findings.first().map(({ code, position }) => `${code} ${position}`);
  }

  test("goes by the hash that is told before the next", () => {
    expect(foundBehind([third, fourth], { told: second.hash })).toEqual([]);
    expect(foundBehind([third, fourth], { told: wrong })).toEqual(["EVENT_CHANGED 3"]);
    expect(foundBehind([{ ...third, data: "{}" }], { told: second.hash })).toEqual(["EVENT_CHANGED 3"]);
  });

  test("goes by those of them that are at hand, which are checked, too", () => {
    expect(foundBehind([third, fourth], { copies: [second] })).toEqual([]);
    expect(foundBehind([third, fourth], { copies: [{ ...second, data: "{}" }] })).toEqual([
      "EVENT_CHANGED 2",
    ]);
    expect(foundBehind([{ ...third, data: "{}" }], { copies: [second] })).toEqual(["EVENT_CHANGED 3"]);
  });

  test("goes by the event before them, where none of the stream is among them", () => {
    expect(foundBehind([{ ...second, position: 3 }], {})).toEqual([]);
    expect(foundBehind([{ ...second, position: 3, data: "{}" }], {})).toEqual(["EVENT_CHANGED 3"]);
    expect(foundBehind([{ ...first, position: 3, stream: "b-1" }], {})).toContain("EVENT_CHANGED 3");
  });

  test("names an event of which nothing tells what it follows on", () => {
    expect(foundBehind([third, fourth], {})).toEqual(["REVISION_GAP 3"]);
    expect(foundBehind([fourth], { copies: [third] })).toEqual(["POSITION_GAP 4"]);
  });
});

describe("comparing with checkpoints", () => {
  const [first = "", second = ""] = ["aa", "bb"].map((octet) => octet.repeat(32));
  const at = (size: number, root: string) => ({ origin: "log", size, root, extensions: [] });

  function compare(checkpoints: readonly ReturnType<typeof at>[], from: number) {
    const findings = createFindingList();
    const check = createCheckpointCheck(checkpoints, findings);
    for (let size = from; size <= 3; size++) check.reached(size, () => first);
    const { size } = check.end(3);
    return { vouched: size, findings: findings.first().map(findingLine) };
  }

  test("says how far they vouch, in whatever order they come", () => {
    expect(compare([at(3, first), at(1, first)], 0)).toEqual({ vouched: 3, findings: [] });
  });

  test("says once that the log is another, and since when", () => {
    const { vouched, findings } = compare([at(1, first), at(2, second), at(3, second)], 0);
    expect(vouched).toBe(1);
    expect(findings).toEqual([
      "CHECKPOINT_DIFFERS: position 2: the events after position 1 up to 2 are not those that were signed: one was changed, moved, put in or removed",
    ]);
  });

  test("finds two checkpoints of one size of which one is wrong", () => {
    expect(compare([at(2, first), at(2, second)], 0).findings).toHaveLength(1);
  });

  test("finds a checkpoint that lies before what is there, and one behind it", () => {
    const { findings } = compare([at(1, first), at(9, first)], 2);
    expect(findings).toEqual([
      "CHECKPOINT_DIFFERS: position 1: it cannot be compared: the first event that is here comes after position 2",
      "CHECKPOINT_NOT_REACHED: position 3: 3 events are here, and 9 were signed: the newest are missing",
    ]);
  });
});

describe("what is kept while a log is checked", () => {
  test("is the first thousand findings, and how many there were", () => {
    const findings = createFindingList();
    for (let position = 1; position <= 1_500; position++) {
      findings.add({ code: "POSITION_GAP", position, message: "" });
    }
    expect(findings.count()).toBe(1_500);
    expect(findings.first()).toHaveLength(1_000);
  });

  test("tells every id apart from every other, also one of zeros", () => {
    const ids = createIdSet();
    const all = [
      "00000000-0000-0000-0000-000000000000",
      ...Array.from({ length: 5_000 }, () => randomUUID()),
    ];
    for (const id of all) expect(ids.add(id)).toBe(true);
    for (const id of all) expect(ids.add(id)).toBe(false);
  });

  const rising = Array.from({ length: 3_000 }, (_, count) => idOf(count * 0x10001));

  test.each([
    { order: "rising", all: rising },
    { order: "falling", all: rising.toReversed() },
    { order: "rising, but for the smallest", all: [...rising.slice(1), ...rising.slice(0, 1)] },
  ])("tells ids apart that are $order", ({ all }) => {
    const ids = createIdSet();
    for (const id of all) expect(ids.add(id)).toBe(true);
    for (const id of all) expect(ids.add(id.replaceAll("-", ""))).toBe(false);
    expect(ids.add(idOf(1))).toBe(true);
    expect(ids.add(idOf(1))).toBe(false);
  });
});

/** Of which both the first and the last word rise with the number, beyond what a signed word holds. */
function idOf(number: number): string {
  const hex = number.toString(16).padStart(8, "0");
  const first = (number * 21).toString(16).padStart(8, "0");
  return `${first}-ffff-7fff-8fff-ffff${hex}`;
}
