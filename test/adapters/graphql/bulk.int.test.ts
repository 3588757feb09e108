import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import { overlayOpener } from "../../../src/adapters/event-store/overlay/overlay-store.ts";
import type { AccessRule } from "../../../src/domain/access/rule.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { type MachineId, machineStream } from "../../../src/domain/values/machine-id.ts";
import { typesOf } from "../../support/recording.ts";
import { ask, dropImage, startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";
import { inspect, publish } from "./support/machines.ts";
import { mutate } from "./support/mutate.ts";

const fields =
  "bulkId matched accepted refusedCount refused { machineId code message } plan { eventCount events { type stream } }";

function change(api: TestApi, input: object) {
  return mutate(api, { name: "changeMachines", input, fields });
}

async function fleet(store: EventStore, count: number): Promise<readonly MachineId[]> {
  const ids: MachineId[] = [];
  for (let number = 1; number <= count; number++) ids.push(await inspect(store, number));
  return ids;
}

async function label(api: TestApi, machineId: MachineId, key: string): Promise<void> {
  const answer = await mutate(api, { name: "labelMachine", input: { machineId, set: [{ key }] } });
  expect(answer.userErrors).toEqual([]);
}

describe("changing many machines", () => {
  test("records who is meant before the first is asked, and what came of it after the last", async () => {
    const api = await startApi();
    const machineIds = await fleet(api.store, 3);
    const head = await api.store.head();
    const answer = await change(api, { selector: { machineIds }, action: { lock: true }, reason: "a storm" });
    expect(answer).toMatchObject({ userErrors: [], matched: 3, accepted: 3, refusedCount: 0, refused: [] });
    const { events } = await api.store.readAll({ after: head, limit: 100 });
    expect(events.map(({ type }) => type)).toEqual([
      "BulkRequested",
      "MachineLocked",
      "MachineLocked",
      "MachineLocked",
      "BulkCompleted",
    ]);
    const [first, ...others] = events;
    expect(first).toMatchObject({
      stream: `bulk-${answer.bulkId}`,
      data: { action: "lock", machineIds },
      meta: { reason: "a storm" },
    });
    for (const { meta } of others) expect(meta).toMatchObject({ $causationId: first?.id });
    expect(answer.position).toBe(await api.store.head());
  });

  test("finds them by filter and search, as they are when it is sent", async () => {
    const api = await startApi();
    const [first, second, third] = (await fleet(api.store, 3)) as [MachineId, MachineId, MachineId];
    await label(api, first, "old");
    await label(api, second, "old");
    const lock = { action: { lock: true } };
    const matching = { filter: { label: [{ key: "old" }] }, search: `-id:${second}` };
    expect(await change(api, { selector: { matching }, ...lock })).toMatchObject({ matched: 1, accepted: 1 });
    expect(await typesOf(api.store, machineStream(first))).toContain("MachineLocked");
    expect(await typesOf(api.store, machineStream(third))).not.toContain("MachineLocked");
    expect(await change(api, { selector: { matching: {} }, ...lock })).toMatchObject({ matched: 3 });
  });
});

describe("each machine of a bulk change", () => {
  test("decides for itself, and is told of when it refuses", async () => {
    const api = await startApi();
    const [locked, free] = (await fleet(api.store, 2)) as [MachineId, MachineId];
    await change(api, { selector: { machineIds: [locked] }, action: { lock: true } });
    const unknown = "01920000-0000-7000-8000-00000000dead";
    const machineIds = [locked, free, unknown, free];
    const input = { selector: { machineIds }, action: { retire: true }, idempotencyKey: "retire-all" };
    const answer = await change(api, input);
    expect(answer).toMatchObject({
      userErrors: [],
      matched: 3,
      accepted: 1,
      refusedCount: 2,
      refused: [
        { machineId: locked, code: "MACHINE_LOCKED" },
        { machineId: unknown, code: "MACHINE_UNKNOWN" },
      ],
    });
    const head = await api.store.head();
    expect(await change(api, input)).toMatchObject({
      position: answer.position,
      bulkId: answer.bulkId,
      matched: 3,
      accepted: 1,
      refusedCount: 2,
      refused: [{ code: "MACHINE_LOCKED" }, { code: "MACHINE_UNKNOWN" }],
    });
    expect(await api.store.head()).toBe(head);
  });

  test("can be asked whatever one alone can be asked", async () => {
    const api = await startApi();
    const machineIds = await fleet(api.store, 2);
    await publish(api.store);
    dropImage(api, "disk.img");
    const image = { file: "disk.img", sha256: "0".repeat(64) };
    for (const action of [
      { approve: true },
      { label: { set: [{ key: "rack", value: "r7" }], remove: ["old"] } },
      { params: { set: [{ key: "n", value: [1, 2] }] } },
      { lock: true },
      { unlock: true },
      { deploy: { environment: "image-deploy", image } },
      { quarantine: { message: "smoke" } },
      { approve: true },
      { retire: true },
    ]) {
      const answer = await change(api, { selector: { machineIds }, action });
      expect(answer, JSON.stringify(action)).toMatchObject({ userErrors: [], refused: [], accepted: 2 });
    }
    const { runs } = await ask(
      api,
      "query ($minPosition: EventPosition) { runs(minPosition: $minPosition) { nodes { runId } } }",
    );
    expect(new Set(runs.nodes.map(({ runId }: { runId: string }) => runId)).size).toBe(2);
    const released = await change(api, { selector: { machineIds }, action: { release: true } });
    expect(released).toMatchObject({ accepted: 0, refusedCount: 2 });
  });
});

describe("two bulk changes at once", () => {
  test("are one when they have one key, and else each does what is left for it", async () => {
    const api = await startApi();
    const machineIds = await fleet(api.store, 5);
    const lock = { selector: { machineIds }, action: { lock: true }, idempotencyKey: "one" };
    const [first, second] = await Promise.all([change(api, lock), change(api, lock)]);
    expect(second).toEqual(first);
    const quarantine = { selector: { machineIds }, action: { quarantine: { message: "smoke" } } };
    const [one, other] = await Promise.all([
      change(api, quarantine),
      change(api, { selector: { machineIds }, action: { unlock: true } }),
    ]);
    expect([one.accepted, other.accepted]).toEqual([5, 5]);
    for (const id of machineIds) {
      const types = await typesOf(api.store, machineStream(id));
      expect(types.filter((type) => type === "MachineLocked")).toHaveLength(1);
    }
  });
});

describe("a change of more than ten machines", () => {
  test("is refused until their number is confirmed, which a dry run tells", async () => {
    const api = await startApi();
    await fleet(api.store, 11);
    const head = await api.store.head();
    const asked = { selector: { matching: {} }, action: { lock: true } };
    for (const confirmCount of [undefined, 10, 12]) {
      expect(await change(api, { ...asked, confirmCount })).toMatchObject({
        position: null,
        matched: 11,
        userErrors: [{ code: "CONFIRM_COUNT_MISMATCH", message: expect.stringContaining("11 machines") }],
      });
    }
    const rehearsed = await change(api, { ...asked, dryRun: true });
    expect(rehearsed).toMatchObject({ userErrors: [], matched: 11, accepted: 11, plan: { eventCount: 13 } });
    expect(await api.store.head()).toBe(head);
    expect(await change(api, { ...asked, confirmCount: 11 })).toMatchObject({ userErrors: [], accepted: 11 });
  });
});

describe("what a bulk change is refused for", () => {
  test.each([
    [{ selector: { machineIds: [] }, action: { lock: true } }, "selector.machineIds"],
    [{ selector: { machineIds: ["node-1"] }, action: { lock: true } }, "selector.machineIds.0"],
    [{ selector: { matching: {} }, action: { lock: false } }, "action.lock"],
    [{ selector: { matching: {} }, action: { quarantine: { message: "" } } }, "action.quarantine.message"],
    [{ selector: { matching: {} }, action: { lock: true }, expectedRevision: 1 }, "expectedRevision"],
  ])("%j names the field", async (input, field) => {
    const api = await startApi();
    const head = await api.store.head();
    const answer = await change(api, input);
    expect(answer).toMatchObject({ position: null, userErrors: [{ code: "INPUT_INVALID", field }] });
    expect(await api.store.head()).toBe(head);
  });

  test("a label that selects what somebody may change, which is recorded nowhere", async () => {
    const api = await startApi();
    const [machineId] = (await fleet(api.store, 1)) as [MachineId];
    await label(api, machineId, "mine");
    const rule: AccessRule = { scopes: ["machines:read", "machines:edit"], machines: { mine: "" } };
    const caller = await addCaller(api, "limited", { rules: [rule] });
    const head = await api.store.head();
    const { errors } = await caller.ask(
      "mutation ($input: ChangeMachinesInput!) { changeMachines(input: $input) { matched } }",
      { input: { selector: { machineIds: [machineId] }, action: { label: { remove: ["mine"] } } } },
    );
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect(await api.store.head()).toBe(head);
  });

  test("a parameter that looks like a secret, which is recorded nowhere", async () => {
    const api = await startApi();
    const machineIds = await fleet(api.store, 2);
    const head = await api.store.head();
    const action = { params: { set: [{ key: "root-password", value: "hunter2" }] } };
    expect(await change(api, { selector: { machineIds }, action })).toMatchObject({
      matched: 2,
      userErrors: [{ code: "PARAM_LOOKS_SECRET", field: "action.params.set" }],
    });
    expect(await api.store.head()).toBe(head);
  });

  test("a key that was used more than seven days ago, whatever for", async () => {
    let nowMs = Date.now();
    const clock = () => new Date(nowMs);
    const store = createMemoryEventStore(clock);
    const api = await startApi({ store, clock });
    const machineIds = await fleet(store, 1);
    const input = { selector: { machineIds }, action: { lock: true }, idempotencyKey: "one" };
    expect(await change(api, input)).toMatchObject({ accepted: 1 });
    nowMs += 8 * 24 * 3_600_000;
    expect(await change(api, { ...input, action: { unlock: true } })).toMatchObject({
      accepted: 0,
      userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED" }],
    });
  });

  test("another input under the same key", async () => {
    const api = await startApi();
    const [machineId] = await fleet(api.store, 1);
    const input = { selector: { machineIds: [machineId] }, idempotencyKey: "one" };
    await change(api, { ...input, action: { lock: true } });
    expect(await change(api, { ...input, action: { unlock: true } })).toMatchObject({
      userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED" }],
    });
  });
});

describe("a dry run", () => {
  test("is refused when it would have to remember too much, and makes room for the next", async () => {
    const clock = () => new Date();
    const api = await startApi({ openOverlay: overlayOpener(clock, 8_192).open });
    const machineIds = await fleet(api.store, 3);
    const set = [{ key: "notes", value: "x".repeat(3_000) }];
    const input = { selector: { machineIds }, action: { params: { set } }, dryRun: true };
    for (let time = 1; time <= 2; time++) {
      expect(await change(api, input)).toMatchObject({
        position: null,
        plan: null,
        userErrors: [{ code: "DRY_RUN_TOO_LARGE", remedy: expect.any(String) }],
      });
    }
    const one = { ...input, selector: { machineIds: machineIds.slice(0, 1) } };
    expect(await change(api, one)).toMatchObject({ userErrors: [], accepted: 1 });
  });
});
