import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { type MachineId, machineStream } from "../../../src/domain/values/machine-id.ts";
import { newId } from "../../../src/ids.ts";
import { meta, typesOf } from "../../support/recording.ts";
import { ask, dropImage, startApi } from "./support/api.ts";
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
  return { log, failing, api, change };
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
