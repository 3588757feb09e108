import { describe, expect, test } from "vitest";
import { RunId } from "../../../src/domain/values/run-id.ts";
import { dice, record } from "../../support/history.ts";
import { plan, samples } from "../../support/samples.ts";
import { ask, startApi } from "./support/api.ts";
import { command, discover, inspect, macOf } from "./support/machines.ts";

const chance = dice(11);
const run = RunId.parse(plan.run);

describe("looking a machine up", () => {
  test("finds it by its id, its name and each interface", async () => {
    const api = await startApi();
    const id = await inspect(api.store);
    await command(api.store, id, { type: "ApproveMachine" });
    const query = `query ($mac: MAC, $minPosition: EventPosition) { machine(mac: $mac, minPosition: $minPosition) {
      id machineId name state failure { code } locked architecture macs revision
      inventory { firmware secureBoot smbios { product } cpu { count } memoryBytes
        interfaces { name mac } disks { name serial bytes rotational } agentPackages { name version } }
      run { id } runs { nodes { id } }
    } }`;
    const { machine } = await ask(api, query, { mac: "52-54-00-00-00-01" });
    expect(machine).toMatchObject({
      machineId: id,
      state: "READY",
      architecture: "X64_UEFI",
      macs: [macOf(1)],
      inventory: {
        firmware: "UEFI",
        memoryBytes: 2_147_483_648,
        disks: [{ name: "vda", bytes: 1_073_741_824 }],
      },
      run: null,
      runs: { nodes: [] },
    });
    const byId = await ask(
      api,
      `{ opaque: machine(id: "${machine.id}") { machineId } bare: machine(id: "${id}") { machineId } }`,
    );
    expect(byId).toEqual({ opaque: { machineId: id }, bare: { machineId: id } });
  });

  test("finds nothing where there is nothing", async () => {
    const api = await startApi();
    const data = await ask(
      api,
      `{ a: machine(id: "x") { id } b: machine(name: "No Name") { id } c: machine(mac: "02:00:00:00:00:00") { id }
      d: run(id: "x") { id } e: subnet(name: "x") { name } f: machines(filter: { name: { eq: "x" }, state: { eq: READY } }) { nodes { id } } }`,
    );
    expect(data).toEqual({ a: null, b: null, c: null, d: null, e: null, f: { nodes: [] } });
  });

  test("takes exactly one way of naming it", async () => {
    const api = await startApi();
    for (const args of ["", '(id: "a", name: "b")', '(name: "")']) {
      const { data, errors } = await api.ask(`{ machine${args} { id } }`);
      expect([data, errors]).toMatchObject([{ machine: null }, [{ extensions: { code: "INPUT_INVALID" } }]]);
    }
  });

  test("lists by state, interface and name", async () => {
    const api = await startApi();
    const [first, second] = [await inspect(api.store, 1), await discover(api.store, 2)];
    await command(api.store, first, { type: "ApproveMachine" });
    const list = async (filter: object) => {
      const query = `query ($filter: MachineFilter, $minPosition: EventPosition) {
        machines(filter: $filter, minPosition: $minPosition) { nodes { machineId } } }`;
      const { machines } = await ask(api, query, { filter });
      return machines.nodes.map(({ machineId }: { machineId: string }) => machineId);
    };
    expect(await list({})).toEqual([first, second]);
    expect(await list({ state: { eq: "READY" } })).toEqual([first]);
    expect(await list({ state: { in: ["READY", "DISCOVERED"] } })).toEqual([first, second]);
    expect(await list({ state: { in: [] } })).toEqual([]);
    expect(await list({ mac: { eq: macOf(2) } })).toEqual([second]);
    expect(await list({ mac: { eq: macOf(2) }, state: { eq: "READY" } })).toEqual([]);
  });
});

describe("a machine's timeline", () => {
  test("tells of each boot and run, whole events on request, page by page", async () => {
    const api = await startApi();
    const id = await inspect(api.store);
    await command(api.store, id, { type: "ApproveMachine" });
    await command(api.store, id, {
      type: "DeployMachine",
      run,
      environment: plan.environment,
      image: plan.image,
    });
    const intent = (await api.store.readStream(`machine-${id}`)).at(-1) ?? expect.fail();
    const bootId = chance.id();
    const meta = { actor: `client:${macOf(1)}`, source: "dhcp", $correlationId: run };
    const stream = `boot-${macOf(1)}`;
    const requested = { ...samples.PxeRequested, id: bootId };
    await record(
      api.store,
      { stream, events: [requested], meta: { ...meta, $causationId: intent.id } },
      chance,
    );
    await record(
      api.store,
      { stream, events: [samples.BootFileServed], meta: { ...meta, $causationId: bootId } },
      chance,
    );

    const query = `query ($id: ID, $after: String, $minPosition: EventPosition) {
      machine(id: $id, minPosition: $minPosition) { timeline(first: 3, after: $after) {
        nodes { type mac bootId run { runId boots { bootId mac relation } } detail event { type correlationId } }
        pageInfo { hasNextPage endCursor }
      } } }`;
    const nodes = [];
    let after: string | null = null;
    do {
      const { machine } = await ask(api, query, { id, after });
      nodes.push(...machine.timeline.nodes);
      after = machine.timeline.pageInfo.hasNextPage ? machine.timeline.pageInfo.endCursor : null;
    } while (after);

    expect(nodes.map(({ type, event }) => [type, event.type])).toEqual(
      [
        "Claimed",
        "MachineDiscovered",
        "InventoryReported",
        "MachineApproved",
        "MachineAllocated",
        "BootIntentSet",
        "PxeRequested",
        "BootFileServed",
      ].map((type) => [type, type]),
    );
    const boots = [{ bootId, mac: macOf(1), relation: "INTENT" }];
    expect(nodes.at(-1)).toMatchObject({
      mac: macOf(1),
      bootId,
      run: { runId: run, boots },
      event: { correlationId: run },
    });
    expect(nodes[0]).toMatchObject({ bootId: null, run: null });
  });
});
