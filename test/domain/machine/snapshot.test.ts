import { describe, expect, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import { type MachineEvent, machineCodec } from "../../../src/domain/machine/events.ts";
import { type MachineSnapshot, machineAfter } from "../../../src/domain/machine/snapshot.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { histories } from "../../support/machine-history.ts";
import { asRecorded } from "../../support/recording.ts";
import {
  agentBootId,
  environment,
  image,
  inventory,
  mac,
  machineId,
  machineName,
  nowMs,
  otherRun,
  plan,
  run,
  samples,
  secondMac,
} from "../../support/samples.ts";

const recorded = (events: readonly MachineEvent[]) =>
  asRecorded(machineStream(machineId), machineCodec, events);

async function snapshotAfter(...events: readonly MachineEvent[]): Promise<MachineSnapshot> {
  const machine = machineAfter(await recorded(events));
  if (!machine) throw new Error("there is no machine without events");
  return machine;
}

describe("a machine as people see it", () => {
  test("does not exist before its first event", () => {
    expect(machineAfter([])).toBeUndefined();
  });

  test("begins with its discovery", async () => {
    expect(await snapshotAfter(...histories.discovered)).toEqual({
      id: machineId,
      name: null,
      state: "discovered",
      locked: false,
      failure: null,
      macs: [mac],
      architecture: "x64-uefi",
      inventory: null,
      run: null,
      discoveryIntent: null,
      labels: {},
      params: {},
      dhcpOptions: [],
      registeredAtMs: null,
      discoveredAtMs: nowMs,
      changedAtMs: nowMs,
      revision: 0,
      position: expect.any(String),
    });
  });

  test("takes on its inventory, its interfaces and its name", async () => {
    const { InterfaceAdded, MachineRenamed, MachineApproved } = samples;
    expect(
      await snapshotAfter(...histories.inspected, InterfaceAdded, MachineRenamed, MachineApproved),
    ).toMatchObject({
      name: machineName,
      state: "ready",
      macs: [mac, secondMac],
      inventory,
      discoveredAtMs: nowMs,
      changedAtMs: nowMs + 4000,
      revision: 4,
    });
  });

  test("is locked until it is unlocked", async () => {
    const { MachineLocked, MachineUnlocked } = samples;
    expect(await snapshotAfter(...histories.ready, MachineLocked)).toMatchObject({ locked: true });
    expect(await snapshotAfter(...histories.ready, MachineLocked, MachineUnlocked)).toMatchObject({
      locked: false,
    });
  });

  test("says why it is quarantined", async () => {
    const { message } = samples.MachineQuarantined.data;
    expect(await snapshotAfter(...histories.quarantined)).toMatchObject({
      state: "quarantined",
      failure: { code: "SECOND_CONSUMER", message },
    });
    expect(await snapshotAfter(...histories.ready, samples.MachineQuarantined)).toMatchObject({
      failure: { code: null, message },
    });
  });

  test("has no failure any more when it was deployed once more, or retired", async () => {
    const { MachineAllocated, MachineRetired } = samples;
    expect(await snapshotAfter(...histories.failed, MachineAllocated)).toMatchObject({ failure: null });
    expect(await snapshotAfter(...histories.failed, MachineRetired)).toMatchObject({ failure: null });
  });

  test("is remembered when it is retired", async () => {
    expect(await snapshotAfter(...histories.retired)).toMatchObject({ state: "retired", macs: [mac] });
  });
});

describe("what operators asked of a machine, as people see it,", () => {
  test("begins with its registration, and is discovered later", async () => {
    expect(await snapshotAfter(...histories.registered)).toMatchObject({
      state: "registered",
      macs: [mac, secondMac],
      architecture: null,
      registeredAtMs: nowMs,
      discoveredAtMs: null,
    });
    const booted = { type: "MachineDiscovered", data: { mac: secondMac, architecture: "x64-uefi" } } as const;
    expect(await snapshotAfter(...histories.registered, booted)).toMatchObject({
      state: "discovered",
      macs: [secondMac, mac],
      architecture: "x64-uefi",
      registeredAtMs: nowMs,
      discoveredAtMs: nowMs + 1000,
    });
  });

  test("has what it was given and what was not taken away", async () => {
    const { LabelsChanged, ParamsChanged, DhcpOptionsChanged } = samples;
    const given = [LabelsChanged, ParamsChanged, DhcpOptionsChanged];
    expect(await snapshotAfter(...histories.ready, ...given)).toMatchObject({
      labels: LabelsChanged.data.set,
      params: ParamsChanged.data.set,
      dhcpOptions: DhcpOptionsChanged.data.options,
    });
    const taken: MachineEvent = { type: "LabelsChanged", data: { set: {}, removed: ["rack"] } };
    expect((await snapshotAfter(...histories.ready, LabelsChanged, taken)).labels).toEqual({
      "example.com/tier": "gold",
    });
  });

  test("shows the discovery that it waits for, until that comes about or is taken back", async () => {
    const { DiscoveryIntentSet, DiscoveryIntentServed, DiscoveryIntentConsumed } = samples;
    const asked = [...histories.deployed, DiscoveryIntentSet];
    const discoveryIntent = {
      run: otherRun,
      environment: "discovery",
      version: 1,
      servings: 0,
      setAtMs: nowMs + 1000 * histories.deployed.length,
    };
    expect(await snapshotAfter(...asked)).toMatchObject({ state: "deployed", discoveryIntent });
    expect(await snapshotAfter(...asked, DiscoveryIntentServed)).toMatchObject({
      discoveryIntent: { ...discoveryIntent, servings: 1 },
    });
    for (const end of [DiscoveryIntentConsumed, samples.DiscoveryIntentExpired]) {
      expect(await snapshotAfter(...asked, end)).toMatchObject({ state: "deployed", discoveryIntent: null });
    }
  });

  test("is being released, without a failure", async () => {
    expect(await snapshotAfter(...histories.failed, samples.MachineReleased)).toMatchObject({
      state: "releasing",
      failure: null,
    });
  });

  test("is ready when its intent was withdrawn, and the run has failed", async () => {
    const failed = {
      type: "DeploymentFailed",
      data: { run, code: "INTENT_WITHDRAWN", message: "withdrawn" },
    } as const;
    expect(await snapshotAfter(...histories.allocated, failed)).toMatchObject({
      state: "ready",
      failure: null,
      run: { outcome: "failed", failure: { code: "INTENT_WITHDRAWN" } },
    });
  });
});

describe("the run of a machine, as people see it,", () => {
  test("is the one that has the machine", async () => {
    const asked = histories.allocated.length - 1;
    const running = {
      run,
      environment: environment.name,
      version: 1,
      image,
      disk: plan.disk,
      stage: null,
      startedAtMs: nowMs + 1000 * asked,
      endedAtMs: null,
      outcome: null,
      failure: null,
    };
    expect(await snapshotAfter(...histories.allocated)).toMatchObject({ state: "allocated", run: running });
    expect(await snapshotAfter(...histories.deploying)).toMatchObject({ state: "deploying", run: running });
    expect(await snapshotAfter(...histories.deploying, samples.DeploymentStageReached)).toMatchObject({
      run: { ...running, stage: "writing" },
    });
  });

  test("tells how it ended", async () => {
    const endedAtMs = nowMs + 1000 * histories.deploying.length;
    expect(await snapshotAfter(...histories.deployed)).toMatchObject({
      state: "deployed",
      failure: null,
      run: { outcome: "completed", endedAtMs, failure: null },
    });
    const failure = samples.DeploymentFailed.data;
    const told = { code: failure.code, message: failure.message };
    expect(await snapshotAfter(...histories.failed)).toMatchObject({
      state: "failed",
      failure: told,
      run: { outcome: "failed", endedAtMs, failure: told },
    });
  });

  test("stays a failure when the machine was approved again and is none any more", async () => {
    expect(await snapshotAfter(...histories.failed, samples.MachineApproved)).toMatchObject({
      state: "ready",
      failure: null,
      run: { outcome: "failed", failure: { code: "IMAGE_TRANSFER_FAILED" } },
    });
  });

  test("failed when its intent expired", async () => {
    const failed = {
      type: "DeploymentFailed",
      data: { run, code: "INTENT_NEVER_CONSUMED", message: "nobody reported" },
    } as const;
    expect(await snapshotAfter(...histories.allocated, samples.BootIntentExpired, failed)).toMatchObject({
      state: "failed",
      run: { outcome: "failed", stage: null },
    });
  });
});

test("the past is the same fold, of fewer events", async () => {
  const events = await recorded(histories.deployed);
  const states = events.map((_event, index) => machineAfter(events.slice(0, index + 1))?.state);
  expect(states).toEqual([
    "discovered",
    "discovered",
    "ready",
    "allocated",
    "allocated",
    "allocated",
    "allocated",
    "deploying",
    "deployed",
  ]);
});

test.each(
  Object.entries(histories),
)("what people see of a machine is what is decided on: %s", async (_, history) => {
  const decided = history.reduce(machineDecider.evolve, machineDecider.initial);
  const seen = await snapshotAfter(...history);
  expect(seen.state).toBe(decided.status);
});

test("half a stream is refused, as it would tell something else", async () => {
  const events = await recorded(histories.ready);
  expect(() => machineAfter(events.slice(1))).toThrow("begins with InventoryReported");
});

test("a run's end without its beginning shows no run", async () => {
  const consumed = { type: "BootIntentConsumed", data: { run, agentBootId } } as const;
  expect(await snapshotAfter(...histories.ready, consumed, samples.DeploymentCompleted)).toMatchObject({
    state: "deployed",
    run: null,
  });
});

test("a serving of a discovery that nobody asked for shows none", async () => {
  expect(await snapshotAfter(...histories.ready, samples.DiscoveryIntentServed)).toMatchObject({
    discoveryIntent: null,
  });
});

test("a registration in the middle of a stream changes nothing but the time", async () => {
  expect(await snapshotAfter(...histories.ready, samples.MachineRegistered)).toMatchObject({
    state: "ready",
    registeredAtMs: null,
  });
});

test("a machine that was quarantined before it showed up stays so", async () => {
  const quarantined = [...histories.registered, samples.MachineQuarantined];
  const shown = await snapshotAfter(...quarantined, samples.MachineDiscovered);
  expect(shown).toMatchObject({ state: "quarantined", discoveredAtMs: expect.any(Number) });
});

test("a second discovery changes nothing but the time", async () => {
  expect(await snapshotAfter(...histories.ready, samples.MachineDiscovered)).toMatchObject({
    state: "ready",
    discoveredAtMs: nowMs,
    revision: 3,
  });
});
