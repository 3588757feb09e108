import { describe, expect, test } from "vitest";
import { MacAddress } from "../../src/domain/values/mac-address.ts";
import {
  type BootTargets,
  bootTargetsFilter,
  createBootTargets,
} from "../../src/projections/boot-targets.ts";
import { allEvents, historyLog, type Step } from "../support/history.ts";
import { mac, machineId, machineName, otherRun, plan, run, samples, secondMac } from "../support/samples.ts";
import { targetsAfter } from "./targets-after.ts";

const stream = `machine-${machineId}`;
const intentId = "01920000-0000-7000-8000-000000000031";
const endId = "01920000-0000-7000-8000-000000000032";
const askedId = "01920000-0000-7000-8000-000000000034";
const foundId = "01920000-0000-7000-8000-000000000035";
const boot = "01920000-0000-7000-8000-000000000033";

const of = (...events: Step["events"]): Step => ({ stream, events });
const claimed: Step = { stream: `mac-${mac}`, events: [samples.Claimed] };
const known: readonly Step[] = [claimed, of(samples.MachineDiscovered)];
const allocated: readonly Step[] = [
  ...known,
  of(samples.MachineAllocated, { ...samples.BootIntentSet, id: intentId }),
];
const deploying: readonly Step[] = [...allocated, of(samples.BootIntentConsumed, samples.DeploymentStarted)];
const deployed: readonly Step[] = [...deploying, of({ ...samples.DeploymentCompleted, id: endId })];
const restored: Step = { stream: "system", events: [samples.RestoreDetected] };
const epoch: Step = { stream: "system", events: [samples.EffectsEpochStarted] };
const requested = (cause: string): Step => ({
  stream: `boot-${mac}`,
  events: [{ ...samples.PxeRequested, id: boot }],
  meta: { $causationId: cause },
});

describe("a machine that boots", () => {
  test("is known by an interface once the interface is claimed and the machine discovered", async () => {
    expect((await targetsAfter(claimed)).isKnown(mac)).toBe(false);
    const targets = await targetsAfter(...known);
    expect(targets.isKnown(mac)).toBe(true);
    expect(targets.isKnown(secondMac)).toBe(false);
    expect(targets.machineByMac(mac)).toEqual({
      machineId,
      name: null,
      status: "discovered",
      locked: false,
      labels: {},
      dhcpOptions: [],
      macs: [mac],
      intent: undefined,
      deploying: undefined,
      runSetPosition: undefined,
      discovery: undefined,
      endedRun: undefined,
      heardAtMs: 0,
    });
  });

  test("carries its name, its lock and its other interfaces", async () => {
    const targets = await targetsAfter(
      ...known,
      of(samples.InterfaceAdded, samples.MachineRenamed, samples.MachineLocked),
    );
    const machine = targets.machine(machineId);
    expect(machine).toMatchObject({ name: machineName, locked: true, macs: [mac, secondMac] });
  });

  test("is forgotten when it is retired and claims nothing any more", async () => {
    const retired = [...deployed, of(samples.MachineRetired)];
    const claiming = await targetsAfter(...retired);
    expect(claiming.machineByMac(mac)).toMatchObject({ status: "retired" });
    expect(claiming.retiredClaims()).toEqual([{ machineId, stream: `mac-${mac}` }]);
    const targets = await targetsAfter(...retired, { stream: `mac-${mac}`, events: [samples.Released] });
    expect([targets.machineByMac(mac), targets.machine(machineId), targets.machineByRun(run)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(targets.retiredClaims()).toEqual([]);
  });
});

describe("a run", () => {
  test("waits for the boot while its intent is live", async () => {
    const targets = await targetsAfter(...allocated, of(samples.BootIntentServed));
    expect(targets.causeOf(mac)).toEqual({ kind: "intent", run, eventId: intentId });
    expect(targets.machineByRun(run)).toMatchObject({
      status: "allocated",
      intent: { plan, eventId: intentId, servings: 1 },
    });
    expect(targets.liveRuns()).toMatchObject([{ machineId, run, setPosition: expect.any(String) }]);
  });

  test("waits for no boot once its agent has reported, and is live until it ends", async () => {
    const targets = await targetsAfter(...deploying);
    expect(targets.causeOf(mac)).toBeUndefined();
    expect(targets.machineByRun(run)).toMatchObject({
      status: "deploying",
      intent: undefined,
      deploying: plan,
    });
    expect(targets.liveRuns()).toMatchObject([{ machineId, run, setPosition: expect.any(String) }]);
    expect((await targetsAfter(...deployed)).liveRuns()).toEqual([]);
  });

  test("causes the first boot after its end, and no other", async () => {
    const targets = await targetsAfter(...deployed);
    expect(targets.causeOf(mac)).toEqual({ kind: "ended", run, eventId: endId });
    targets.bootSeen(mac);
    expect(targets.causeOf(mac)).toBeUndefined();
    expect(targets.machineByRun(run)).toBeDefined();
  });

  test("causes no boot that the log already tells of", async () => {
    expect((await targetsAfter(...deployed, requested(endId))).causeOf(mac)).toBeUndefined();
    // A request of a boot that began before the end says nothing of the boot after it.
    expect((await targetsAfter(...deployed, requested(boot))).causeOf(mac)).toMatchObject({ kind: "ended" });
  });

  test("is forgotten for the machine's next one", async () => {
    const next = { ...samples.BootIntentSet, data: { plan: { ...plan, run: otherRun } } };
    const targets = await targetsAfter(...deployed, requested(endId), of(next));
    expect(targets.machineByRun(run)).toBeUndefined();
    expect(targets.machineByRun(otherRun)).toMatchObject({ machineId });
  });
});

describe("a discovery that was asked for", () => {
  const asked: readonly Step[] = [...deployed, of({ ...samples.DiscoveryIntentSet, id: askedId })];

  test("waits for the boot, and takes the place of the run that ended before", async () => {
    const targets = await targetsAfter(...asked, of(samples.DiscoveryIntentServed));
    expect(targets.causeOf(mac)).toEqual({ kind: "intent", run: otherRun, eventId: askedId });
    expect(targets.liveRuns()).toMatchObject([{ machineId, run: otherRun, setPosition: expect.any(String) }]);
    expect(targets.machine(machineId)).toMatchObject({ status: "deployed" });
  });

  test("causes the first boot after it came about, and no other", async () => {
    const targets = await targetsAfter(...asked, of({ ...samples.DiscoveryIntentConsumed, id: foundId }));
    expect(targets.causeOf(mac)).toEqual({ kind: "ended", run: otherRun, eventId: foundId });
    expect(targets.liveRuns()).toEqual([]);
    targets.bootSeen(mac);
    expect(targets.causeOf(mac)).toBeUndefined();
  });

  test("waits for no boot when it was taken back, or belongs to the time before an epoch", async () => {
    const expired = await targetsAfter(...asked, of(samples.DiscoveryIntentExpired));
    expect([expired.causeOf(mac), expired.liveRuns()]).toEqual([undefined, []]);
    const restoredAfter = await targetsAfter(...asked, restored, epoch);
    expect(restoredAfter.causeOf(mac)).toBeUndefined();
    expect(restoredAfter.liveRuns()).toHaveLength(1);
  });
});

describe("a machine that was registered", () => {
  const announced: readonly Step[] = [claimed, of(samples.MachineRegistered)];

  test("is known before it boots", async () => {
    const targets = await targetsAfter(...announced);
    expect(targets.machineByMac(mac)).toMatchObject({ status: "registered", macs: [mac, secondMac] });
  });

  test("is discovered by the interface that it boots with, and released again later", async () => {
    const booted = { type: "MachineDiscovered", data: { mac: secondMac, architecture: null } } as const;
    const targets = await targetsAfter(...announced, of(booted, samples.LabelsChanged));
    expect(targets.machine(machineId)).toMatchObject({ status: "discovered", macs: [secondMac, mac] });
    const released = await targetsAfter(...announced, of(booted, samples.MachineReleased));
    expect(released.machine(machineId)).toMatchObject({ status: "releasing" });
  });
});

test("a machine that was quarantined before it showed up stays quarantined", async () => {
  const heldBack = of(samples.MachineRegistered, samples.MachineQuarantined, samples.MachineDiscovered);
  const targets = await targetsAfter(claimed, heldBack);
  expect(targets.machine(machineId)).toMatchObject({ status: "quarantined", macs: [mac, secondMac] });
});

test("a machine whose intent was withdrawn is ready", async () => {
  const failed = {
    type: "DeploymentFailed",
    data: { run, code: "INTENT_WITHDRAWN", message: "withdrawn" },
  } as const;
  const targets = await targetsAfter(...allocated, of(samples.BootIntentExpired, failed));
  expect(targets.machine(machineId)).toMatchObject({ status: "ready", intent: undefined });
});

describe("the fence", () => {
  test("stands from a restore until an operator starts an epoch", async () => {
    expect((await targetsAfter()).fence()).toEqual({ fenced: false, epochPosition: undefined });
    expect((await targetsAfter(restored)).fence()).toEqual({ fenced: true, epochPosition: undefined });
    expect((await targetsAfter(restored, epoch)).fence()).toEqual({
      fenced: false,
      epochPosition: expect.any(String),
    });
  });

  test("ends the intents from before the epoch, whose runs remain to be ended", async () => {
    const targets = await targetsAfter(...allocated, restored, epoch);
    const position = targets.machine(machineId)?.intent?.position ?? expect.fail("no intent");
    expect(targets.isIntentLive(position)).toBe(false);
    expect(targets.causeOf(mac)).toBeUndefined();
    expect(targets.liveRuns()).toHaveLength(1);

    const later = await targetsAfter(restored, epoch, ...allocated);
    expect(later.causeOf(mac)).toMatchObject({ kind: "intent", run });
  });
});

describe("the filter", () => {
  test("leaves out only what changes nothing", async () => {
    const store = await historyLog(34, 8);
    const [all, filtered] = [createBootTargets(), createBootTargets()];
    for (const event of await allEvents(store)) all.apply(event);
    const page = await store.readAll({ after: undefined, limit: 1_000, filter: bootTargetsFilter });
    expect(page.caughtUp).toBe(true);
    for (const event of page.events) filtered.apply(event);
    const macs = Array.from({ length: 8 }, (_, index) => MacAddress.parse(`52:54:00:00:00:0${index + 1}`));
    const shown = (targets: BootTargets) => [
      targets.subnets(),
      targets.fence(),
      targets.environments(),
      targets.liveRuns(),
      macs.map((each) => targets.machineByMac(each)),
    ];
    expect(shown(filtered)).toEqual(shown(all));
    expect(macs.filter((each) => all.isKnown(each)).length).toBeGreaterThan(2);
  });
});
