import { describe, expect, test } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { addressStream } from "../../../src/domain/address/events.ts";
import { networkStream } from "../../../src/domain/network/events.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { MacAddress } from "../../../src/domain/values/mac-address.ts";
import { newId } from "../../../src/ids.ts";
import { meta } from "../../support/recording.ts";
import { subnet } from "../../support/samples.ts";
import { ask, startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";
import { type FleetMachine, smallFleet } from "./support/fleet.ts";
import { command } from "./support/machines.ts";

const diff = `query ($of: DiffSubject, $from: Moment!, $to: Moment, $minPosition: EventPosition) {
  diff(of: $of, from: $from, to: $to, minPosition: $minPosition) {
    from to truncated changes { subject path before after events { type } } } }`;

async function changedFleet() {
  const api = await startApi();
  const { handleNetwork } = createCommands(api.store, newId);
  const { a, b } = await smallFleet(api);
  const from = { position: await api.store.head() };
  await command(api.store, a.id, { type: "LabelMachine", set: { pool: "x" }, remove: [] });
  await command(api.store, a.id, { type: "LabelMachine", set: { pool: "y" }, remove: [] });
  await command(api.store, a.id, { type: "LockMachine" });
  await handleNetwork(
    networkStream,
    { type: "ChangeSubnet", subnet: { ...subnet, leaseSeconds: 7_200 } },
    { meta },
  );
  const to = { position: await api.store.head() };
  await command(api.store, a.id, { type: "UnlockMachine" });
  return { api, a, b, from, to };
}

describe("what is different between two moments", () => {
  test("is told value by value, with the events that changed each", async () => {
    const { api, a, b, from, to } = await changedFleet();
    const ofA = [
      {
        subject: `machine/${a.id}`,
        path: "locked",
        before: false,
        after: true,
        events: [{ type: "MachineLocked" }],
      },
      {
        subject: `machine/${a.id}`,
        path: "labels.pool",
        before: "a",
        after: "y",
        events: [{ type: "LabelsChanged" }, { type: "LabelsChanged" }],
      },
    ];
    const ofSubnet = {
      subject: `subnet/${subnet.name}`,
      path: "leaseSeconds",
      before: subnet.leaseSeconds,
      after: 7_200,
      events: [{ type: "SubnetChanged" }],
    };
    const told = async (of: object | undefined, until: object | undefined = to) =>
      (await ask(api, diff, { of, from, to: until })).diff;
    expect(await told({ machine: a.id })).toEqual({
      from: from.position,
      to: to.position,
      truncated: false,
      changes: ofA,
    });
    expect((await told({ subnet: subnet.name })).changes).toEqual([ofSubnet]);
    expect((await told({ machine: b.id })).changes).toEqual([]);
    expect((await told(undefined)).changes).toEqual([...ofA, ofSubnet]);
    // It was unlocked since: what comes to nothing is no difference.
    expect(
      (await told({ machine: a.id }, null as never)).changes.map(({ path }: { path: string }) => path),
    ).toEqual(["labels.pool"]);
  });

  test("is refused backwards, and of machines that are not seen there is none", async () => {
    const { api, a, b, from, to } = await changedFleet();
    const { errors } = await api.ask(diff, { from: to, to: from });
    expect(errors).toMatchObject([{ extensions: { code: "INPUT_INVALID", field: "to" } }]);
    const some = await addCaller(api, "some", {
      rules: [{ scopes: ["machines:read", "events:read"], machines: { pool: "y" } }],
    });
    const seen = await some.ask(diff, { of: { machine: a.id }, from, to });
    expect(seen.data.diff.changes.length).toBe(2);
    const unseen = await some.ask(diff, { of: { machine: b.id }, from, to });
    const unknown = await some.ask(diff, { of: { machine: newId() }, from, to });
    expect(unseen.errors).toMatchObject([{ extensions: { code: "INPUT_INVALID", field: "of" } }]);
    expect(unknown.errors.map(({ message }) => message)).toEqual(unseen.errors.map(({ message }) => message));
    const whole = await some.ask(diff, { from, to });
    expect(whole.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});

describe("what is different about the network", () => {
  test("is for whoever sees every event: they tell who did it, and why", async () => {
    const { api, from, to } = await changedFleet();
    const some = await addCaller(api, "some", {
      rules: [
        { scopes: ["events:read"], machines: { pool: "y" } },
        { scopes: ["network:read"], machines: null },
      ],
    });
    const { errors } = await some.ask(diff, { of: { subnet: subnet.name }, from, to });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});

describe("what is different about leases", () => {
  const release = (api: TestApi, { mac, address }: FleetMachine) =>
    createCommands(api.store, newId).handleAddress(
      addressStream(Ipv4.parse(address)),
      { type: "ReleaseLease", mac: MacAddress.parse(mac), clientId: null },
      { meta },
    );

  test("is told of an address, and of all that a subnet has", async () => {
    const { api, a, b, from } = await changedFleet();
    await release(api, a);
    const freed = { subject: `address/${a.address}`, path: "status", before: "leased", after: "free" };
    const of = async (asked: object) =>
      (await ask(api, diff, { of: asked, from })).diff.changes.map(
        ({ events: _, ...change }: { events: unknown }) => change,
      );
    expect(await of({ address: a.address })).toContainEqual(freed);
    expect(await of({ leasesOf: subnet.name })).toEqual(await of({ address: a.address }));
    expect(await of({ address: b.address })).toEqual([]);
  });

  test("is for whoever sees every lease and event, and names what there is", async () => {
    const { api, a, from } = await changedFleet();
    const some = await addCaller(api, "some", {
      rules: [
        { scopes: ["network:read"], machines: null },
        { scopes: ["leases:read", "events:read"], machines: { pool: "y" } },
      ],
    });
    for (const of of [{ address: a.address }, { leasesOf: subnet.name }]) {
      const { errors } = await some.ask(diff, { of, from });
      expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", scope: "leases:read" } }]);
    }
    for (const of of [{ subnet: "nowhere" }, { leasesOf: "nowhere" }]) {
      const { errors } = await api.ask(diff, { of, from });
      expect(errors).toMatchObject([{ extensions: { code: "INPUT_INVALID", field: "of" } }]);
    }
  });
});

describe("why something is so", () => {
  const why = `query ($event: ID, $machine: ID, $field: String, $at: Moment, $minPosition: EventPosition) {
    why(event: $event, machine: $machine, field: $field, at: $at, minPosition: $minPosition) {
      event { type eventId } nodes { type eventId } edges { cause effect } request { actor source reason } truncated } }`;

  test("leads from a value of a machine to the event that made it so, and to its first cause", async () => {
    const { api, a, to } = await changedFleet();
    const locked = (await ask(api, why, { machine: a.id, field: "locked", at: to })).why;
    expect(locked.event.type).toBe("MachineLocked");
    expect(locked.nodes.at(-1)).toEqual(locked.event);
    expect((await ask(api, why, { machine: a.id, field: "locked" })).why.event.type).toBe("MachineUnlocked");
    expect((await ask(api, why, { machine: a.id, field: "labels" })).why.event.type).toBe("LabelsChanged");
    expect((await ask(api, why, { machine: a.id, field: "state" })).why.event.type).toBe("MachineAllocated");
    expect((await ask(api, why, { machine: a.id, field: "nothing" })).why).toBeNull();
  });

  test("ends with the request of a person, and its reason", async () => {
    const { api, b } = await changedFleet();
    await ask(
      api,
      `mutation ($id: ID!) { lockMachine(input: { machineId: $id, reason: "the fan is loud" }) { userErrors { code } } }`,
      { id: b.id },
    );
    const { nodes, edges, request, event } = (await ask(api, why, { machine: b.id, field: "locked" })).why;
    expect(nodes).toEqual([event]);
    expect(edges).toEqual([]);
    expect(request).toMatchObject({ source: "graphql", reason: "the fan is loud" });
    expect((await ask(api, why, { event: event.eventId })).why.event).toEqual(event);
  });

  test("is asked of one thing", async () => {
    const { api, a } = await changedFleet();
    for (const asked of [{}, { event: a.id, machine: a.id }, { field: "state" }]) {
      const { errors } = await api.ask(why, asked);
      expect(errors).toMatchObject([{ extensions: { code: "INPUT_INVALID" } }]);
    }
  });
});
