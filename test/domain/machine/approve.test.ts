import { describe, expect, test } from "vitest";
import { nameClaimStream } from "../../../src/domain/claim/events.ts";
import { approveMachine } from "../../../src/domain/machine/approve.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { MachineName } from "../../../src/domain/values/slug.ts";
import { histories, recordMachine } from "../../support/machine-history.ts";
import { handlersOn, memoryLog, meta, typesOf } from "../../support/recording.ts";
import { busyAt } from "../../support/refusing.ts";
import { inventory, machineId, machineName, nowMs, otherMachineId } from "../../support/samples.ts";

const approval = { machineId, name: machineName };
const stream = machineStream(machineId);
const nameStream = nameClaimStream(machineName);

async function machine(history: (typeof histories)[keyof typeof histories]) {
  const store = memoryLog();
  await recordMachine(store, history);
  return { store, handlers: handlersOn(store) };
}

describe("approving a machine without a name", () => {
  test("claims nothing", async () => {
    const { store, handlers } = await machine(histories.inspected);
    expect(await approveMachine(handlers, { machineId }, { meta })).toMatchObject({
      outcome: "accepted",
      state: { status: "ready", name: undefined },
    });
    expect(await typesOf(store, nameStream)).toEqual([]);
  });
});

describe("approving a machine under a name", () => {
  test("claims the name for it", async () => {
    const { store, handlers } = await machine(histories.inspected);
    expect(await approveMachine(handlers, approval, { meta })).toMatchObject({
      outcome: "accepted",
      state: { status: "ready", name: machineName },
    });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed"]);
  });

  test("is refused when another machine has the name, and changes nothing", async () => {
    const { store, handlers } = await machine(histories.inspected);
    await handlers.handleClaim(nameStream, { type: "Claim", machineId: otherMachineId }, { meta });
    const head = await store.head();
    const refused = await approveMachine(handlers, approval, { meta });
    expect(refused).toMatchObject({ outcome: "rejected", rejection: { code: "NAME_TAKEN" } });
    expect(refused).toMatchObject({ rejection: { message: expect.stringContaining("node-1") } });
    expect(await store.head()).toBe(head);
  });

  test("gives the name back when the machine cannot be approved", async () => {
    const { store, handlers } = await machine(histories.discovered);
    expect(await approveMachine(handlers, approval, { meta })).toMatchObject({
      rejection: { code: "INVENTORY_MISSING" },
    });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed", "Released"]);
  });

  test("keeps the name that the machine has when it cannot be approved once more", async () => {
    const { store, handlers } = await machine(histories.inspected);
    await approveMachine(handlers, approval, { meta });
    const stale = { meta, expectedRevision: 0 };
    expect(await approveMachine(handlers, approval, stale)).toMatchObject({
      rejection: { code: "REVISION_MISMATCH" },
    });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed"]);
  });

  test("keeps an earlier name claimed, so that it comes to mean no other machine", async () => {
    const { store, handlers } = await machine(histories.inspected);
    await approveMachine(handlers, approval, { meta });
    const name = MachineName.parse("node-2");
    await approveMachine(handlers, { machineId, name }, { meta });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed"]);
    expect(await typesOf(store, nameClaimStream(name))).toEqual(["Claimed"]);
  });

  test("is refused when the claim could not be decided", async () => {
    const { store, handlers } = await machine(histories.inspected);
    const handleClaim = busyAt(["Claim"], handlers.handleClaim);
    expect(await approveMachine({ ...handlers, handleClaim }, approval, { meta })).toMatchObject({
      rejection: { code: "STREAM_BUSY" },
    });
    expect(await typesOf(store, stream)).not.toContain("MachineApproved");
  });
});

describe("an approval with an idempotency key", () => {
  test("that was refused is decided afresh under the same idempotency key, with a claim of its own", async () => {
    const { store, handlers } = await machine(histories.discovered);
    const context = { meta, repeatable: { nowMs } };
    await approveMachine(handlers, approval, context);
    await handlers.handleMachine(
      stream,
      { type: "ReportInventory", inventory },
      { meta: { ...meta, $causationId: "the agent's report" } },
    );
    expect(await approveMachine(handlers, approval, context)).toMatchObject({ outcome: "accepted" });
    expect(await typesOf(store, nameStream)).toEqual(["Claimed", "Released", "Claimed"]);
  });

  test("sent again under one idempotency key answers as the first time", async () => {
    const { store, handlers } = await machine(histories.inspected);
    const context = { meta, repeatable: { nowMs } };
    const first = await approveMachine(handlers, approval, context);
    const head = await store.head();
    const second = await approveMachine(handlers, approval, context);
    expect(second).toEqual(first);
    expect(await store.head()).toBe(head);
  });
});
