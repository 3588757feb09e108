import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { schemaFile } from "../../src/paths.ts";
import { eventsSubscription } from "../../src/rehearsal/event-feed.ts";
import { mutationDocument } from "../../src/rehearsal/graphql-client.ts";

const schema = buildSchema(readFileSync(schemaFile, "utf8"));

describe("asking the API", () => {
  const mutations = ["defineSubnet", "approveMachine", "deployMachine"].map(mutationDocument);

  test.each([
    eventsSubscription,
    ...mutations,
  ])("is done with documents that its schema knows: %s", (document) => {
    expect(validate(schema, parse(document))).toEqual([]);
  });
});
