import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import type { AccessRule } from "../../../src/domain/access/rule.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { type MachineId, machineStream } from "../../../src/domain/values/machine-id.ts";
import { newId } from "../../../src/ids.ts";
import { allEvents } from "../../support/history.ts";
import { meta, typesOf } from "../../support/recording.ts";
import { ask, dropImage, startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";
import { inspect, publish } from "./support/machines.ts";
import { mutate } from "./support/mutate.ts";

const sent = "mutation ($input: ChangeMachinesInput!) { changeMachines(input: $input) { matched } }";
const fields = "matched accepted refused { machineId }";

async function fleet(store: EventStore, count: number): Promise<readonly MachineId[]> {
  const ids: MachineId[] = [];
  for (let number = 1; number <= count; number++) ids.push(await inspect(store, number));
  return ids;
}

/** An API whose log takes so many appends from `begin` on and then none until `end`. */
async function apiThatFails(count: number) {
  const log = createMemoryEventStore(() => new Date());
  const failing = failingAfter(log, count);
  const api = await startApi({ store: failing.store, expectedFaults: [expect.anything()] });
  const change = (input: object) => mutate(api, { name: "changeMachines", input, fields });
  const finish = (caller: Pick<TestApi, "ask">, input: object) =>
    mutate(caller, { name: "finishBulkChange", input, fields: `bulkId ${fields}` });
  return { log, failing, api, change, finish };
}

const open = "{ openBulkChanges { bulkId } }";

/** The id of the one bulk change that a caller sees, once the views show it. */
async function openBulk(caller: Pick<TestApi, "ask">): Promise<string> {
  const seen = async () => (await caller.ask(open)).data.openBulkChanges as { readonly bulkId: string }[];
  const [only] = await vi.waitFor(
    async () => {
      const found = await seen();
      expect(found).toHaveLength(1);
      return found;
    },
    { timeout: 20_000, interval: 20 },
  );
  return only?.bulkId ?? "";
}

describe("a bulk change that was cut short", () => {
  test("is visible, and finished by sending it again: nothing is done twice", async () => {
    const { log, failing, api, change } = await apiThatFails(4);
    const machineIds = await fleet(log, 6);
    const input = { selector: { machineIds }, action: { lock: true }, idempotencyKey: "once" };
    failing.begin();
    const { errors } = await api.ask(sent, { input });
    expect(errors).toHaveLength(1);
    failing.end();

    const query = `query ($minPosition: EventPosition) {
      openBulkChanges(minPosition: $minPosition) { bulkId action matched actor reason requestedAt } }`;
    const { openBulkChanges } = await ask(api, query);
    expect(openBulkChanges).toMatchObject([{ action: "lock", matched: 6, reason: null }]);

    const answer = await change(input);
    expect(answer).toMatchObject({ userErrors: [], matched: 6, accepted: 6, refused: [] });
    for (const id of machineIds) {
      const types = await typesOf(log, machineStream(id));
      expect(types.filter((type) => type === "MachineLocked")).toHaveLength(1);
    }
    expect((await ask(api, query)).openBulkChanges).toEqual([]);
  });

  test("deploys nothing more while the service is fenced", async () => {
    const { log, failing, api, change } = await apiThatFails(2);
    const machineIds = await fleet(log, 3);
    await publish(log);
    dropImage(api, "disk.img");
    for (const machineId of machineIds) await mutate(api, { name: "approveMachine", input: { machineId } });
    const deploy = { environment: "image-deploy", image: { file: "disk.img", sha256: "0".repeat(64) } };
    const input = { selector: { machineIds }, action: { deploy }, idempotencyKey: "once" };
    failing.begin();
    await api.ask(sent, { input });
    failing.end();
    const found = { evidence: "restore-command", previousIncarnation: "x", message: "a backup" } as const;
    await createCommands(log, newId).handleSystem("system", { type: "RecordRestore", ...found }, { meta });
    const head = await log.head();
    expect(await change(input)).toMatchObject({
      userErrors: [{ code: "SERVICE_FENCED" }],
      matched: 3,
      accepted: 0,
    });
    expect(await log.head()).toBe(head);
  });
});

describe("finishing a bulk change by its id", () => {
  test("does what is left, and tells afterwards how it ended", async () => {
    const { log, failing, api, finish } = await apiThatFails(4);
    const machineIds = await fleet(log, 6);
    failing.begin();
    await api.ask(sent, { input: { selector: { machineIds }, action: { lock: true } } });
    failing.end();
    const bulkId = await openBulk(api);
    const before = await log.head();
    expect(await finish(api, { bulkId, dryRun: true })).toMatchObject({ userErrors: [], accepted: 6 });
    expect(await log.head()).toBe(before);
    const answer = await finish(api, { bulkId });
    expect(answer).toMatchObject({ userErrors: [], bulkId, matched: 6, accepted: 6, refused: [] });
    const events = await allEvents(log);
    const locked = events.filter(({ type }) => type === "MachineLocked");
    expect(locked).toHaveLength(6);
    for (const { meta } of locked) expect(meta.$correlationId).toBe(answer.correlationId);
    const ended = await log.head();
    expect(await finish(api, { bulkId })).toEqual(answer);
    expect(await log.head()).toBe(ended);
  });

  test("happens late as well as early: what a machine did for it is not done again", async () => {
    const { log, failing, api, finish } = await apiThatFails(3);
    const machineIds = await fleet(log, 2);
    failing.begin();
    await api.ask(sent, { input: { selector: { machineIds }, action: { lock: true } } });
    failing.end();
    const [machineId] = machineIds;
    await mutate(api, { name: "unlockMachine", input: { machineId } });
    vi.setSystemTime(Date.now() + 8 * 24 * 3_600_000);
    onTestFinished(() => void vi.useRealTimers());
    expect(await finish(api, { bulkId: await openBulk(api) })).toMatchObject({ accepted: 2 });
    const types = await typesOf(log, machineStream(machineId as MachineId));
    expect(types.slice(-2)).toEqual(["MachineLocked", "MachineUnlocked"]);
  });
});

const poolRules: readonly AccessRule[] = [{ scopes: ["machines:approve"], machines: { pool: "a" } }];

describe("finishing the bulk change of somebody", () => {
  test("is not for whoever neither began it nor may do it everywhere", async () => {
    const { log, failing, api, finish } = await apiThatFails(4);
    const machineIds = await fleet(log, 6);
    failing.begin();
    await api.ask(sent, { input: { selector: { machineIds }, action: { lock: true } } });
    failing.end();
    const bulkId = await openBulk(api);
    const limited = await addCaller(api, "pool-a", { rules: poolRules });
    const operator = await addCaller(api, "somebody", { role: "operator" });
    expect((await limited.ask(open)).data.openBulkChanges).toEqual([]);
    const unknown = [{ code: "BULK_UNKNOWN", field: "bulkId" }];
    expect(await finish(limited, { bulkId })).toMatchObject({ userErrors: unknown });
    expect(await finish(api, { bulkId: newId() })).toMatchObject({ userErrors: unknown, bulkId: null });
    expect(await finish(operator, { bulkId })).toMatchObject({ userErrors: [], accepted: 6 });
    const last = (await log.readStream(`bulk-${bulkId}`)).at(-1);
    expect(last).toMatchObject({ type: "BulkCompleted", meta: { actor: "user:somebody" } });
  });

  test("is for whoever began it, limited to some machines or not", async () => {
    const { log, failing, api, finish } = await apiThatFails(1);
    const [machineId] = await fleet(log, 1);
    await mutate(api, {
      name: "labelMachine",
      input: { machineId, set: [{ key: "pool", value: "a" }] },
    });
    const limited = await addCaller(api, "pool-a", { rules: poolRules });
    failing.begin();
    await limited.ask(sent, { input: { selector: { machineIds: [machineId] }, action: { lock: true } } });
    failing.end();
    const bulkId = await openBulk(limited);
    expect(await finish(limited, { bulkId })).toMatchObject({ userErrors: [], accepted: 1 });
  });
});

/** A log that takes `count` appends from `begin` on and then none until `end`. */
function failingAfter(log: EventStore, count: number) {
  let left = Number.POSITIVE_INFINITY;
  const store: EventStore = {
    ...log,
    async append(stream, batch) {
      if (left-- <= 0) throw new Error("the disk is on fire");
      return log.append(stream, batch);
    },
  };
  return {
    store,
    begin: () => {
      left = count;
    },
    end: () => {
      left = Number.POSITIVE_INFINITY;
    },
  };
}
