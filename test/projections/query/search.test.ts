import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Condition, Scalar, Test } from "../../../src/projections/query/condition.ts";
import { parseSearch, type SearchColumns } from "../../../src/projections/query/search.ts";

const nowMs = Date.UTC(2026, 10, 23, 9);

const columns: SearchColumns = {
  columns: {
    machineId: { kind: "id" },
    name: { kind: "text" },
    state: { kind: "enum", values: ["ready", "failed", "local-disk"] },
    locked: { kind: "boolean" },
    memoryBytes: { kind: "number" },
    seenAt: { kind: "time" },
    address: { kind: "address", many: true },
    mac: { kind: "mac", many: true },
  },
  labels: true,
  aliases: { id: "machineId", ip: "address", memory: "memoryBytes", seen: "seenAt" },
  bareWord: "name",
};

const parsed = (text: string) => parseSearch(text, columns, nowMs);

describe("a search text", () => {
  test.each<[string, Condition | undefined]>([
    ["", undefined],
    ["  \t\n", undefined],
    ["node-1", { column: "name", prefix: "node-1" }],
    ["node*", { column: "name", prefix: "node" }],
    ['"-node 1"', { column: "name", prefix: "-node 1" }],
    ["-node", { not: { column: "name", prefix: "node" } }],
    ["name:node-1", { column: "name", eq: "node-1" }],
    ['name:"a \\"b\\" \\\\ c*"', { column: "name", eq: 'a "b" \\ c*' }],
    ["name:a,b", { column: "name", in: ["a", "b"] }],
    [
      'name:a*,"b,c"',
      {
        any: [
          { column: "name", prefix: "a" },
          { column: "name", eq: "b,c" },
        ],
      },
    ],
    ["NAME:*", { column: "name", exists: true }],
    ["-name:*", { not: { column: "name", exists: true } }],
    ["state:ready,LOCAL_DISK", { column: "state", in: ["ready", "local-disk"] }],
    ["locked:yes", { column: "locked", eq: true }],
    ["memory:64GiB", { column: "memoryBytes", eq: 2 ** 36 }],
    ["memory>=1.5KiB", { column: "memoryBytes", from: 1_536 }],
    ["memory>1kb", { column: "memoryBytes", from: 1_001 }],
    ["memory<=7", { column: "memoryBytes", below: 8 }],
    ["memory<7", { column: "memoryBytes", below: 7 }],
    ["seen<now", { column: "seenAt", below: nowMs }],
    ["seen>=now-7d", { column: "seenAt", from: nowMs - 7 * 86_400_000 }],
    ["seen<now+2w", { column: "seenAt", below: nowMs + 14 * 86_400_000 }],
    ["seen:2026-11-22", { column: "seenAt", from: Date.UTC(2026, 10, 22), below: Date.UTC(2026, 10, 23) }],
    ["seen<2026-11-22T10:00:00+02:00", { column: "seenAt", below: Date.UTC(2026, 10, 22, 8) }],
    ["ip:10.0.0.1", { column: "address", eq: "10.0.0.1" }],
    ["ip:10.0.0.0/8", { column: "address", within: "10.0.0.0/8" }],
    ["mac:52-54-00-AB-CD-EF", { column: "mac", eq: "52:54:00:ab:cd:ef" }],
    ["mac:52:54:*", { column: "mac", prefix: "52:54:" }],
    ["label:rack", { label: "rack", exists: true }],
    ["label:rack=*", { label: "rack", exists: true }],
    ["label:rack=r7", { label: "rack", eq: "r7" }],
    ["label:rack=r7,r8", { label: "rack", in: ["r7", "r8"] }],
    [
      "a state:failed",
      {
        all: [
          { column: "name", prefix: "a" },
          { column: "state", eq: "failed" },
        ],
      },
    ],
  ])("%j asks for its condition", (text, condition) => {
    expect(parsed(text)).toEqual({ condition });
  });
});

describe("a search text that cannot be read", () => {
  test.each<[string, number, number, string]>([
    ["stat:ready", 1, 4, "did you mean state?"],
    ["a colour:red", 3, 6, "there are machineId, name"],
    ["state:happy", 7, 5, "happy is none of ready, failed, local-disk"],
    ["state:re*", 7, 3, "without *"],
    ["state<ready", 7, 5, "state cannot be compared with <"],
    ["memory>1,2", 8, 1, "with one value"],
    ["memory:lots", 8, 4, "a size such as 64GiB"],
    ["memory>lots", 8, 4, "a size such as 64GiB"],
    ["memory:9999999TiB", 8, 10, "is no whole number"],
    ["locked:maybe", 8, 5, "neither true nor false"],
    ["seen<yesterday", 6, 9, "now-7d"],
    ["seen:2026-13-01", 6, 10, "is no time"],
    ["ip:10.0.0.300", 4, 10, "10.4.0.0/16"],
    ["ip:10.0.0.1/8", 4, 10, "host bits zero"],
    ["mac:52:54", 5, 5, "52:54:* for all that begin so"],
    ['name:"a b', 6, 4, "not closed"],
    ['name:"a"b', 9, 1, "a blank or a comma"],
    ["name:", 1, 5, "followed by a value"],
    ["name:a,,b", 1, 7, "followed by a value"],
    ["rack=r7", 1, 7, "label:key=value"],
    ["label:=x", 1, 5, "label:key=value"],
    ["label:a,b", 1, 5, "label:key=a,b"],
    ["label<a", 1, 5, "label:key"],
    [`${"a ".repeat(32)}b`, 65, 1, "at most 32 terms"],
    ["x".repeat(1_001), 1_001, 1, "at most 1000 characters"],
  ])("%j has a problem at column %i, %i long", (...[text, column, length, message]) => {
    expect(parsed(text).problems?.[0]).toEqual({ column, length, message: expect.stringContaining(message) });
  });

  test("is told of every problem at once", () => {
    expect(parsed("stat:x state:x seen<x").problems?.map(({ column }) => column)).toEqual([1, 14, 21]);
  });

  test("has no bare word where nothing is named, and no label where there are none", () => {
    const bare = { ...columns, labels: false, bareWord: undefined };
    expect(parseSearch("node", bare, nowMs).problems?.[0]?.message).toContain("write column:value");
    expect(parseSearch("label:a", bare, nowMs).problems?.[0]?.message).toContain("there is no column label");
  });
});

describe("the grammar of searches", () => {
  test("says any condition of its kind, and reads it back", () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { minLength: 1, maxLength: 8 }), (terms) => {
        const condition = terms.length === 1 ? terms[0] : { all: terms };
        expect(parsed(terms.map(formatted).join(" "))).toEqual({ condition });
      }),
    );
  });

  test("never makes the parser fail", () => {
    const anyText = fc.string({
      unit: fc.constantFrom(...'ab:<>=-*," \\/.0now'.split(""), "state:", "label:"),
    });
    fc.assert(
      fc.property(anyText, (text) => {
        const { condition, problems = [] } = parsed(text);
        if (condition) expect(problems).toEqual([]);
        for (const { column, length } of problems) {
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column + length - 1).toBeLessThanOrEqual(Math.max(1, text.length));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

const anyText = fc.string({ minLength: 1, unit: fc.constantFrom(...'ab,"\\ *-:=é'.split("")) });
const anyWord = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const anyTime = fc.integer({ min: 0, max: nowMs });

function testsOn(column: string, value: fc.Arbitrary<Scalar>): fc.Arbitrary<Condition> {
  return fc.oneof(
    value.map((eq) => ({ column, eq })),
    fc.array(value, { minLength: 2, maxLength: 3 }).map((list) => ({ column, in: list })),
    fc.constant({ column, exists: true }),
  );
}

const anyPositive: fc.Arbitrary<Condition> = fc.oneof(
  anyWord.map((prefix) => ({ column: "name", prefix })),
  testsOn("name", anyText),
  testsOn("state", fc.constantFrom("ready", "failed", "local-disk")),
  testsOn("locked", fc.boolean()),
  testsOn("memoryBytes", fc.nat()),
  testsOn("seenAt", anyTime),
  testsOn("address", fc.ipV4()),
  anyTime.map((from) => ({ column: "seenAt", from })),
  fc.nat().map((below) => ({ column: "memoryBytes", below })),
  fc.constantFrom("10.0.0.0/8", "192.168.4.0/24").map((within) => ({ column: "address", within })),
  anyWord.map((label) => ({ label, exists: true })),
  fc.tuple(anyWord, anyWord).map(([label, eq]) => ({ label, eq })),
  fc
    .tuple(anyWord, fc.array(anyWord, { minLength: 2 }))
    .map(([label, list]) => ({ label, in: list.slice(0, 4) })),
);
const anyTerm = fc.oneof(
  anyPositive,
  anyPositive.map((not) => ({ not })),
);

/** A term as somebody would type it. */
function formatted(condition: Condition): string {
  if ("not" in condition) return `-${formatted(condition.not)}`;
  if ("all" in condition || "any" in condition) throw new Error("a group is no term");
  if ("label" in condition) return formattedLabel(condition.label, condition);
  const { column } = condition;
  if ("from" in condition && condition.from !== undefined)
    return `${column}>=${value(column, condition.from)}`;
  if ("below" in condition && condition.below !== undefined)
    return `${column}<${value(column, condition.below)}`;
  return `${column}:${values(column, condition).join(",")}`;
}

function values(column: string, test: Test): readonly string[] {
  if ("eq" in test) return [value(column, test.eq)];
  if ("in" in test) return test.in.map((each) => value(column, each));
  if ("prefix" in test) return [`${test.prefix}*`];
  return "within" in test ? [test.within] : ["*"];
}

function value(column: string, of: Scalar): string {
  if (column === "seenAt") return new Date(Number(of)).toISOString();
  return column === "name" ? `"${String(of).replace(/["\\]/g, "\\$&")}"` : String(of);
}

function formattedLabel(label: string, test: Test): string {
  if ("eq" in test) return `label:${label}=${test.eq}`;
  return "in" in test ? `label:${label}=${test.in.join(",")}` : `label:${label}`;
}
