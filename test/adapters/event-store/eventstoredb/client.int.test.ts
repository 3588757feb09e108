import { jsonEvent } from "@eventstore/db-client";
import { expect, test } from "vitest";
import { createClient, endClient } from "../../../../src/adapters/event-store/eventstoredb/client.ts";
import { readConnectionString } from "../../../../src/adapters/event-store/eventstoredb/connection-string.ts";
import { eventually } from "../../../support/eventually.ts";
import { engine } from "./support.ts";

test("an append that begins when its channel was closed is refused, and ends nothing else", async () => {
  const { connectionString } = await engine();
  const { url, credentials } = readConnectionString(connectionString);
  const client = createClient(url);
  const append = () =>
    client.appendToStream("machine-1", jsonEvent({ type: "Noted", data: {} }), { credentials });
  await append();
  await endClient(client);
  await expect(append()).rejects.toThrow("shut down");
});

test("an append that fails while no node is found ends nothing else", async () => {
  const { nodes, connectionString } = await engine({ nodes: 2 });
  const [leader, other] = nodes;
  const { url, credentials } = readConnectionString(connectionString);
  const client = createClient(url);
  const append = () =>
    client.appendToStream("machine-1", jsonEvent({ type: "Noted", data: {} }), { credentials });
  await append();

  leader?.trouble.appends.push("silent", "refused");
  const unanswered = append().catch((error: Error) => error);
  await eventually(() => (leader?.trouble.appends.length === 1 ? true : undefined));
  await expect(append()).rejects.toThrow("cut");
  other?.stop();
  leader && Object.assign(leader.trouble, { frozen: true });
  const asked = leader?.asked.get("gossip");
  const searching = append().catch((error: Error) => error);
  await eventually(() => (leader?.asked.get("gossip") !== asked ? true : undefined));
  leader?.stop();
  expect(await unanswered).toBeInstanceOf(Error);
  expect(await searching).toMatchObject({ message: expect.stringContaining("Failed to discover") });
});

test("a client of nodes that are all gone ends", async () => {
  const { nodes, connectionString } = await engine({ nodes: 2 });
  for (const { stop } of nodes) stop();
  const client = createClient(readConnectionString(connectionString).url);
  await expect(endClient(client)).resolves.toBeUndefined();
});
