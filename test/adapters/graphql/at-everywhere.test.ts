import { describe, expect, test } from "vitest";
import { createApiSchema } from "../../../src/adapters/graphql/schema.ts";
import { typeDefs } from "./support/api.ts";

const queries = Object.values(createApiSchema(typeDefs).getQueryType()?.getFields() ?? {});

/** Questions that cannot be put to the past, and why. */
const ofNowAlone: Readonly<Record<string, string>> = {
  accessScopes: "the scopes are those of the program",
  consistencyProof: "`from` and `size` name the two logs",
  diff: "`from` and `to` are its moments",
  inclusionProof: "`size` names the log, and an event is in every later one",
  logArchives: "they are files; `events` has when each was sealed",
  logSigning: "the key is configured, not recorded; `checkpoints` has those of the past",
  verification: "it is of this process, and no event tells of it",
  viewer: "who asks asks now",
};

describe("a query", () => {
  test("takes `at`, or is listed with the reason why not", () => {
    const without = queries
      .filter(({ args }) => !args.some(({ name, type }) => name === "at" && String(type) === "Moment"))
      .map(({ name }) => name);
    expect(queries.length).toBeGreaterThan(20);
    expect(without.toSorted()).toEqual(Object.keys(ofNowAlone));
  });
});
