import { describe, expect, test } from "vitest";
import { nameClaimStream } from "../../../src/domain/claim/events.ts";
import { renameMachine } from "../../../src/domain/machine/rename.ts";
import { retireMachine } from "../../../src/domain/machine/retire.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { MachineName } from "../../../src/domain/values/slug.ts";
import { histories, recordMachine } from "../../support/machine-history.ts";
import { handlersOn, memoryLog, meta, typesOf } from "../../support/recording.ts";
import { busyAt } from "../../support/refusing.ts";
import { machineId, machineName, nowMs, otherMachineId } from "../../support/samples.ts";

const renaming = { machineId, name: machineName };
const nameStream = nameClaimStream(machineName);

async function machine(history: (typeof histories)[keyof typeof histories]) {
  const store = memoryLog();
  await recordMachine(store, history);
  return { store, handlers: handlersOn(store) };
}

describe("renaming a machine", () => {
  test("claims the name for it, and keeps the one that it had", async () => {
    const { store, handlers } = await machine(histories.deployed);
    await renameMachine(handlers, renaming, { meta });
    const name = MachineName.parse("node-2");
    expect(await renameMachine(handlers, { machineId, name }, { meta })).toMatchObject({
      outcome: "accepted",
      state: { status: "deployed", name, formerNames: [machineName] },
    });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed"]);
  });

  test("is refused when another machine has the name, and changes nothing", async () => {
    const { store, handlers } = await machine(histories.ready);
    await handlers.handleClaim(nameStream, { type: "Claim", machineId: otherMachineId }, { meta });
    const head = await store.head();
    expect(await renameMachine(handlers, renaming, { meta })).toMatchObject({
      outcome: "rejected",
      rejection: { code: "NAME_TAKEN", message: expect.not.stringContaining(otherMachineId) },
    });
    expect(await store.head()).toBe(head);
  });

  test("keeps the name that another request gave the machine meanwhile", async () => {
    const { store, handlers } = await machine(histories.ready);
    const other = { meta: { ...meta, $causationId: "another request" } };
    const handleMachine: typeof handlers.handleMachine = async (...given) => {
      await renameMachine(handlers, renaming, other);
      return handlers.handleMachine(...given);
    };
    const stale = { meta, expectedRevision: histories.ready.length - 1 };
    expect(await renameMachine({ ...handlers, handleMachine }, renaming, stale)).toMatchObject({
      rejection: { code: "REVISION_MISMATCH" },
    });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed"]);
  });

  test("sent again after the machine was retired claims nothing for it", async () => {
    const { store, handlers } = await machine(histories.ready);
    const repeatable = { meta, repeatable: { nowMs } };
    await renameMachine(handlers, renaming, repeatable);
    await retireMachine(handlers, machineId, { meta: { ...meta, $causationId: "another request" } });
    expect(await renameMachine(handlers, renaming, repeatable)).toMatchObject({ outcome: "accepted" });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed", "Released", "Claimed", "Released"]);
  });

  test("gives the name back when the machine's stream keeps changing", async () => {
    const { store, handlers } = await machine(histories.ready);
    const handleMachine = busyAt(["RenameMachine"], handlers.handleMachine);
    await renameMachine({ ...handlers, handleMachine }, renaming, { meta });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed", "Released"]);
  });

  test("gives the name back when the machine is retired", async () => {
    const { store, handlers } = await machine(histories.retired);
    expect(await renameMachine(handlers, renaming, { meta })).toMatchObject({
      rejection: { code: "MACHINE_RETIRED" },
    });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed", "Released"]);
    expect(await typesOf(store, machineStream(machineId))).not.toContain("MachineRenamed");
  });
});
