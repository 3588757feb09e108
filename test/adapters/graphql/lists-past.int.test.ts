import { describe, expect, test } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { addressStream } from "../../../src/domain/address/events.ts";
import { retireMachine } from "../../../src/domain/machine/retire.ts";
import { networkStream } from "../../../src/domain/network/events.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { MacAddress } from "../../../src/domain/values/mac-address.ts";
import { RunId } from "../../../src/domain/values/run-id.ts";
import { newId } from "../../../src/ids.ts";
import { meta } from "../../support/recording.ts";
import { agentBootId, subnet } from "../../support/samples.ts";
import { ask, startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";
import { smallFleet } from "./support/fleet.ts";
import { command } from "./support/machines.ts";

const machineFields = `machineId name state revision labels { key value } addresses
  interfaces { nodes { mac name address subnet source machine { name } } }
  runs { totalCount nodes { runId state machine { state } } } timeline(first: 100) { nodes { type run { runId } } }`;

/** Every list, with conditions, an order, a count and facets. `@` stands for the moment. */
const everything = `
  machines(@ orderBy: { field: NAME, direction: DESC }) { totalCount nodes { ${machineFields} }
    facets(by: [STATE, SUBNET, PRODUCT]) { values { value count } } }
  labelled: machines(@ search: "label:pool=a subnet:rack-1 -state:retired") { nodes { name } }
  walked: machines(@ first: 1, filter: { state: { in: [ALLOCATED, DEPLOYING, RETIRED] } }) {
    totalCount nodes { name } pageInfo { hasNextPage } }
  interfaces(@ search: "ip:10.77.0.0/24") { totalCount nodes { mac address machine { name state } } }
  leases(@ search: "label:pool") { totalCount nodes { address status holder { mac } machine { name } revision } }
  reservations(@) { nodes { address key lease { status } } }
  subnet(@ name: "${subnet.name}") { leaseSeconds usage { leased free } leases { nodes { address } } }
  subnets(@) { revision nodes { name leaseSeconds usage { subnet { leaseSeconds } leased declined } } }
  addressUsage(@) { nodes { leased total usedPercent subnet { name leaseSeconds } } }
  clientClasses(@) { revision totalCount nodes { name } }
  bootEnvironments(@) { nodes { name version } }
  runs(@ search: "label:pool=b") { totalCount nodes { runId state stage machine { name state } boots { bootId } } }
  events(@ filter: { category: { in: ["machine", "address", "network"] } }) { totalCount nodes { eventId } }
  openBulkChanges(@) { bulkId }`;

const now = `query ($minPosition: EventPosition) { ${everything.replaceAll("(@)", "(minPosition: $minPosition)").replaceAll("@", "minPosition: $minPosition,")} }`;
const then = `query ($at: Moment!) { ${everything.replaceAll("(@)", "(at: $at)").replaceAll("@", "at: $at,")} }`;

/** What happens to the fleet, one thing after another. */
function happenings(api: TestApi, { a, b }: Awaited<ReturnType<typeof smallFleet>>) {
  const commands = createCommands(api.store, newId);
  const address = addressStream(Ipv4.parse(a.address));
  const changed = { ...subnet, leaseSeconds: 7_200 };
  return [
    () => command(api.store, a.id, { type: "LabelMachine", set: { pool: "c", rack: "9" }, remove: [] }),
    () => commands.handleNetwork(networkStream, { type: "ChangeSubnet", subnet: changed }, { meta }),
    () => command(api.store, b.id, { type: "ReportHello", run: RunId.parse(b.run), agentBootId }),
    () => command(api.store, a.id, { type: "LabelMachine", set: {}, remove: ["pool"] }),
    () =>
      commands.handleAddress(
        address,
        { type: "ReleaseLease", mac: MacAddress.parse(a.mac), clientId: null },
        { meta },
      ),
    () => retireMachine(commands, a.id, { meta }),
    () => commands.handleNetwork(networkStream, { type: "RetireSubnet", name: subnet.name }, { meta }),
  ];
}

describe("asking for lists of the past", () => {
  test("answers as it did then, whatever has happened since", async () => {
    const api = await startApi();
    const moments: { position: string; answer: unknown }[] = [];
    const remember = async () => {
      const position = String(await api.store.head());
      moments.push({ position, answer: await ask(api, now, { minPosition: position }) });
    };
    const fleet = await smallFleet(api);
    await remember();
    for (const happen of happenings(api, fleet)) {
      await happen();
      await remember();
    }
    expect(new Set(moments.map(({ position }) => position)).size).toBe(moments.length);
    for (const { position, answer } of [...moments, ...moments.toReversed()]) {
      expect(await ask(api, then, { at: { position } })).toEqual(answer);
    }
  });

  test("answers with nothing before the first event", async () => {
    const api = await startApi();
    await smallFleet(api);
    const { machines, leases, subnet: none } = await ask(api, then, { at: { time: "2020-01-01T00:00:00Z" } });
    expect([machines.totalCount, machines.nodes, leases.nodes, none]).toEqual([0, [], [], null]);
  });

  test("pages as any list does", async () => {
    const api = await startApi();
    const { a, b } = await smallFleet(api);
    const at = { position: await api.store.head() };
    await command(api.store, a.id, { type: "LabelMachine", set: { pool: "z" }, remove: [] });
    const query = `query ($at: Moment!, $after: String) {
      machines(at: $at, first: 1, after: $after, orderBy: { field: NAME }) { nodes { name label(key: "pool") } pageInfo { hasNextPage endCursor } } }`;
    const first = (await ask(api, query, { at })).machines;
    const second = (await ask(api, query, { at, after: first.pageInfo.endCursor })).machines;
    expect([first.nodes, second.nodes]).toEqual([
      [{ name: a.name, label: "a" }],
      [{ name: b.name, label: "b" }],
    ]);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  test.each([
    'machines(at: $at, search: "seen>now-1d") { totalCount }',
    "machines(at: $at, filter: { seenAt: { exists: true } }) { totalCount }",
    "machines(at: $at, orderBy: { field: SEEN_AT }) { totalCount }",
    "interfaces(at: $at, orderBy: { field: SEEN_AT }) { totalCount }",
  ])("refuses to ask when something was heard of last: %s", async (field) => {
    const api = await startApi();
    const at = { position: await api.store.head() };
    const { errors } = await api.ask(`query ($at: Moment!) { ${field} }`, { at });
    expect(errors).toMatchObject([{ extensions: { code: "INPUT_INVALID" } }]);
  });
});

describe("who may ask for lists of the past", () => {
  test("whoever sees some machines is told what those had, whatever their labels were", async () => {
    const api = await startApi();
    const { a, b } = await smallFleet(api);
    const at = { position: await api.store.head() };
    await command(api.store, a.id, { type: "LabelMachine", set: { pool: "b" }, remove: [] });
    await command(api.store, b.id, { type: "LabelMachine", set: { pool: "a" }, remove: [] });
    await ask(
      api,
      "query ($minPosition: EventPosition) { position machines(minPosition: $minPosition) { totalCount } }",
    );
    const some = await addCaller(api, "some", {
      rules: [{ scopes: ["machines:read", "leases:read", "runs:read"], machines: { pool: "a" } }],
    });
    const { data, errors } = await some.ask(
      `query ($at: Moment!) {
        machines(at: $at) { totalCount nodes { name label(key: "pool") interfaces { nodes { address } } } }
        interfaces(at: $at) { totalCount nodes { mac } } leases(at: $at) { nodes { address } }
        reservations(at: $at) { totalCount } runs(at: $at) { nodes { runId } } }`,
      { at },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      machines: {
        totalCount: 1,
        nodes: [{ name: b.name, label: "b", interfaces: { nodes: [{ address: b.address }] } }],
      },
      interfaces: { totalCount: 1, nodes: [{ mac: b.mac }] },
      leases: { nodes: [{ address: b.address }] },
      reservations: { totalCount: 0 },
      runs: { nodes: [{ runId: b.run }] },
    });
    const one = `query ($at: Moment!, $id: ID) { machine(id: $id, at: $at) { name addresses interfaces { totalCount } } }`;
    expect((await some.ask(one, { at, id: b.id })).data).toEqual({
      machine: { name: b.name, addresses: [b.address], interfaces: { totalCount: 1 } },
    });
    expect((await some.ask(one, { at, id: a.id })).data).toEqual({ machine: null });
  });

  test("whoever sees nothing of a kind is refused", async () => {
    const api = await startApi();
    await smallFleet(api);
    const at = { position: await api.store.head() };
    const none = await addCaller(api, "none", { rules: [{ scopes: ["events:read"], machines: null }] });
    for (const field of [
      "machines",
      "interfaces",
      "leases",
      "reservations",
      "runs",
      "subnets",
      "clientClasses",
    ]) {
      const { errors } = await none.ask(`query ($at: Moment!) { ${field}(at: $at) { totalCount } }`, { at });
      expect(errors, field).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
  });
});

describe("the interfaces of a machine of the past", () => {
  test("are searched, ordered and counted as a list of all is", async () => {
    const api = await startApi();
    const { a } = await smallFleet(api);
    const at = { position: await api.store.head() };
    await command(api.store, a.id, { type: "LabelMachine", set: { pool: "z" }, remove: [] });
    const query = `query ($at: Moment!, $id: ID!, $search: String) {
      machine(id: $id, at: $at) { interfaces(search: $search, orderBy: { field: ADDRESS }) {
        totalCount nodes { mac address } facets(by: [SUBNET]) { values { value count } } } } }`;
    const found = async (search: string) =>
      (await ask(api, query, { at, id: a.id, search })).machine.interfaces;
    expect(await found("label:pool=a ip:10.77.0.0/24")).toEqual({
      totalCount: 1,
      nodes: [{ mac: a.mac, address: a.address }],
      facets: [{ values: [{ value: subnet.name, count: 1 }] }],
    });
    expect((await found("label:pool=z")).totalCount).toBe(0);
    const { errors } = await api.ask(query, { at, id: a.id, search: "seen>now-1d" });
    expect(errors).toMatchObject([{ extensions: { code: "INPUT_INVALID" } }]);
  });
});
