import { describe, expect, test } from "vitest";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { typesOf } from "../../support/recording.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { discover, inspect, macOf } from "./support/machines.ts";

async function mutate(api: TestApi, name: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await api.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) {
      userErrors { code message field remedy } position correlationId machine { machineId name state locked revision }
    } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data[name];
}

describe("approving a machine", () => {
  test("makes it ready under its name, and shows it", async () => {
    const api = await startApi();
    const machineId = await inspect(api.store);
    const answer = await mutate(api, "approveMachine", { machineId, name: "node-1" });
    expect(answer).toMatchObject({ userErrors: [], machine: { machineId, name: "node-1", state: "READY" } });
    expect(await typesOf(api.store, machineStream(machineId))).toEqual([
      "MachineDiscovered",
      "InventoryReported",
      "MachineRenamed",
      "MachineApproved",
    ]);
  });

  test("takes the opaque id as well as the bare one", async () => {
    const api = await startApi();
    const machineId = await inspect(api.store);
    const { data } = await api.ask(`{ machine(mac: "${macOf(1)}") { id } }`);
    const answer = await mutate(api, "approveMachine", { machineId: data.machine.id });
    expect(answer).toMatchObject({ userErrors: [], machine: { machineId } });
  });

  test("is refused without an inventory", async () => {
    const api = await startApi();
    const machineId = await discover(api.store);
    const answer = await mutate(api, "approveMachine", { machineId });
    expect(answer).toMatchObject({
      position: null,
      machine: null,
      userErrors: [{ code: "INVENTORY_MISSING" }],
    });
  });

  test("is refused under a name that another machine has", async () => {
    const api = await startApi();
    const [first, second] = [await inspect(api.store, 1), await inspect(api.store, 2)];
    await mutate(api, "approveMachine", { machineId: first, name: "node-1" });
    const answer = await mutate(api, "approveMachine", { machineId: second, name: "node-1" });
    expect(answer).toMatchObject({ machine: null, userErrors: [{ code: "NAME_TAKEN", field: "name" }] });
    expect(await typesOf(api.store, machineStream(second))).not.toContain("MachineApproved");
  });

  test("is refused for an id of no machine, or of no form at all", async () => {
    const api = await startApi();
    const unknown = "01920000-0000-7000-8000-00000000dead";
    expect(await mutate(api, "approveMachine", { machineId: unknown })).toMatchObject({
      userErrors: [{ code: "MACHINE_UNKNOWN", field: "machineId" }],
    });
    expect(await mutate(api, "approveMachine", { machineId: "node-1", name: "Node 1" })).toMatchObject({
      userErrors: [
        { code: "INPUT_INVALID", field: "machineId" },
        { code: "INPUT_INVALID", field: "name" },
      ],
    });
    expect(await mutate(api, "approveMachine", { machineId: "node-1" })).toMatchObject({
      userErrors: [{ code: "INPUT_INVALID", field: "machineId" }],
    });
  });

  test("has the effect of one when it is sent again with its key", async () => {
    const api = await startApi();
    const machineId = await inspect(api.store);
    const input = { machineId, name: "node-1", idempotencyKey: "approve-1", expectedRevision: 1 };
    const first = await mutate(api, "approveMachine", input);
    const second = await mutate(api, "approveMachine", input);
    expect(second).toEqual(first);
    expect(await api.store.readStream(machineStream(machineId))).toHaveLength(4);
  });
});

describe("locking a machine", () => {
  test("refuses to retire it until it is unlocked", async () => {
    const api = await startApi();
    const machineId = await inspect(api.store);
    expect(await mutate(api, "lockMachine", { machineId })).toMatchObject({ machine: { locked: true } });
    expect(await mutate(api, "retireMachine", { machineId })).toMatchObject({
      userErrors: [{ code: "MACHINE_LOCKED", remedy: "unlockMachine" }],
    });
    expect(await mutate(api, "unlockMachine", { machineId })).toMatchObject({ machine: { locked: false } });
    expect(await mutate(api, "retireMachine", { machineId })).toMatchObject({
      machine: { state: "RETIRED" },
    });
  });

  test("is refused on another revision than was expected", async () => {
    const api = await startApi();
    const machineId = await inspect(api.store);
    expect(await mutate(api, "lockMachine", { machineId, expectedRevision: 0 })).toMatchObject({
      position: null,
      userErrors: [{ code: "REVISION_MISMATCH" }],
    });
    expect(await mutate(api, "lockMachine", { machineId, expectedRevision: 1 })).toMatchObject({
      userErrors: [],
      machine: { revision: 2 },
    });
  });
});

describe("retiring a machine", () => {
  test("frees its name and its interface for others", async () => {
    const api = await startApi();
    const retired = await inspect(api.store, 1);
    await mutate(api, "approveMachine", { machineId: retired, name: "node-1" });
    await mutate(api, "retireMachine", { machineId: retired });
    const successor = await inspect(api.store, 1);
    expect(successor).not.toBe(retired);
    const answer = await mutate(api, "approveMachine", { machineId: successor, name: "node-1" });
    expect(answer).toMatchObject({ userErrors: [], machine: { machineId: successor, name: "node-1" } });
  });
});
