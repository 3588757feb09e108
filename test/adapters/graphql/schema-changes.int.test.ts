import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema, type GraphQLSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { typeDefs } from "./support/api.ts";

/**
 * The schema of each release: `test/golden/schema/<release>.graphql`. Files of a release that is out never change;
 * CONTRIBUTING.md says how a release adds its own.
 */
const folder = join(import.meta.dirname, "../../golden/schema");
const releases = readdirSync(folder).toSorted((one, other) =>
  one.localeCompare(other, "en", { numeric: true }),
);

function schemaOf(release: string): GraphQLSchema {
  return buildSchema(readFileSync(join(folder, release), "utf8"));
}

/** What would break a client of the older one. */
async function breaks(older: GraphQLSchema, newer: GraphQLSchema): Promise<readonly string[]> {
  const changes = await diff(older, newer);
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message);
}

describe("the schema", () => {
  test("breaks no client of the last release", async () => {
    const last = releases.at(-1);
    if (last === undefined) throw new Error("no release's schema is kept");
    expect(await breaks(schemaOf(last), buildSchema(typeDefs))).toEqual([]);
  });

  test.each([
    ["a field that is gone", "type Query { a: Int b: Int }", "type Query { a: Int }"],
    ["a field that may be missing now", "type Query { a: Int! }", "type Query { a: Int }"],
    ["an argument that must be given now", "type Query { a: Int }", "type Query { a(b: Int!): Int }"],
    ["a value that is gone", "enum E { A B } type Query { a: E }", "enum E { A } type Query { a: E }"],
  ])("would be found out to break them by %s", async (_what, older, newer) => {
    expect(await breaks(buildSchema(older), buildSchema(newer))).toHaveLength(1);
  });

  test("would not be by what only joins", async () => {
    const older = buildSchema("type Query { a: Int }");
    const newer = buildSchema("type Query { a(c: Int): Int b: Int }");
    expect(await breaks(older, newer)).toEqual([]);
  });
});
