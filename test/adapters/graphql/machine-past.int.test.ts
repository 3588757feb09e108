import { describe, expect, test } from "vitest";
import { RunId } from "../../../src/domain/values/run-id.ts";
import { agentBootId, plan } from "../../support/samples.ts";
import { ask, startApi } from "./support/api.ts";
import { command, inspect, macOf } from "./support/machines.ts";

const run = RunId.parse(plan.run);

/** A clock that a test moves. */
function steppingClock() {
  let nowMs = Date.UTC(2026, 0, 1);
  return {
    clock: () => new Date(nowMs),
    step: () => {
      nowMs += 60_000;
    },
    now: () => new Date(nowMs).toISOString(),
  };
}

describe("looking at the past", () => {
  test("shows a machine as it was, at a position and at a time", async () => {
    const { clock, step, now } = steppingClock();
    const api = await startApi({ clock });
    const before = now();
    step();
    const id = await inspect(api.store);
    const inspected = { time: now(), position: await api.store.head() };
    step();
    await command(api.store, id, { type: "ApproveMachine" });
    await command(api.store, id, {
      type: "DeployMachine",
      run,
      environment: plan.environment,
      image: plan.image,
    });
    const allocated = { time: now(), position: await api.store.head() };
    step();
    await command(api.store, id, { type: "ReportHello", run, agentBootId });
    await command(api.store, id, { type: "FailRun", run, code: "IMAGE_WRITE_FAILED", message: "no" });

    const at = (moment: object | undefined) =>
      ask(
        api,
        `query ($id: ID, $at: Moment) { machine(id: $id, at: $at) {
          state revision failure { code } run { state failure { code } } runs { nodes { runId state endedAt } }
        } }`,
        { id, at: moment },
      ).then(({ machine }) => machine);

    const wasInspected = { state: "DISCOVERED", revision: 1, failure: null, run: null, runs: { nodes: [] } };
    const wasAllocated = {
      state: "ALLOCATED",
      failure: null,
      run: { state: "ALLOCATED", failure: null },
      runs: { nodes: [{ runId: run, state: "ALLOCATED", endedAt: null }] },
    };
    expect(await at({ time: before })).toBeNull();
    expect(await at({ time: inspected.time })).toEqual(wasInspected);
    expect(await at({ position: inspected.position })).toEqual(wasInspected);
    expect(await at({ time: allocated.time })).toMatchObject(wasAllocated);
    expect(await at({ position: allocated.position })).toMatchObject(wasAllocated);
    for (const moment of [undefined, { time: now() }, { position: await api.store.head() }]) {
      expect(await at(moment)).toMatchObject({
        state: "FAILED",
        failure: { code: "IMAGE_WRITE_FAILED" },
        run: { state: "FAILED", failure: { code: "IMAGE_WRITE_FAILED" } },
      });
    }
  });
});

describe("what is known of now alone", () => {
  test("is null in a look at the past, and runs of the past take conditions all the same", async () => {
    const api = await startApi();
    const id = await inspect(api.store);
    await command(api.store, id, { type: "ApproveMachine" });
    const { environment, image } = plan;
    await command(api.store, id, { type: "DeployMachine", run, environment, image });
    const position = await api.store.head();
    const fields = `addresses seenAt interfaces { nodes { mac source machine { machineId } } }
      failed: runs(filter: { state: { eq: FAILED } }) { totalCount }
      begun: runs(search: "state:allocated", orderBy: { field: REQUESTED_AT }) {
        totalCount nodes { runId } facets(by: [IMAGE]) { values { value count } } }`;
    const { then, now } = await ask(
      api,
      `query ($id: ID, $at: Moment) { then: machine(id: $id, at: $at) { ${fields} } now: machine(id: $id) { ${fields} } }`,
      { id, at: { position } },
    );
    const runs = {
      failed: { totalCount: 0 },
      begun: {
        totalCount: 1,
        nodes: [{ runId: run }],
        facets: [{ values: [{ value: image.file, count: 1 }] }],
      },
    };
    const known = {
      addresses: [],
      interfaces: { nodes: [{ mac: macOf(1), source: "BOOT", machine: { machineId: id } }] },
      ...runs,
    };
    expect(then).toEqual({ seenAt: null, ...known });
    expect(now).toEqual({ seenAt: expect.stringMatching(/:00\.000Z$/), ...known });
  });
});

describe("finding a machine of the past", () => {
  test("goes by interface for who had it then, and by name who was called so then", async () => {
    const api = await startApi();
    const approve =
      'mutation ($id: ID!) { approveMachine(input: { machineId: $id, name: "node-1" }) { position } }';
    const first = await inspect(api.store);
    const unnamed = await api.store.head();
    await api.ask(approve, { id: first });
    const then = await api.store.head();
    await api.ask("mutation ($id: ID!) { retireMachine(input: { machineId: $id }) { position } }", {
      id: first,
    });
    const second = await inspect(api.store);
    await api.ask(approve, { id: second });

    const query = `query ($at: Moment, $minPosition: EventPosition) {
      byMac: machine(mac: "${macOf(1)}", at: $at, minPosition: $minPosition) { machineId }
      byName: machine(name: "node-1", at: $at) { machineId }
    }`;
    const machineOf = (machineId: string) => ({ byMac: { machineId }, byName: { machineId } });
    expect(await ask(api, query, { at: { position: then } })).toEqual(machineOf(first));
    expect(await ask(api, query)).toEqual(machineOf(second));
    expect(await ask(api, query, { at: { position: unnamed } })).toEqual({
      byMac: { machineId: first },
      byName: null,
    });
  });

  test("shows the timeline up to then", async () => {
    const api = await startApi();
    const id = await inspect(api.store);
    const then = await api.store.head();
    await command(api.store, id, { type: "ApproveMachine" });
    const query = `query ($id: ID, $at: Moment, $minPosition: EventPosition) {
      machine(id: $id, at: $at, minPosition: $minPosition) { timeline { nodes { type } pageInfo { hasNextPage } } } }`;
    const typesAt = async (at: object | undefined) => {
      const { machine } = await ask(api, query, { id, at });
      expect(machine.timeline.pageInfo.hasNextPage).toBe(false);
      return machine.timeline.nodes.map(({ type }: { type: string }) => type);
    };
    expect(await typesAt({ position: then })).toEqual(["Claimed", "MachineDiscovered", "InventoryReported"]);
    expect(await typesAt(undefined)).toEqual([
      "Claimed",
      "MachineDiscovered",
      "InventoryReported",
      "MachineApproved",
    ]);
  });

  test.each([
    [{ position: "ffffffffffffffff.000100000000.0000000000000001" }, "POSITION_UNKNOWN"],
    [{ position: "0000000000000000.000100000000.00000000000fffff" }, "POSITION_UNKNOWN"],
  ])("is refused at %j", async (at, code) => {
    const api = await startApi();
    const { errors } = await api.ask('query ($at: Moment) { machine(name: "a", at: $at) { id } }', { at });
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });
});
