import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { discoveryTokenLifeSeconds } from "../../../src/boot/http/agent-tokens.ts";
import { bootStream } from "../../../src/domain/boot/events.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { histories } from "../../support/machine-history.ts";
import {
  agentBootId,
  inventory,
  mac,
  machineId,
  otherMachineId,
  otherRun,
  run,
} from "../../support/samples.ts";
import { bootId, startBootService } from "./boot-service.ts";

let service: Awaited<ReturnType<typeof startBootService>>;
beforeEach(async () => {
  service = await startBootService();
});
afterEach(() => service.stop());

const uniform = { status: 404, text: '{"error":"not found"}' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const machineTypes = () => service.types(machineStream(machineId));

const discoveryToken = () => service.tokens.forDiscovery({ machineId, bootId });
const inventoryPath = `/agent/v1/discoveries/${machineId}/inventory`;
const taskPath = `/agent/v1/discoveries/${machineId}/task`;
const runPath = (endpoint: string, of = run) => `/agent/v1/runs/${of}/${endpoint}`;

describe("a discovery agent", () => {
  test("reports the machine's inventory, which claims its other interfaces", async () => {
    await service.machine(histories.discovered);
    const report = { headers: bearer(discoveryToken()), body: { bootId: agentBootId, inventory } };
    await expect(service.ask(inventoryPath, report)).resolves.toMatchObject({
      status: 200,
      text: '{"status":"recorded"}',
    });
    await service.ask(inventoryPath, report);
    const recorded = await service.store.readStream(machineStream(machineId));
    const reported = recorded.filter(({ type }) => type === "InventoryReported");
    expect(reported).toHaveLength(1);
    expect(reported[0]?.meta).toEqual({
      actor: `machine:${machineId}`,
      source: "agent",
      $correlationId: bootId,
      $causationId: bootId,
      sourceAddress: "127.0.0.1",
    });
    for (const own of inventory.interfaces) {
      await expect(service.types(`mac-${own.mac}`)).resolves.toEqual(["Claimed"]);
    }
  });

  test.each([
    ["discovered", { action: "wait", seconds: 5 }],
    ["ready", { action: "wait", seconds: 5 }],
    ["allocated", { action: "reboot" }],
    ["deployed", { action: "reboot" }],
    ["retired", { action: "reboot" }],
  ] as const)("of a machine that is %s is told what to do", async (state, task) => {
    await service.machine(histories[state]);
    const { status, text } = await service.ask(taskPath, { headers: bearer(discoveryToken()) });
    expect({ status, task: JSON.parse(text) }).toEqual({ status: 200, task });
  });

  test("is told which field of its report is wrong, and nothing is recorded", async () => {
    await service.machine(histories.discovered);
    const wrong = { ...inventory, memoryBytes: -1 };
    const body = { bootId: agentBootId, inventory: wrong };
    const { status, text } = await service.ask(inventoryPath, { headers: bearer(discoveryToken()), body });
    expect(status).toBe(400);
    expect(JSON.parse(text).message).toContain("inventory.memoryBytes: ");
    await expect(machineTypes()).resolves.toEqual(["MachineDiscovered"]);
  });

  test.each([
    ["not JSON", "{", 400],
    ["nothing", "", 400],
    ["too large", `"${"x".repeat(300_000)}"`, 413],
  ])("is refused a body that is %s", async (_, body, status) => {
    await service.machine(histories.discovered);
    const answer = await service.ask(inventoryPath, { headers: bearer(discoveryToken()), body });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain("node_modules");
  });

  test("is waited for behind the fence", async () => {
    await service.machine(histories.allocated);
    service.state.fenced = true;
    const { text } = await service.ask(taskPath, { headers: bearer(discoveryToken()) });
    expect(JSON.parse(text)).toEqual({ action: "wait", seconds: 5 });
  });
});

describe("a report of a discovery agent", () => {
  test("is told which field has text that no log can hold", async () => {
    await service.machine(histories.discovered);
    const wrong = { ...inventory, cpu: { count: 1, model: "\ud800" } };
    const body = { bootId: agentBootId, inventory: wrong };
    const { status, text } = await service.ask(inventoryPath, { headers: bearer(discoveryToken()), body });
    expect(status).toBe(400);
    expect(JSON.parse(text).message).toContain("inventory.cpu.model: has half of a surrogate pair");
    await expect(machineTypes()).resolves.toEqual(["MachineDiscovered"]);
  });
});

describe("a token that is not good", () => {
  // The boot listener knows nothing of those who may use the API.
  const apiToken = `ilt_${"A".repeat(43)}`;
  const body = { bootId: agentBootId, inventory };

  test("of discovery is answered like a machine that nobody knows, and changes nothing", async () => {
    await service.machine(histories.discovered);
    const foreign = service.tokens.forDiscovery({ machineId: otherMachineId, bootId });
    const expiring = discoveryToken();
    const ofRun = service.tokens.forRun(run, "hello");
    for (const token of ["", "-1", "x".repeat(64), apiToken, foreign, ofRun]) {
      await expect(service.ask(inventoryPath, { headers: bearer(token), body })).resolves.toMatchObject(
        uniform,
      );
      await expect(service.ask(taskPath, { headers: bearer(token) })).resolves.toMatchObject(uniform);
    }
    await expect(service.ask(inventoryPath, { body: "not even JSON" })).resolves.toMatchObject(uniform);
    service.state.nowMs += discoveryTokenLifeSeconds * 1000;
    await expect(service.ask(inventoryPath, { headers: bearer(expiring), body })).resolves.toMatchObject(
      uniform,
    );
    const nowhere = inventoryPath.replace(machineId, "nobody");
    await expect(service.ask(nowhere, { headers: bearer(expiring), body })).resolves.toMatchObject(uniform);
    await expect(machineTypes()).resolves.toEqual(["MachineDiscovered"]);
    await expect(service.types(bootStream(mac))).resolves.toEqual([]);
  });

  test("of a run is answered like a run that nobody knows, and changes nothing", async () => {
    await service.machine(histories.allocated);
    service.state.machineOfRun.set(run, machineId);
    const before = await machineTypes();
    const hello = { agentBootId };
    const wrong = [
      "",
      "null",
      apiToken,
      service.tokens.forRun(run, "report"),
      service.tokens.forRun(otherRun, "hello"),
      service.tokens.forRun(run, "hello").slice(1),
    ];
    for (const token of wrong) {
      await expect(
        service.ask(runPath("hello"), { headers: bearer(token), body: hello }),
      ).resolves.toMatchObject(uniform);
    }
    await expect(
      service.ask(runPath("hello", otherRun), {
        headers: bearer(service.tokens.forRun(run, "hello")),
        body: hello,
      }),
    ).resolves.toMatchObject(uniform);
    await expect(
      service.ask(runPath("image"), { headers: bearer(service.tokens.forRun(run, "hello")) }),
    ).resolves.toMatchObject(uniform);
    await expect(machineTypes()).resolves.toEqual(before);
    await expect(service.types(bootStream(mac))).resolves.toEqual([]);
  });
});
