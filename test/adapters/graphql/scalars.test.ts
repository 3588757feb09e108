import { type GraphQLScalarType, parseValue } from "graphql";
import { describe, expect, test } from "vitest";
import { scalars } from "../../../src/adapters/graphql/scalars.ts";

const scalar = (name: string) => scalars[name as keyof typeof scalars] as GraphQLScalarType;

describe("a scalar", () => {
  test.each([
    ["DateTime", "2026-01-31T03:12:00.123Z", Date.UTC(2026, 0, 31, 3, 12, 0, 123)],
    ["DateTime", "2026-01-31T03:12:00+02:00", Date.UTC(2026, 0, 31, 1, 12)],
    ["MAC", "52-54-00-AB-CD-EF", "52:54:00:ab:cd:ef"],
    ["IPv4", "10.4.0.17", "10.4.0.17"],
    ["CIDR", "10.4.0.0/16", "10.4.0.0/16"],
    ["SafeInt", Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ["ByteCount", 2 ** 40, 2 ** 40],
    ["JSON", { a: [1, null, "x"] }, { a: [1, null, "x"] }],
  ])("%s takes %j, in a variable and in a document", (name, value, inside) => {
    expect(scalar(name).parseValue(value)).toEqual(inside);
    const literal = JSON.stringify(value).replaceAll(/"(\w+)":/g, "$1:");
    expect(JSON.parse(JSON.stringify(scalar(name).parseLiteral(parseValue(literal))))).toEqual(inside);
  });

  test.each([
    ["DateTime", "2026-02-30T00:00:00Z"],
    ["DateTime", "2026-01-31"],
    ["DateTime", 1_769_829_120_123],
    ["MAC", "525400abcdef"],
    ["MAC", "5254.00ab.cdef"],
    ["IPv4", "010.4.0.17"],
    ["IPv4", "10.4.0.17/24"],
    ["CIDR", "10.4.0.1/16"],
    ["SafeInt", 2 ** 53],
    ["SafeInt", 1.5],
    ["SafeInt", "1"],
    ["ByteCount", -1],
    ["EventPosition", ""],
    ["EventPosition", "x".repeat(201)],
    ["Sha256", "abc"],
  ])("%s refuses %j with a TypeError, so that the caller hears of a wrong value", (name, value) => {
    expect(() => scalar(name).parseValue(value)).toThrow(TypeError);
    expect(() => scalar(name).parseLiteral(parseValue(JSON.stringify(value)))).toThrow(TypeError);
  });

  test("DateTime shows milliseconds in UTC", () => {
    expect(scalars.DateTime.serialize(Date.UTC(2026, 0, 31, 3, 12, 0, 7))).toBe("2026-01-31T03:12:00.007Z");
  });
});
