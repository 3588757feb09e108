import { describe, expect, test } from "vitest";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { newId } from "../../../src/ids.ts";
import { addCaller } from "./support/callers.ts";
import type { FleetMachine } from "./support/fleet.ts";
import { limited } from "./support/limited.ts";
import { command } from "./support/machines.ts";
import { mutate } from "./support/mutate.ts";
import { connect, itemsOf, subscribe } from "./support/socket.ts";

const machineNow = `query ($id: ID, $name: String, $mac: MAC) { machine(id: $id, name: $name, mac: $mac) { name } }`;

describe("somebody who is limited to some machines", () => {
  test("sees them and what belongs to them, and no others", async () => {
    const { a, b, see } = await limited();
    expect(
      await see(`{
        machines { totalCount(exact: true) nodes { name runs { totalCount } } facets(by: [STATE]) { values { value count } others } }
        interfaces { nodes { mac } }
        leases { totalCount nodes { address machine { name } } }
        runs { totalCount nodes { runId machine { name } } facets(by: [STATE]) { values { count } } }
        subnets { nodes { leases { nodes { address } } } }
      }`),
    ).toEqual({
      machines: {
        totalCount: 1,
        nodes: [{ name: "node-a", runs: { totalCount: 1 } }],
        facets: [{ values: [{ value: "ALLOCATED", count: 1 }], others: 0 }],
      },
      interfaces: { nodes: [{ mac: a.mac }] },
      leases: { totalCount: 1, nodes: [{ address: a.address, machine: { name: "node-a" } }] },
      runs: {
        totalCount: 1,
        nodes: [{ runId: a.run, machine: { name: "node-a" } }],
        facets: [{ values: [{ count: 1 }] }],
      },
      subnets: { nodes: [{ leases: { nodes: [{ address: a.address }] } }] },
    });
    for (const reference of [{ id: b.id }, { name: b.name }, { mac: b.mac }]) {
      expect(await see(machineNow, reference)).toEqual({ machine: null });
    }
    for (const reference of [{ id: a.id }, { name: a.name }, { mac: a.mac }]) {
      expect(await see(machineNow, reference)).toEqual({ machine: { name: "node-a" } });
    }
    expect(await see("query ($id: ID!) { run(id: $id) { runId } }", { id: b.run })).toEqual({ run: null });
  });

  test("sees the reservations of their interfaces, and no others", async () => {
    const { api, a, b, see } = await limited();
    const subnet = { name: "reserved", cidr: "10.99.0.0/24" };
    await mutate(api, { name: "defineSubnet", input: subnet });
    const keys = [
      { mac: a.mac },
      { mac: b.mac },
      { firmwareUuid: "5d2c7d1e-7f1a-4b0c-8f43-0c3a0e5b7a10" },
      { relayCircuit: { circuitId: "0a01" } },
    ];
    for (const [index, key] of keys.entries()) {
      const input = { address: `10.99.0.${index + 10}`, for: key };
      expect(await mutate(api, { name: "reserveAddress", input })).toMatchObject({ userErrors: [] });
    }
    expect(
      await see(`{
        reservations { totalCount(exact: true) nodes { key mac } facets(by: [SUBNET]) { values { value count } others } }
        byKey: reservations(search: "for:circuit*") { totalCount }
        leases(filter: { reservedFor: { prefix: "uuid:" } }) { totalCount }
      }`),
    ).toEqual({
      reservations: {
        totalCount: 1,
        nodes: [{ key: a.mac, mac: a.mac }],
        facets: [{ values: [{ value: "reserved", count: 1 }], others: 0 }],
      },
      byKey: { totalCount: 0 },
      leases: { totalCount: 0 },
    });
  });

  test("finds no others by search, filter or order", async () => {
    const { see } = await limited();
    expect(
      await see(`{
        byName: machines(search: "name:node-b") { totalCount }
        byNot: machines(filter: { not: { name: { eq: "node-a" } } }) { totalCount }
        either: machines(filter: { or: [{ name: { eq: "node-b" } }, { label: [{ key: "pool" }] }] }) { nodes { name } }
        last: machines(last: 5, orderBy: { field: NAME }) { nodes { name } }
      }`),
    ).toEqual({
      byName: { totalCount: 0 },
      byNot: { totalCount: 0 },
      either: { nodes: [{ name: "node-a" }] },
      last: { nodes: [{ name: "node-a" }] },
    });
  });
});

describe("the events of others, and their objects", () => {
  test("are not found by the id of any of them", async () => {
    const { api, a, b, see } = await limited();
    const idsOf = async ({ name, run, mac }: FleetMachine): Promise<readonly string[]> => {
      const { data } = await api.ask(
        `query ($name: String, $run: ID!, $mac: MAC!) {
          machine(name: $name) { id timeline { nodes { event { id } } } }
          run(id: $run) { id events { nodes { id } } }
          interfaces(filter: { mac: { eq: $mac } }) { nodes { id } }
          leases(filter: { mac: { eq: $mac } }) { nodes { id } }
        }`,
        { name, run, mac },
      );
      return JSON.stringify(data).match(/(?<="id":")[^"]+/g) ?? [];
    };
    const node = "query ($id: ID!) { node(id: $id) { __typename id } }";
    const [own, others] = [await idsOf(a), await idsOf(b)];
    expect(own.length).toBeGreaterThan(5);
    for (const id of own) expect(await see(node, { id })).toMatchObject({ node: { id } });
    for (const id of others) expect(await see(node, { id })).toEqual({ node: null });
  });

  test("are not listed, nor those of what is no machine's", async () => {
    const { api, a, b, see } = await limited();
    const { events } = (await see("{ events(first: 200) { totalCount nodes { stream } } }")) as {
      events: { totalCount: number; nodes: { stream: string }[] };
    };
    const streams = new Set(events.nodes.map(({ stream }) => stream));
    const owned = [`machine-${a.id}`, `mac-${a.mac}`, `name-${a.name}`, `address-${a.address}`];
    expect([...streams].toSorted()).toEqual(owned.toSorted());
    expect(events.totalCount).toBe(events.nodes.length);
    for (const stream of [machineStream(b.id), `mac-${b.mac}`, `address-${b.address}`, "network"]) {
      const filter = { stream: { eq: stream } };
      expect(
        await see("query ($filter: EventFilter) { events(filter: $filter) { totalCount } }", { filter }),
      ).toEqual({ events: { totalCount: 0 } });
    }
    expect((await api.store.readStream(machineStream(b.id))).length).toBeGreaterThan(3);
  });

  test("are not followed", async () => {
    const { api, a, b, caller } = await limited();
    const socket = await connect({ url: api.url, token: caller.token });
    subscribe(socket, "1");
    await command(api.store, b.id, { type: "LockMachine" });
    await command(api.store, a.id, { type: "LockMachine" });
    const streams = () => itemsOf(socket, "1").flatMap(({ stream }) => stream ?? []);
    const locked = () => itemsOf(socket, "1").some(({ type }) => type === "MachineLocked");
    await expect.poll(locked, { timeout: 20_000 }).toBe(true);
    const owned = [`machine-${a.id}`, `mac-${a.mac}`, `name-${a.name}`, `address-${a.address}`];
    expect([...new Set(streams())].toSorted()).toEqual(owned.toSorted());
  });
});

describe("the past of somebody who is limited", () => {
  test("is that of what is seen now, whatever it was then", async () => {
    const { api, a, b, see } = await limited();
    const then = await api.store.head();
    await command(api.store, a.id, { type: "LabelMachine", set: { pool: "b" }, remove: [] });
    await command(api.store, b.id, { type: "LabelMachine", set: { pool: "a" }, remove: [] });
    const past = `query ($name: String, $then: EventPosition!) {
      machine(name: $name, at: { position: $then }) { label(key: "pool") runs { totalCount } }
    }`;
    expect(await see(past, { name: a.name, then })).toEqual({ machine: null });
    expect(await see(past, { name: b.name, then })).toEqual({
      machine: { label: "b", runs: { totalCount: 1 } },
    });
    expect(await see("{ machines { nodes { name } } }")).toEqual({
      machines: { nodes: [{ name: "node-b" }] },
    });
  });
});

describe("a change by somebody who is limited to some machines", () => {
  const lock = `mutation ($input: LockMachineInput!) { lockMachine(input: $input) {
    userErrors { code message field remedy } position machine { locked }
  } }`;
  const approve = `mutation ($input: ApproveMachineInput!) { approveMachine(input: $input) {
    userErrors { code message field remedy } position machine { name }
  } }`;

  test("is made to them", async () => {
    const { a, see } = await limited();
    expect(await see(lock, { input: { machineId: a.id } })).toMatchObject({
      lockMachine: { userErrors: [], machine: { locked: true } },
    });
  });

  test("is refused for others just as for machines that do not exist, and records nothing", async () => {
    const { api, b, see } = await limited();
    const before = await api.store.head();
    for (const [query, input] of [
      [lock, {}],
      [approve, {}],
      [approve, { name: "node-c" }],
      [approve, { name: "node-b" }],
    ] as const) {
      for (const dryRun of [false, true]) {
        const other = await see(query, { input: { ...input, dryRun, machineId: b.id } });
        expect(other).toEqual(await see(query, { input: { ...input, dryRun, machineId: newId() } }));
        expect(JSON.stringify(other)).toContain("MACHINE_UNKNOWN");
      }
    }
    expect(await api.store.head()).toBe(before);
  });

  test("meets only them when it is made to all that match", async () => {
    const { api, b, see } = await limited();
    const { changeMachines } = (await see(
      `mutation { changeMachines(input: { selector: { matching: {} }, action: { lock: true } }) { matched accepted } }`,
    )) as { changeMachines: object };
    expect(changeMachines).toEqual({ matched: 1, accepted: 1 });
    const types = (await api.store.readStream(machineStream(b.id))).map(({ type }) => type);
    expect(types).not.toContain("MachineLocked");
  });

  test.each([
    [
      "another value of a label that roles select by",
      `labelMachine(input: { machineId: $id, set: [{ key: "pool", value: "b" }] })`,
    ],
    ["none any more", `labelMachine(input: { machineId: $id, remove: ["pool"] })`],
    ["a new machine", `registerMachine(input: { macs: ["52:54:00:00:00:09"], name: "node-9" })`],
  ])("gives no machine %s", async (_what, mutation) => {
    const { api, a, caller } = await limited();
    const before = await api.store.head();
    const query = `mutation${mutation.includes("$id") ? " ($id: ID!)" : ""} { ${mutation} { userErrors { code } } }`;
    const { errors } = await caller.ask(query, { id: a.id });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", scope: "machines:edit" } }]);
    expect(await api.store.head()).toBe(before);
  });

  test("may set any other label", async () => {
    const { a, see } = await limited();
    const label = `mutation ($id: ID!) {
      labelMachine(input: { machineId: $id, set: [{ key: "rack", value: "7" }] }) {
        userErrors { code } machine { label(key: "rack") }
      }
    }`;
    expect(await see(label, { id: a.id })).toEqual({
      labelMachine: { userErrors: [], machine: { label: "7" } },
    });
  });
});

describe("whoever sees events but not access", () => {
  test("sees none about principals, tokens and roles, in a list or in a feed", async () => {
    const { api, a } = await limited();
    const viewer = await addCaller(api, "viewer", { role: "viewer" });
    const auditor = await addCaller(api, "auditor", { role: "auditor" });
    const query = `query ($filter: EventFilter) { events(filter: $filter, first: 200) { totalCount } }`;
    const ofAccess = { filter: { category: { in: ["access", "accessrole", "login"] } } };
    await expect
      .poll(async () => (await auditor.ask(query, ofAccess)).data.events.totalCount, { timeout: 20_000 })
      .toBeGreaterThan(8);
    expect((await viewer.ask(query, ofAccess)).data).toEqual({ events: { totalCount: 0 } });
    const { data } = await viewer.ask(query, {});
    expect(data.events.totalCount).toBeGreaterThan(8);

    const socket = await connect({ url: api.url, token: viewer.token });
    subscribe(socket, "1");
    await command(api.store, a.id, { type: "LockMachine" });
    await expect
      .poll(() => itemsOf(socket, "1").some(({ type }) => type === "MachineLocked"), { timeout: 20_000 })
      .toBe(true);
    expect(itemsOf(socket, "1").filter(({ stream }) => stream?.startsWith("access"))).toEqual([]);
  });
});
