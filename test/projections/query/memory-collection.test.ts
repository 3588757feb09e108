import { describe, expect, test } from "vitest";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { memoryCollection } from "../../../src/projections/query/memory-collection.ts";

interface Host {
  readonly name: string;
  readonly address: Ipv4 | null;
  readonly labels: Readonly<Record<string, string>>;
}

const hosts: readonly Host[] = [
  { name: "c", address: Ipv4.parse("10.0.0.10"), labels: { rack: "1" } },
  { name: "a", address: Ipv4.parse("10.0.0.9"), labels: {} },
  { name: "b", address: null, labels: { rack: "2" } },
];

const source = {
  columns: { name: { kind: "text", ordered: true }, address: { kind: "address", ordered: true } },
  aliases: {},
  bareWord: "name",
  defaultOrder: { column: "name", descending: false },
  idOf: ({ name }: Host) => name,
  factsOf: ({ name, address }: Host) => ({ name, address }),
} as const;

const names = (found: readonly { readonly row: Host }[]) => found.map(({ row }) => row.name);

describe("a collection of rows in memory", () => {
  test("orders addresses as numbers, none first", () => {
    const collection = memoryCollection(source, () => hosts);
    const orderBy = { column: "address", descending: false };
    expect(names(collection.page({ orderBy, limit: 9 }))).toEqual(["b", "a", "c"]);
    const [, second] = collection.page({ orderBy, limit: 9 });
    expect(names(collection.page({ orderBy, limit: 9, after: second?.key }))).toEqual(["c"]);
  });

  test("has labels where its rows have", () => {
    const collection = memoryCollection({ ...source, labelsOf: ({ labels }) => labels }, () => hosts);
    expect(names(collection.page({ where: { label: "rack", exists: true }, limit: 9 }))).toEqual(["b", "c"]);
    expect(() =>
      memoryCollection(source, () => hosts).page({ where: { label: "rack", exists: true }, limit: 9 }),
    ).toThrow("there are no labels here");
  });
});
