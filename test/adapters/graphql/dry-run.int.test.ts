import { describe, expect, test } from "vitest";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { dropImage, startApi, type TestApi } from "./support/api.ts";
import { inspect, macOf, publish } from "./support/machines.ts";
import { mutate, planFields } from "./support/mutate.ts";

/** Rehearses a mutation, then sends it; the log must not move by the first and must do as told by the second. */
async function rehearseAndSend(api: TestApi, name: string, input: object) {
  const head = await api.store.head();
  const rehearsed = await mutate(api, { name, input: { ...input, dryRun: true }, fields: planFields });
  expect(await api.store.head()).toBe(head);
  expect(rehearsed).toMatchObject({ userErrors: [], position: null });

  const sent = await mutate(api, { name, input, fields: planFields });
  expect(sent).toMatchObject({ userErrors: [], plan: null });
  const page = await api.store.readAll({ after: head, limit: 1_000 });
  const appended = page.events.map(({ stream, revision, type, data }) => ({ stream, revision, type, data }));
  expect(rehearsed.plan.events).toEqual(appended);
  expect(rehearsed.plan.eventCount).toBe(appended.length);
  return rehearsed.plan;
}

describe("what a dry run tells", () => {
  test("is the events that the mutation then appends, and what they change", async () => {
    const api = await startApi();
    const machineId = await inspect(api.store);
    const plan = await rehearseAndSend(api, "approveMachine", { machineId, name: "node-1" });
    expect(plan.events.map(({ type }: { type: string }) => type)).toEqual([
      "Claimed",
      "MachineRenamed",
      "MachineApproved",
    ]);
    expect(plan.changes).toEqual([
      { subject: `machine/${machineId}`, path: "name", before: null, after: "node-1" },
      { subject: `machine/${machineId}`, path: "state", before: "discovered", after: "ready" },
    ]);
    expect(plan.diff).toContain(`--- machine/${machineId}\n+++ machine/${machineId}\n@@ `);
    expect(plan.diff).toContain("-state: discovered\n+state: ready\n");
  });

  test("is right for every mutation of a machine's life", async () => {
    const api = await startApi();
    const machineId = await inspect(api.store);
    await publish(api.store);
    await publish(api.store, "discovery", "discover");
    dropImage(api, "disk.img");
    const set = [{ key: "rack", value: "r7" }];
    const image = { file: "disk.img", sha256: "0".repeat(64) };
    for (const [name, input] of [
      ["renameMachine", { name: "node-1" }],
      ["labelMachine", { set, remove: ["lab"] }],
      ["setMachineParams", { set: [{ key: "ntp", value: { servers: ["10.0.0.1"], iburst: true } }] }],
      ["lockMachine", {}],
      ["unlockMachine", {}],
      ["approveMachine", {}],
      ["setBootIntent", { environment: "discovery", idempotencyKey: "look" }],
      ["withdrawBootIntent", {}],
      ["deployMachine", { environment: "image-deploy", image, idempotencyKey: "deploy" }],
      ["withdrawBootIntent", {}],
      ["setMachineDhcpOptions", { options: [{ option: "ntp-servers", value: "10.0.0.1" }] }],
      ["quarantineMachine", { message: "it smells of smoke" }],
      ["retireMachine", {}],
    ] as const) {
      await rehearseAndSend(api, name, { machineId, ...input });
    }
  });

  test("is right for subnets and addresses", async () => {
    const api = await startApi();
    const subnet = { name: "rack-1", cidr: "10.0.0.0/24", routers: ["10.0.0.1"] };
    const defined = await rehearseAndSend(api, "defineSubnet", subnet);
    expect(defined.diff).toContain("--- /dev/null\n+++ subnet/rack-1\n");
    const changed = await rehearseAndSend(api, "changeSubnet", { ...subnet, leaseSeconds: 600 });
    expect(changed.changes).toEqual([
      { subject: "subnet/rack-1", path: "leaseSeconds", before: 86400, after: 600 },
    ]);
    const reserved = await rehearseAndSend(api, "reserveAddress", {
      address: "10.0.0.9",
      for: { mac: macOf(1) },
    });
    expect(reserved.changes).toContainEqual({
      subject: "address/10.0.0.9",
      path: "reservedFor",
      before: null,
      after: macOf(1),
    });
    await rehearseAndSend(api, "removeReservation", { address: "10.0.0.9" });
    await rehearseAndSend(api, "retireSubnet", { name: "rack-1" });
  });
});

test("what a dry run tells is right for client classes", async () => {
  const api = await startApi();
  const phones = { name: "phones", match: { macPrefixes: ["00:04:f2"] } };
  const classDefined = await rehearseAndSend(api, "defineClientClass", phones);
  expect(classDefined.diff).toContain("--- /dev/null\n+++ class/phones\n");
  await rehearseAndSend(api, "changeClientClass", { ...phones, priority: 7 });
  await rehearseAndSend(api, "retireClientClass", { name: "phones" });
});

describe("a dry run", () => {
  test("shows the object as it is now", async () => {
    const api = await startApi();
    const machineId = await inspect(api.store);
    const answer = await mutate(api, {
      name: "lockMachine",
      input: { machineId, dryRun: true },
      fields: "plan { changes { path after } } machine { locked }",
    });
    expect(answer).toMatchObject({
      plan: { changes: [{ path: "locked", after: true }] },
      machine: { locked: false },
    });
  });

  test("has no plan when the mutation would be refused, and says why", async () => {
    const api = await startApi();
    const answer = await mutate(api, {
      name: "lockMachine",
      input: { machineId: "nobody", dryRun: true },
      fields: planFields,
    });
    expect(answer).toMatchObject({
      plan: null,
      userErrors: [{ code: "INPUT_INVALID", field: "machineId" }],
    });
  });

  test("uses no idempotency key up, and knows one that was used", async () => {
    const api = await startApi();
    const machineId = await inspect(api.store);
    const input = { machineId, idempotencyKey: "lock-1" };
    await rehearseAndSend(api, "lockMachine", input);
    const after = await mutate(api, {
      name: "lockMachine",
      input: { ...input, dryRun: true },
      fields: planFields,
    });
    expect(after).toMatchObject({ userErrors: [], plan: { eventCount: 0, changes: [], diff: "" } });
    const other = await mutate(api, {
      name: "lockMachine",
      input: { ...input, reason: "another", dryRun: true },
      fields: planFields,
    });
    expect(other).toMatchObject({ userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED" }], plan: null });
    expect(await api.store.readStream(machineStream(machineId))).toHaveLength(3);
  });

  test("tells nothing of a view that would be built again, and builds none", async () => {
    const api = await startApi();
    const answer = await mutate(api, {
      name: "rebuildView",
      input: { view: "machines", dryRun: true },
      fields: planFields,
    });
    expect(answer).toMatchObject({ userErrors: [], position: null, plan: { eventCount: 0 } });
    const { data } = await api.ask("{ service { views { name generation } } }");
    expect(data.service.views).toContainEqual({ name: "machines", generation: 1 });
    expect(
      await mutate(api, {
        name: "rebuildView",
        input: { view: "nonsense", dryRun: true },
        fields: planFields,
      }),
    ).toMatchObject({
      userErrors: [{ code: "VIEW_UNKNOWN" }],
      plan: null,
    });
  });
});
