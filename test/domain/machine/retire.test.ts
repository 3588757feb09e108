import { describe, expect, test } from "vitest";
import { macClaimStream, nameClaimStream } from "../../../src/domain/claim/events.ts";
import { adoptInterfaces } from "../../../src/domain/machine/adopt-interfaces.ts";
import { approveMachine } from "../../../src/domain/machine/approve.ts";
import { discoverMachine } from "../../../src/domain/machine/discover.ts";
import { retireMachine } from "../../../src/domain/machine/retire.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { MachineName } from "../../../src/domain/values/slug.ts";
import { handlersOn, memoryLog, meta, typesOf } from "../../support/recording.ts";
import { busyAt } from "../../support/refusing.ts";
import { inventory, mac, machineId, machineName, otherMachineId, secondMac } from "../../support/samples.ts";

const stream = machineStream(machineId);
const secondName = MachineName.parse("node-2");
const claims = [
  macClaimStream(mac),
  macClaimStream(secondMac),
  nameClaimStream(machineName),
  nameClaimStream(secondName),
];

/** A machine with two interfaces, that had one name and has another. */
async function readyMachine() {
  const store = memoryLog();
  const handlers = handlersOn(store);
  await discoverMachine(handlers, { newMachineId: machineId, mac, architecture: null }, meta);
  await handlers.handleMachine(stream, { type: "ReportInventory", inventory }, { meta });
  await adoptInterfaces(handlers, { machineId, inventory }, meta);
  await approveMachine(handlers, { machineId, name: machineName }, { meta });
  await approveMachine(handlers, { machineId, name: secondName }, { meta });
  const claimTypes = () => Promise.all(claims.map((claim) => typesOf(store, claim)));
  return { store, handlers, claimTypes };
}

describe("retiring a machine", () => {
  test("frees its addresses and every name that it had", async () => {
    const { handlers, claimTypes } = await readyMachine();
    expect(await retireMachine(handlers, machineId, { meta })).toMatchObject({
      outcome: "accepted",
      state: { status: "retired" },
      stillClaimed: [],
    });
    expect(await claimTypes()).toEqual(claims.map(() => ["Claimed", "Released"]));
  });

  test("lets its interface be discovered anew", async () => {
    const { handlers } = await readyMachine();
    await retireMachine(handlers, machineId, { meta });
    const discovery = { newMachineId: otherMachineId, mac, architecture: null };
    expect(await discoverMachine(handlers, discovery, meta)).toMatchObject({ machineId: otherMachineId });
  });

  test("once more leaves alone what belongs to others by now", async () => {
    const { handlers, claimTypes } = await readyMachine();
    await retireMachine(handlers, machineId, { meta });
    await discoverMachine(handlers, { newMachineId: otherMachineId, mac, architecture: null }, meta);
    expect(await retireMachine(handlers, machineId, { meta })).toMatchObject({
      eventIds: [],
      stillClaimed: [],
    });
    expect((await claimTypes())[0]).toEqual(["Claimed", "Released", "Claimed"]);
  });

  test("frees nothing when it is refused", async () => {
    const { handlers, claimTypes } = await readyMachine();
    await handlers.handleMachine(stream, { type: "LockMachine" }, { meta });
    expect(await retireMachine(handlers, machineId, { meta })).toMatchObject({
      outcome: "rejected",
      rejection: { code: "MACHINE_LOCKED" },
      stillClaimed: [],
    });
    expect(await claimTypes()).toEqual(claims.map(() => ["Claimed"]));
  });

  test("frees the interface of a machine that never got a name", async () => {
    const store = memoryLog();
    const handlers = handlersOn(store);
    await discoverMachine(handlers, { newMachineId: machineId, mac, architecture: null }, meta);
    await retireMachine(handlers, machineId, { meta });
    expect(await typesOf(store, macClaimStream(mac))).toEqual(["Claimed", "Released"]);
  });

  test("tells which claims are left, and releases them when asked again", async () => {
    const { handlers, claimTypes } = await readyMachine();
    const handleClaim = busyAt(["Release"], handlers.handleClaim);
    const { stillClaimed } = await retireMachine({ ...handlers, handleClaim }, machineId, { meta });
    expect(stillClaimed).toMatchObject(
      claims.map((claim) => ({ stream: claim, rejection: { code: "STREAM_BUSY" } })),
    );

    expect(await retireMachine(handlers, machineId, { meta })).toMatchObject({ stillClaimed: [] });
    expect(await claimTypes()).toEqual(claims.map(() => ["Claimed", "Released"]));
  });
});
