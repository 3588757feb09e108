import { jsonEvent } from "@eventstore/db-client";
import { expect, test } from "vitest";
import { createClient, endClient } from "../../../../src/adapters/event-store/eventstoredb/client.ts";
import { readConnectionString } from "../../../../src/adapters/event-store/eventstoredb/connection-string.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { engine, openStore, shortLimits } from "./support.ts";

const open = (connectionString: string) => openStore(connectionString, { limits: shortLimits });

const claim = (term: number, holder: string) => ({ term, holder, leaseMs: 1_000 });

test("a place takes one claim, whoever is first", async () => {
  const { connectionString } = await engine();
  const { leadership } = open(connectionString);
  const { leadership: other } = open(connectionString);
  expect(await leadership.newest()).toBeUndefined();
  const [one, two] = await Promise.all([
    leadership.put(claim(1, "one"), undefined),
    other.put(claim(1, "two"), undefined),
  ]);
  expect([one, two].filter((place) => place === 0)).toHaveLength(1);
  const holder = one === 0 ? "one" : "two";
  expect(await other.newest()).toMatchObject({ revision: 0, claim: claim(1, holder) });
  expect(await leadership.put(claim(2, "one"), 0)).toBe(1);
  expect(await other.put(claim(2, "two"), 0)).toBeUndefined();
});

test("a claim whose answer was lost is not counted on", async () => {
  const { connectionString, nodes } = await engine();
  const { leadership } = open(connectionString);
  await leadership.put(claim(1, "one"), undefined);
  nodes[0]?.trouble.appends.push("silent");
  await expect(leadership.put(claim(1, "one"), 0)).rejects.toThrow();
  // It stands there all the same, so the place is taken.
  expect(await leadership.put(claim(1, "one"), 0)).toBeUndefined();
});

test("what is no claim is told as none, and takes its place all the same", async () => {
  const { connectionString } = await engine();
  const { leadership } = open(connectionString);
  await leadership.put(claim(1, "one"), undefined);
  const { url, credentials } = readConnectionString(connectionString);
  const client = createClient(url);
  afterwards(() => endClient(client));
  const foreign = jsonEvent({ type: "Noted", data: { term: "seven" } });
  await client.appendToStream("ironledger-leadership", foreign, { credentials });
  expect(await leadership.newest()).toMatchObject({ revision: 1, claim: undefined });
  expect(await leadership.put(claim(1, "one"), 0)).toBeUndefined();
  expect(await leadership.put(claim(2, "one"), 1)).toBe(2);
});

test("claims are no events of the log", async () => {
  const { connectionString } = await engine();
  const store = open(connectionString);
  await store.leadership.put(claim(1, "one"), undefined);
  expect(await store.head()).toBeUndefined();
  const { events } = await store.readAll({ after: undefined, limit: 10 });
  expect(events).toEqual([]);
  await expect(store.readStream("ironledger-leadership")).rejects.toThrow("for itself");
});

test("the engine is told to drop old claims", async () => {
  const { connectionString, ledger } = await engine();
  await open(connectionString).leadership.put(claim(1, "one"), undefined);
  const metadata = ledger.stream("$$ironledger-leadership").at(-1);
  expect(Buffer.from(metadata?.data ?? []).toString()).toBe('{"$maxCount":8}');
});
