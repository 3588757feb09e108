import { describe, expect, test } from "vitest";
import { liveRuns } from "../../../../src/adapters/graphql/mutations/live-runs.ts";
import type { MachineEvent } from "../../../../src/domain/machine/events.ts";
import { machineStream } from "../../../../src/domain/values/machine-id.ts";
import { histories, recordMachine } from "../../../support/machine-history.ts";
import { handlersOn, memoryLog, meta } from "../../../support/recording.ts";
import { discoveryEnvironment, machineId, otherRun, run, samples } from "../../../support/samples.ts";

async function liveAfter(history: readonly MachineEvent[]) {
  const store = memoryLog();
  await recordMachine(store, history);
  return liveRuns(store, (await store.head()) ?? expect.fail("the log is empty"));
}

describe("what had not ended at a place in the log", () => {
  test("are deployments from their intent to their end", async () => {
    expect(await liveAfter(histories.ready)).toEqual([]);
    expect(await liveAfter(histories.allocated)).toEqual([{ machineId, run }]);
    expect(await liveAfter(histories.deploying)).toEqual([{ machineId, run }]);
    expect(await liveAfter(histories.deployed)).toEqual([]);
  });

  test("are discoveries until they came about or were taken back", async () => {
    const asked = [...histories.deployed, samples.DiscoveryIntentSet];
    expect(await liveAfter(asked)).toEqual([{ machineId, run: otherRun }]);
    expect(await liveAfter([...asked, samples.DiscoveryIntentConsumed])).toEqual([]);
    expect(await liveAfter([...asked, samples.DiscoveryIntentExpired])).toEqual([]);
  });

  test("is nothing that came later", async () => {
    const store = memoryLog();
    await recordMachine(store, histories.deployed);
    const until = (await store.head()) ?? expect.fail("the log is empty");
    const set = { type: "SetDiscoveryIntent", run: otherRun, environment: discoveryEnvironment } as const;
    await handlersOn(store).handleMachine(machineStream(machineId), set, { meta });
    expect(await liveRuns(store, until)).toEqual([]);
  });
});
