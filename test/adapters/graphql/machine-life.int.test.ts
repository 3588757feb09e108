import { describe, expect, test } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import type { AccessRule } from "../../../src/domain/access/rule.ts";
import { systemStream } from "../../../src/domain/system/events.ts";
import { newId } from "../../../src/ids.ts";
import { meta } from "../../support/recording.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";
import { smallFleet } from "./support/fleet.ts";
import { inspect, publish } from "./support/machines.ts";
import { mutate, planFields } from "./support/mutate.ts";

const fields = "machine { name state labels { key value } params failure { message } }";

async function apiWithMachine() {
  const api = await startApi();
  const machineId = await inspect(api.store);
  const send = (name: string, input: object = {}) =>
    mutate(api, { name, input: { machineId, ...input }, fields });
  return { api, machineId, send };
}

describe("what operators say of a machine", () => {
  test("is its name, which no other machine may take", async () => {
    const { api, send } = await apiWithMachine();
    const other = await inspect(api.store, 2);
    expect(await send("renameMachine", { name: "node-1" })).toMatchObject({ machine: { name: "node-1" } });
    expect(await send("renameMachine", { name: "node-2" })).toMatchObject({ machine: { name: "node-2" } });
    for (const name of ["node-1", "node-2"]) {
      const answer = await mutate(api, { name: "renameMachine", input: { machineId: other, name } });
      expect(answer).toMatchObject({ userErrors: [{ code: "NAME_TAKEN", field: "name" }] });
    }
  });

  test("is labels, set and taken away", async () => {
    const { send } = await apiWithMachine();
    const set = [{ key: "rack", value: "r7" }, { key: "lab" }];
    expect(await send("labelMachine", { set })).toMatchObject({
      machine: { labels: expect.arrayContaining([{ key: "rack", value: "r7" }]) },
    });
    expect(await send("labelMachine", { remove: ["rack", "absent"] })).toMatchObject({
      machine: { labels: [{ key: "lab", value: "" }] },
    });
    expect(await send("labelMachine", { remove: ["Rack"] })).toMatchObject({
      userErrors: [{ code: "INPUT_INVALID", field: "remove.0" }],
    });
  });

  test("is parameters, and never a secret", async () => {
    const { send } = await apiWithMachine();
    const ntp = { servers: ["10.0.0.1"], iburst: true };
    expect(await send("setMachineParams", { set: [{ key: "ntp", value: ntp }] })).toMatchObject({
      machine: { params: { ntp } },
    });
    expect(await send("setMachineParams", { set: [{ key: "n", value: { password: "x" } }] })).toMatchObject({
      userErrors: [{ code: "PARAM_LOOKS_SECRET", field: "set" }],
    });
  });

  test("is that nobody can vouch for it, until somebody does", async () => {
    const { send } = await apiWithMachine();
    expect(await send("quarantineMachine", { message: "smoke" })).toMatchObject({
      machine: { state: "QUARANTINED", failure: { message: "smoke" } },
    });
    expect(await send("releaseMachine")).toMatchObject({
      machine: null,
      userErrors: [{ field: "machineId" }],
    });
    expect(await send("approveMachine")).toMatchObject({ machine: { state: "READY", failure: null } });
  });
});

describe("asking for a machine's inventory once more", () => {
  test("takes an environment that is there for it", async () => {
    const { api, send } = await apiWithMachine();
    await publish(api.store, "image-deploy", "deploy");
    await publish(api.store, "discovery", "discover");
    expect(await send("setBootIntent", { environment: "absent" })).toMatchObject({
      userErrors: [{ code: "ENVIRONMENT_UNKNOWN", field: "environment" }],
    });
    expect(await send("setBootIntent", { environment: "image-deploy" })).toMatchObject({
      userErrors: [{ code: "ENVIRONMENT_NOT_DISCOVERY", field: "environment" }],
    });
    const first = await send("setBootIntent", { environment: "discovery", idempotencyKey: "look" });
    expect(first).toMatchObject({ userErrors: [] });
    expect(await send("setBootIntent", { environment: "discovery", idempotencyKey: "look" })).toEqual(first);
    expect(await send("withdrawBootIntent")).toMatchObject({ userErrors: [] });
  });

  test("is refused while the service continues from a copy", async () => {
    const { api, send } = await apiWithMachine();
    await publish(api.store, "discovery", "discover");
    await restore(api);
    expect(await send("setBootIntent", { environment: "discovery" })).toMatchObject({
      machine: null,
      userErrors: [{ code: "SERVICE_FENCED" }],
    });
  });
});

describe("a dry run that is about the service or about access", () => {
  test("lifts no fence", async () => {
    const { api } = await apiWithMachine();
    await restore(api);
    const head = await api.store.head();
    const sent = { name: "startEffectsEpoch", input: { dryRun: true } };
    const answer = await mutate(api, { ...sent, fields: `${planFields} service { fenced }` });
    expect(answer).toMatchObject({
      userErrors: [],
      service: { fenced: true },
      plan: { events: [{ type: "EffectsEpochStarted" }] },
    });
    expect(await api.store.head()).toBe(head);
  });

  test("counts what would happen to machines that the caller does not see, and shows nothing of it", async () => {
    const api = await startApi();
    const { a } = await smallFleet(api);
    await restore(api);
    const rules: readonly AccessRule[] = [{ scopes: ["service:operate"], machines: null }];
    const caller = await addCaller(api, "service-only", { rules });
    const query = `mutation { startEffectsEpoch(input: { dryRun: true }) { ${planFields} } }`;
    const { data, errors } = await caller.ask(query);
    expect(errors).toEqual([]);
    const { plan } = data.startEffectsEpoch;
    expect(plan).toMatchObject({ eventCount: 5, events: [{ type: "EffectsEpochStarted" }] });
    expect(JSON.stringify(plan)).not.toContain(a.id);
    expect((await api.ask(query)).data.startEffectsEpoch.plan.events).toHaveLength(5);
  });

  test("adds nobody and issues no token", async () => {
    const { api } = await apiWithMachine();
    const head = await api.store.head();
    const ada = { name: "ada", kind: "PERSON", dryRun: true };
    expect(await mutate(api, { name: "addPrincipal", input: ada, fields: planFields })).toMatchObject({
      userErrors: [],
      plan: { events: [{ type: "PrincipalAdded", data: { name: "ada" } }] },
    });
    const { data } = await api.ask("{ principals(first: 1) { nodes { id } } }");
    const input = { principalId: data.principals.nodes[0].id, name: "laptop", dryRun: true };
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const issued = { name: "issueToken", input: { ...input, expiresAt }, fields: `secret ${planFields}` };
    expect(await mutate(api, issued)).toMatchObject({
      userErrors: [],
      secret: null,
      plan: { eventCount: 1 },
    });
    expect(await api.store.head()).toBe(head);
  });
});

async function restore({ store }: TestApi): Promise<void> {
  const { handleSystem } = createCommands(store, newId);
  const found = { evidence: "restore-command", previousIncarnation: "x", message: "from a backup" } as const;
  await handleSystem(systemStream, { type: "RecordRestore", ...found }, { meta });
}
