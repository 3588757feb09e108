import { describe, expect, test } from "vitest";
import { createPalette } from "../../../src/cli/output/palette.ts";
import { causeTree, chainTo, treeLines } from "../../../src/cli/why/cause-tree.ts";

function event(eventId: string, causationId: string) {
  return {
    eventId,
    causationId,
    type: `T${eventId}`,
    time: "t",
    stream: "s",
    data: {},
    actor: "user:ada",
    source: "graphql",
  };
}

const first = event("1", "request");
const second = event("2", "1");
const aside = event("3", "1");
const last = event("4", "2");
const all = [first, second, aside, last];

function lines(events: readonly object[]) {
  const rows = events.map((row) => ({ ...row }));
  return treeLines(causeTree(rows), { palette: createPalette(false), marked: "4", lineWidth: undefined });
}

describe("the chain to an event", () => {
  test("begins with the first cause that is an event", () => {
    expect(chainTo(last, all)).toEqual([first, second, last]);
  });

  test("ends where an event is its own cause, as the first of a boot is", () => {
    const boot = event("5", "5");
    expect(chainTo(boot, [boot])).toEqual([boot]);
  });

  test("ends where causes go in a circle", () => {
    const a = event("a", "b");
    const b = event("b", "a");
    expect(chainTo(a, [a, b])).toEqual([b, a]);
  });
});

describe("the tree", () => {
  test("stands below the request that began it", () => {
    expect(lines(all)).toEqual([
      "request request by user:ada through graphql",
      "└─ t  T1  s {}",
      "   ├─ t  T2  s {}",
      "   │  └─ t  T4  s {}",
      "   └─ t  T3  s {}",
    ]);
  });

  test("has an event at its top that is its own cause", () => {
    expect(lines([event("5", "5"), event("6", "5")])).toEqual(["t  T5  s {}", "└─ t  T6  s {}"]);
  });

  test("says the reason and the address of who asked, harmless", () => {
    const asked = { ...first, reason: "CHG\u001b", sourceAddress: "10.0.0.9" };
    expect(lines([asked])[0]).toBe('request request by user:ada through graphql from 10.0.0.9: "CHG\\u001b"');
  });
});
