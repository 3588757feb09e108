import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { schemaFile } from "../../src/paths.ts";
import { isSuccess, type Summary, summaryText, whereToLook } from "../../src/rehearsal/closing.ts";

const schema = buildSchema(readFileSync(schemaFile, "utf8"));

const good: Summary = {
  machines: 3,
  deployed: 3,
  duplicate_addresses: 0,
  failed_transfers: 0,
  seconds: 21.4,
};

describe("judging a rehearsal", () => {
  test("calls it a success when all machines are deployed and nothing was doubled or failed", () => {
    expect(isSuccess(good)).toBe(true);
    expect(summaryText(good)).toBe(
      "3 of 3 machines deployed in 21.4 s, 0 duplicate addresses, 0 failed transfers",
    );
  });

  test.each([
    { deployed: 2 },
    { duplicate_addresses: 1 },
    { failed_transfers: 1 },
  ])("calls it a failure with %j", (fault) => expect(isSuccess({ ...good, ...fault })).toBe(false));
});

describe("saying where to look", () => {
  const place = {
    api: "http://127.0.0.1:4000",
    tokenFile: "/tmp/x/data/api-token",
    directory: "/tmp/x",
    temporary: true,
    mac: "52:54:00:77:00:00",
  };

  test("prints the address, the token's file and three queries that the API understands", () => {
    const text = whereToLook(place);
    expect(text).toContain("http://127.0.0.1:4000/graphql");
    expect(text).toContain("/tmp/x/data/api-token");
    const bodies = [...text.matchAll(/-d '(.*)'/g)].map((match) => JSON.parse(match[1] ?? ""));
    expect(bodies).toHaveLength(3);
    for (const { query } of bodies) expect(validate(schema, parse(query))).toEqual([]);
  });

  test("prints what makes the command line work", () => {
    expect(whereToLook(place)).toContain(
      "bin/ironledger context set rehearsal --use --server http://127.0.0.1:4000 --token-file '/tmp/x/data/api-token'\n",
    );
  });

  test("keeps the token off every command line", () => {
    expect(whereToLook(place)).not.toMatch(/-H ["']authorization/);
  });

  test("says whether the data stays", () => {
    expect(whereToLook(place)).toContain("/tmp/x (removed at the end)");
    expect(whereToLook({ ...place, temporary: false })).not.toContain("removed");
  });
});
