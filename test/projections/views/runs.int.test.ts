import { describe, expect, test } from "vitest";
import { RunId } from "../../../src/domain/values/run-id.ts";
import { runCollection } from "../../../src/projections/collections/runs.ts";
import type { PageQuery } from "../../../src/projections/query/collection.ts";
import type { Condition } from "../../../src/projections/query/condition.ts";
import { runs } from "../../../src/projections/views/runs.ts";
import { runsReader } from "../../../src/projections/views/runs-reader.ts";
import type { Step } from "../../support/history.ts";
import { mac, machineId, otherMachineId, plan, run, samples } from "../../support/samples.ts";
import { readerAfter } from "../view-files.ts";

const stream = `machine-${machineId}`;
const ids = {
  intent: "01920000-0000-7000-8000-000000000011",
  end: "01920000-0000-7000-8000-000000000012",
  boot: "01920000-0000-7000-8000-000000000013",
  again: "01920000-0000-7000-8000-000000000014",
  after: "01920000-0000-7000-8000-000000000015",
  later: "01920000-0000-7000-8000-000000000016",
};
const intent: Step = { stream, events: [{ ...samples.BootIntentSet, id: ids.intent }] };
const started: Step = {
  stream,
  events: [samples.BootIntentServed, samples.BootIntentConsumed, samples.DeploymentStarted],
};
const stage: Step = {
  stream,
  events: [{ type: "DeploymentStageReached", data: { run, stage: "verifying", bytes: 99 } }],
};
const completed: Step = { stream, events: [{ ...samples.DeploymentCompleted, id: ids.end }] };
const failed: Step = { stream, events: [{ ...samples.DeploymentFailed, id: ids.end }] };

function requested(id: string | undefined, cause: string): Step {
  const event = id === undefined ? samples.PxeRequested : { ...samples.PxeRequested, id };
  return { stream: `boot-${mac}`, events: [event], meta: { $causationId: cause } };
}

describe("the view of runs", () => {
  test.each([
    ["allocated", [intent], { stage: null, startedAtMs: null, servings: 0 }],
    ["deploying", [intent, started, stage], { stage: "verifying", stageBytes: 99, servings: 1 }],
    ["completed", [intent, started, completed], { failureCode: null, stageBytes: 536_870_912 }],
    ["failed", [intent, failed], { failureCode: "IMAGE_TRANSFER_FAILED", startedAtMs: null }],
  ] as const)("shows a run that is %s", async (state, steps, details) => {
    const reader = await readerAfter(runs, runsReader, steps);
    const row = reader.find(run);
    expect(row).toMatchObject({ id: run, machineId, state, environment: "image-deploy", image: plan.image });
    expect(row).toMatchObject(details);
    expect(row?.endedAtMs === null).toBe(state === "allocated" || state === "deploying");
  });

  test("links the boots that a run caused, and the first one after its end", async () => {
    const reader = await readerAfter(runs, runsReader, [
      requested(ids.later, ids.later),
      intent,
      requested(ids.boot, ids.intent),
      requested(undefined, ids.boot),
      requested(ids.again, ids.intent),
      completed,
      requested(ids.after, ids.end),
      requested(undefined, ids.after),
    ]);
    expect(reader.listBoots(run, { limit: 10 })).toMatchObject([
      { bootId: ids.boot, relation: "intent", mac },
      { bootId: ids.again, relation: "intent", mac },
      { bootId: ids.after, relation: "after-end", mac },
    ]);
    expect(reader.listBoots(run, { limit: 1, newestFirst: true })).toMatchObject([{ bootId: ids.after }]);
  });
});

describe("listing runs", () => {
  const runIds = [1, 2, 3, 4, 5].map((digit) => RunId.parse(`01920000-0000-8000-8000-00000000000${digit}`));
  const steps = runIds.flatMap((id, index): Step[] => {
    const of = `machine-${index < 3 ? machineId : otherMachineId}`;
    const set = { stream: of, events: [{ type: "BootIntentSet", data: { plan: { ...plan, run: id } } }] };
    const end = {
      stream: of,
      events: [{ type: "DeploymentFailed", data: { ...samples.DeploymentFailed.data, run: id } }],
    };
    return index % 2 === 0 ? [set, end] : [set];
  });

  test.each<[string, Condition | undefined, readonly number[]]>([
    ["all", undefined, [0, 1, 2, 3, 4]],
    ["a machine's", { column: "machineId", eq: machineId }, [0, 1, 2]],
    ["those in a state", { column: "state", eq: "failed" }, [0, 2, 4]],
    ["those in some states", { column: "state", in: ["failed", "allocated"] }, [0, 1, 2, 3, 4]],
    ["those of an image", { column: "image", eq: "debian.img.zst" }, [0, 1, 2, 3, 4]],
    ["those that have not ended", { column: "endedAt", exists: false }, [1, 3]],
  ])("gives %s, the newest first, and the other way round", async (_case, where, expected) => {
    const collection = await readerAfter(runs, runCollection, steps);
    const listed = (query: Partial<PageQuery>) =>
      collection.page({ where, limit: 10, ...query }).map(({ row }) => row.id);
    const ordered = expected.map((index) => runIds[index]);
    expect(listed({})).toEqual(ordered.toReversed());
    expect(listed({ orderBy: { column: "requestedAt", descending: false } })).toEqual(ordered);
    const [first] = collection.page({ where, limit: 1 });
    expect(listed({ after: first?.key })).toEqual(ordered.toReversed().slice(1));
  });
});
