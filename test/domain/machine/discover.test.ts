import { describe, expect, test } from "vitest";
import { macClaimStream } from "../../../src/domain/claim/events.ts";
import { discoverMachine } from "../../../src/domain/machine/discover.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { handlersOn, memoryLog, meta, typesOf } from "../../support/recording.ts";
import { busyAt } from "../../support/refusing.ts";
import { mac, machineId, otherMachineId } from "../../support/samples.ts";

const discovery = { newMachineId: machineId, mac, architecture: "x64-uefi" } as const;
const later = { ...discovery, newMachineId: otherMachineId };
const stream = machineStream(machineId);

describe("discovering an interface", () => {
  test("makes a machine of it", async () => {
    const store = memoryLog();
    expect(await discoverMachine(handlersOn(store), discovery, meta)).toMatchObject({
      outcome: "accepted",
      machineId,
      state: { status: "discovered", macs: [mac] },
      revision: 0,
    });
    expect(await typesOf(store, macClaimStream(mac))).toEqual(["Claimed"]);
    expect(await typesOf(store, stream)).toEqual(["MachineDiscovered"]);
  });

  test("once more finds the machine, under whatever new id", async () => {
    const store = memoryLog();
    const handlers = handlersOn(store);
    await discoverMachine(handlers, discovery, meta);
    expect(await discoverMachine(handlers, later, meta)).toMatchObject({ outcome: "accepted", machineId });
    expect(await typesOf(store, machineStream(otherMachineId))).toEqual([]);
  });

  test("by two servers at once makes one machine", async () => {
    const handlers = handlersOn(memoryLog());
    const results = await Promise.all([
      discoverMachine(handlers, discovery, meta),
      discoverMachine(handlers, later, meta),
    ]);
    const ids = results.map((result) => (result.outcome === "accepted" ? result.machineId : "refused"));
    expect(new Set(ids).size).toBe(1);
    expect(ids).not.toContain("refused");
  });

  test("completes the machine that a crash left with nothing but its claim", async () => {
    const store = memoryLog();
    const handlers = handlersOn(store);
    await handlers.handleClaim(macClaimStream(mac), { type: "Claim", machineId }, { meta });

    expect(await discoverMachine(handlers, later, meta)).toMatchObject({ outcome: "accepted", machineId });
    expect(await typesOf(store, stream)).toEqual(["MachineDiscovered"]);
  });

  test("is refused while a retired machine still holds the claim", async () => {
    const handlers = handlersOn(memoryLog());
    await discoverMachine(handlers, discovery, meta);
    await handlers.handleMachine(stream, { type: "RetireMachine" }, { meta });
    expect(await discoverMachine(handlers, later, meta)).toMatchObject({
      outcome: "rejected",
      rejection: { code: "MACHINE_RETIRED" },
    });
  });

  test("is refused when the claim could not be decided", async () => {
    const store = memoryLog();
    const { handleClaim, handleMachine } = handlersOn(store);
    const handlers = { handleClaim: busyAt(["Claim"], handleClaim), handleMachine };
    expect(await discoverMachine(handlers, discovery, meta)).toMatchObject({
      outcome: "rejected",
      rejection: { code: "STREAM_BUSY" },
    });
    expect(await typesOf(store, stream)).toEqual([]);
  });
});
