import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { macClaimStream } from "../../../src/domain/claim/events.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { retireMachine } from "../../../src/domain/machine/retire.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { histories } from "../../support/machine-history.ts";
import { meta } from "../../support/recording.ts";
import { agentBootId, inventory, mac, machineId, otherRun, samples } from "../../support/samples.ts";
import { bootId, startBootService } from "./boot-service.ts";

let service: Awaited<ReturnType<typeof startBootService>>;
beforeEach(async () => {
  service = await startBootService();
});
afterEach(() => service.stop());

const disk = "booting from the local disk";
const agent = `ironledger.machine=${machineId}`;
const fetchScript = async () => (await service.ask(`/boot/${service.nonce()}/script.ipxe`)).text;
const machineEvents = () => service.types(machineStream(machineId));

/** This history, and a discovery asked for with the environment that is published here. */
async function asked(history: readonly MachineEvent[]): Promise<readonly MachineEvent[]> {
  const environment = (await service.catalogue.forPurpose("discover"))?.version;
  if (!environment) throw new Error("discovery is not published");
  return [...history, { type: "DiscoveryIntentSet", data: { run: otherRun, environment } }];
}

describe("a machine that is to be discovered once more", () => {
  test("gets the agent, whose inventory answers it, and then its disk again", async () => {
    await service.machine(await asked(histories.deployed));
    const text = await fetchScript();
    expect(text).toContain(agent);
    const served = (await service.store.readStream(machineStream(machineId))).at(-1);
    expect(served).toMatchObject({
      type: "DiscoveryIntentServed",
      meta: { $correlationId: otherRun, $causationId: bootId },
    });

    const token = /ironledger.token=(\S+)/.exec(text)?.[1] ?? "";
    const headers = { authorization: `Bearer ${token}` };
    const grown = { ...inventory, memoryBytes: 2 * inventory.memoryBytes };
    const report = { headers, body: { bootId: agentBootId, inventory: grown } };
    const discovery = `/agent/v1/discoveries/${machineId}`;
    await expect(service.ask(`${discovery}/inventory`, report)).resolves.toMatchObject({ status: 200 });
    expect((await machineEvents()).slice(-3)).toEqual([
      "InventoryReported",
      "DiscoveryIntentConsumed",
      "InterfaceAdded",
    ]);
    const task = await service.ask(`${discovery}/task`, { headers });
    expect(JSON.parse(task.text)).toEqual({ action: "reboot" });
    expect(await fetchScript()).toContain(disk);
    await expect(
      service.ask(`${discovery}/inventory`, { ...report, body: { bootId: agentBootId, inventory } }),
    ).resolves.toMatchObject({ status: 404 });
  });

  test("gets the agent three times, and then its disk", async () => {
    await service.machine(await asked(histories.deployed));
    for (let serving = 1; serving <= 3; serving++) expect(await fetchScript()).toContain(agent);
    expect(await fetchScript()).toContain(disk);
    expect((await machineEvents()).at(-1)).toBe("DiscoveryIntentExpired");
    expect(await fetchScript()).toContain(disk);
  });

  test("gets its disk while it is locked, and no serving is used up", async () => {
    await service.machine([...(await asked(histories.deployed)), samples.MachineLocked]);
    expect(await fetchScript()).toContain(disk);
    expect((await machineEvents()).at(-1)).toBe("MachineLocked");
  });

  test("gets its disk behind the fence, and the intent is untouched", async () => {
    await service.machine(await asked(histories.deployed));
    service.state.fenced = true;
    expect(await fetchScript()).toContain(disk);
    expect((await machineEvents()).at(-1)).toBe("DiscoveryIntentSet");
  });

  test("gets its disk when it is retired meanwhile, and claims nothing any more", async () => {
    await service.machine(await asked(histories.deployed));
    service.state.beforeRendering = () => retireMachine(service.handlers, machineId, { meta });
    expect(await fetchScript()).toContain(disk);
    await expect(service.types(macClaimStream(mac))).resolves.toEqual(["Claimed", "Released"]);
  });

  test("gets its disk when the script cannot be rendered, and no serving is used up", async () => {
    await service.machine(await asked(histories.deployed));
    service.state.rendererFails = true;
    expect(await fetchScript()).toContain("sanboot");
    expect((await machineEvents()).at(-1)).toBe("DiscoveryIntentSet");
  });
});

describe("the agent of a machine that is to be discovered once more", () => {
  const { DiscoveryIntentServed, DiscoveryIntentConsumed, MachineLocked } = samples;

  test.each([
    ["boots again when it ran before that was asked for", "ready", [], "reboot"],
    ["waits until its report has arrived", "deployed", [DiscoveryIntentServed], "wait"],
    ["boots again after that", "deployed", [DiscoveryIntentServed, DiscoveryIntentConsumed], "reboot"],
    ["waits when the machine is ready", "ready", [DiscoveryIntentServed, DiscoveryIntentConsumed], "wait"],
    ["waits while the machine is locked", "ready", [MachineLocked], "wait"],
  ] as const)("%s", async (...[, state, then, action]) => {
    await service.machine([...(await asked(histories[state])), ...then]);
    const headers = { authorization: `Bearer ${service.tokens.forDiscovery({ machineId, bootId })}` };
    const { text } = await service.ask(`/agent/v1/discoveries/${machineId}/task`, { headers });
    expect(JSON.parse(text)).toMatchObject({ action });
  });
});

describe("a machine that was registered", () => {
  test("becomes the one that is discovered, whatever is done with unknown ones", async () => {
    service.state.unknownMachines = "local-disk";
    await service.machine(histories.registered);
    expect(await fetchScript()).toContain(agent);
    await expect(machineEvents()).resolves.toEqual(["MachineRegistered", "MachineDiscovered"]);
  });

  test("is not discovered by a boot of its disk, when it was locked since its discovery was asked for", async () => {
    await service.machine([...(await asked(histories.registered)), samples.MachineLocked]);
    expect(await fetchScript()).toContain(disk);
    expect((await machineEvents()).at(-1)).toBe("MachineLocked");
  });

  test("is discovered by the boot that was asked for, also while it is quarantined", async () => {
    await service.machine([...(await asked(histories.registered)), samples.MachineQuarantined]);
    expect(await fetchScript()).toContain(agent);
    expect((await machineEvents()).slice(-2)).toEqual(["DiscoveryIntentServed", "MachineDiscovered"]);
  });

  test("is discovered by the boot that was asked for, which is one of its servings", async () => {
    await service.machine(await asked(histories.registered));
    expect(await fetchScript()).toContain(agent);
    expect((await machineEvents()).slice(-2)).toEqual(["DiscoveryIntentServed", "MachineDiscovered"]);
  });
});
