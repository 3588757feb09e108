import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { typesOf } from "../../support/recording.ts";
import { ask, dropImage, startApi, type TestApi } from "./support/api.ts";
import { inspect, publish } from "./support/machines.ts";
import { mutate } from "./support/mutate.ts";

const fields = "machine { state } run { runId }";
const image = { file: "disk.img", sha256: "0".repeat(64) };

/**
 * Abuse case 16: two operators deploy one machine at once, or one request comes twice. This is a machine that they
 * are about to deploy: both have read it, and neither has written yet.
 */
async function contested() {
  const store = slowStart(createMemoryEventStore(() => new Date()));
  const api = await startApi({ store });
  const machineId = await inspect(store);
  await publish(store);
  dropImage(api, image.file);
  await mutate(api, { name: "approveMachine", input: { machineId } });
  return { api, machineId, race: store.race };
}

/** Appends to machines wait, once a race is on, until so many have come: whoever decides first is not first to know. */
function slowStart(log: EventStore) {
  let missing = 0;
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const store: EventStore = {
    ...log,
    async append(stream, batch) {
      if (missing > 0 && stream.startsWith("machine-")) {
        if (--missing === 0) gate.resolve();
        await gate.promise;
      }
      return log.append(stream, batch);
    },
  };
  return {
    ...store,
    race(runners: number) {
      missing = runners;
      gate = Promise.withResolvers<void>();
    },
  };
}

function deploy(api: TestApi, input: object) {
  return mutate(api, {
    name: "deployMachine",
    input: { environment: "image-deploy", image, ...input },
    fields,
  });
}

async function runsOf(api: TestApi) {
  const query = `query ($minPosition: EventPosition) {
    runs(minPosition: $minPosition) { nodes { runId } } }`;
  return (await ask(api, query)).runs.nodes;
}

describe("two operators who deploy one machine at once", () => {
  test("get one run: the other is told which run has the machine", async () => {
    const { api, machineId, race } = await contested();
    race(2);
    const answers = await Promise.all([
      deploy(api, { machineId, idempotencyKey: "ada" }),
      deploy(api, { machineId, idempotencyKey: "grace" }),
    ]);
    const won = answers.find(({ userErrors }) => userErrors.length === 0);
    const lost = answers.find(({ userErrors }) => userErrors.length > 0);
    expect(won).toMatchObject({ machine: { state: "ALLOCATED" }, run: { runId: won.correlationId } });
    expect(lost).toMatchObject({
      position: null,
      run: null,
      userErrors: [
        { code: "MACHINE_BUSY", field: "machineId", message: expect.stringContaining(won.run.runId) },
      ],
    });
    expect(await runsOf(api)).toEqual([{ runId: won.run.runId }]);
    const types = await typesOf(api.store, machineStream(machineId));
    expect(types.filter((type) => type === "BootIntentSet")).toHaveLength(1);
  });

  test("who both look first get one run: the other is told that the machine changed", async () => {
    const { api, machineId, race } = await contested();
    const { machine } = await ask(api, `{ machine(id: "${machineId}") { revision } }`);
    const expectedRevision = machine.revision;
    race(2);
    const answers = await Promise.all([
      deploy(api, { machineId, expectedRevision, idempotencyKey: "ada" }),
      deploy(api, { machineId, expectedRevision, idempotencyKey: "grace" }),
    ]);
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code));
    expect(codes).toEqual(["REVISION_MISMATCH"]);
    expect(await runsOf(api)).toHaveLength(1);
  });
});

describe("one request that is sent twice at once", () => {
  test("gets one run, and both get its answer", async () => {
    const { api, machineId, race } = await contested();
    race(2);
    const input = { machineId, idempotencyKey: "ada" };
    const [first, second] = await Promise.all([deploy(api, input), deploy(api, input)]);
    expect(first.userErrors).toEqual([]);
    expect(second).toEqual(first);
    expect(await runsOf(api)).toEqual([{ runId: first.run.runId }]);
  });

  test("and once more with another disk gets no second run, and is told that the key is used", async () => {
    const { api, machineId } = await contested();
    const first = await deploy(api, { machineId, idempotencyKey: "ada" });
    const again = await deploy(api, { machineId, idempotencyKey: "ada", disk: "vdb" });
    expect(again).toMatchObject({
      run: null,
      userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED", field: "idempotencyKey" }],
    });
    expect(await runsOf(api)).toEqual([{ runId: first.run.runId }]);
  });
});
