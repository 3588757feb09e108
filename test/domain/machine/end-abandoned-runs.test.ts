import { expect, test } from "vitest";
import { endAbandonedRuns } from "../../../src/domain/machine/end-abandoned-runs.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { histories, recordMachine } from "../../support/machine-history.ts";
import { handlersOn, memoryLog, meta } from "../../support/recording.ts";
import { busyAt } from "../../support/refusing.ts";
import { machineId, otherMachineId, run } from "../../support/samples.ts";

const runs = [{ machineId, run }];

test.each([
  ["allocated", ["BootIntentExpired", "DeploymentFailed"]],
  ["deploying", ["DeploymentFailed"]],
] as const)("the run of a machine that is %s ends when the log was restored", async (state, types) => {
  const store = memoryLog();
  await recordMachine(store, histories[state]);
  expect(await endAbandonedRuns(handlersOn(store), runs, meta)).toEqual([]);

  const events = (await store.readStream(machineStream(machineId))).slice(histories[state].length);
  expect(events.map(({ type }) => type)).toEqual(types);
  expect(events.at(-1)?.data).toMatchObject({ run, code: "ABANDONED_AFTER_RESTORE" });
});

test("a run that has ended is left as it is", async () => {
  const store = memoryLog();
  await recordMachine(store, histories.deployed);
  const head = await store.head();
  expect(await endAbandonedRuns(handlersOn(store), runs, meta)).toEqual([]);
  expect(await store.head()).toBe(head);
});

test("a run that could not be ended is told, and the others end all the same", async () => {
  const store = memoryLog();
  await recordMachine(store, histories.allocated);
  const { handleMachine } = handlersOn(store);
  const busy = busyAt(["FailRun"], handleMachine);
  expect(
    await endAbandonedRuns(
      {
        handleMachine: (stream, command, context) =>
          (stream === machineStream(otherMachineId) ? busy : handleMachine)(stream, command, context),
      },
      [{ machineId: otherMachineId, run }, ...runs],
      meta,
    ),
  ).toMatchObject([{ machineId: otherMachineId, run, rejection: { code: "STREAM_BUSY" } }]);
  expect((await store.readStream(machineStream(machineId))).at(-1)?.type).toBe("DeploymentFailed");
});
