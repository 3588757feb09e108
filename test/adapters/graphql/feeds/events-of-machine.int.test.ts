import { expect, test } from "vitest";
import { ask, startApi, type TestApi } from "../support/api.ts";
import { openSocket } from "../support/socket.ts";

async function register(api: TestApi, mac: string, name: string): Promise<string> {
  const document = `mutation { registerMachine(input: { macs: ["${mac}"], name: "${name}" }) {
    machine { machineId } } }`;
  return (await ask(api, document)).registerMachine.machine.machineId;
}

test("a feed of one machine's events tells of claims on what is its, too", async () => {
  const api = await startApi();
  const one = await register(api, "02:00:00:00:00:01", "web-01");
  await register(api, "02:00:00:00:00:02", "web-02");
  const socket = await openSocket(api);
  socket.send({ type: "connection_init", payload: { authorization: `Bearer ${api.token}` } });
  await socket.message(({ type }) => type === "connection_ack");
  const query = `subscription ($id: ID!) { events(filter: { or: [{ machineId: { eq: $id } }] }) {
    __typename ... on Event { stream } } }`;
  socket.send({ type: "subscribe", id: "one", payload: { query, variables: { id: one } } });
  await socket.message(({ payload }) => payload?.data?.events.__typename === "CaughtUp");
  const streams = socket.received.flatMap(({ payload }) => payload?.data?.events.stream ?? []);
  expect([...new Set(streams)].toSorted()).toEqual([
    "mac-02:00:00:00:00:01",
    `machine-${one}`,
    "name-web-01",
  ]);
});
