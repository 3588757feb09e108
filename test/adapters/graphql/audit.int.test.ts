import { describe, expect, test } from "vitest";
import { ask, startApi, type TestApi } from "./support/api.ts";

const eventsQuery = `query ($filter: EventFilter, $search: String, $minPosition: EventPosition) {
  events(first: 100, filter: $filter, search: $search, minPosition: $minPosition) {
    nodes { type stream actor reason sourceAddress time correlationId }
  }
}`;

interface Event {
  readonly type: string;
  readonly stream: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly sourceAddress: string | null;
  readonly time: string;
  readonly correlationId: string;
}

async function found(api: TestApi, variables: object): Promise<readonly Event[]> {
  return (await ask(api, eventsQuery, variables)).events.nodes;
}

/** Registers a machine of this name, and renames it. */
async function renamed(api: TestApi, mac: string, name: string): Promise<string> {
  const register = `mutation { registerMachine(input: { macs: ["${mac}"], name: "${name}", reason: "CHG-1" }) {
    userErrors { message } machine { machineId } } }`;
  const { machine } = (await ask(api, register)).registerMachine;
  const rename = `mutation { renameMachine(input: { machineId: "${machine.machineId}", name: "${name}-b" }) {
    userErrors { message } } }`;
  expect((await ask(api, rename)).renameMachine.userErrors).toEqual([]);
  return machine.machineId;
}

describe("an audit", () => {
  test("finds what belongs to a machine: its own events, and claims on what is its", async () => {
    const api = await startApi();
    const one = await renamed(api, "02:00:00:00:00:01", "web-01");
    await renamed(api, "02:00:00:00:00:02", "web-02");
    const events = await found(api, { filter: { machineId: { eq: one } } });
    expect(new Set(events.map(({ stream }) => stream))).toEqual(
      new Set([`machine-${one}`, "mac-02:00:00:00:00:01", "name-web-01", "name-web-01-b"]),
    );
    expect(await found(api, { search: `machine:${one}` })).toEqual(events);
  });

  test("finds what somebody did, when, and why, and from where", async () => {
    const api = await startApi();
    await renamed(api, "02:00:00:00:00:01", "web-01");
    const events = await found(api, {
      filter: { actor: { eq: "user:operator" }, type: { eq: "MachineRegistered" } },
    });
    expect(events).toMatchObject([{ reason: "CHG-1", sourceAddress: "127.0.0.1" }]);
    const [{ time, correlationId } = { time: "", correlationId: "" }] = events;
    const related = await found(api, { filter: { correlationId: { eq: correlationId } } });
    expect(related.length).toBeGreaterThan(1);
    const before = { time: { to: time }, actor: { eq: "user:operator" } };
    expect((await found(api, { filter: before })).map(({ type }) => type)).not.toContain("MachineRegistered");
  });

  test("of a machine that nobody knows finds nothing, and of none, what is no machine's", async () => {
    const api = await startApi();
    await renamed(api, "02:00:00:00:00:01", "web-01");
    const nobody = { machineId: { eq: "01920000-0000-7000-8000-000000000000" } };
    expect(await found(api, { filter: nobody })).toEqual([]);
    const ofNone = await found(api, { filter: { not: { machineId: { exists: true } } } });
    expect(ofNone.every(({ stream }) => stream.startsWith("access-"))).toBe(true);
  });
});
