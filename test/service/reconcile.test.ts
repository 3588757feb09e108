import { describe, expect, test } from "vitest";
import { macClaimStream, nameClaimStream } from "../../src/domain/claim/events.ts";
import { discoverMachine } from "../../src/domain/machine/discover.ts";
import { retireMachine } from "../../src/domain/machine/retire.ts";
import { machineStream } from "../../src/domain/values/machine-id.ts";
import { createBootTargets } from "../../src/projections/boot-targets.ts";
import { type ReconcileOptions, reconcile } from "../../src/service/reconcile.ts";
import { allEvents } from "../support/history.ts";
import { histories, recordMachine } from "../support/machine-history.ts";
import { countingIds, handlersOn, memoryLog, meta, typesOf } from "../support/recording.ts";
import { busyAt } from "../support/refusing.ts";
import {
  mac,
  machineId,
  machineName,
  nowMs,
  otherMachineId,
  samples,
  secondMac,
} from "../support/samples.ts";

const hourMs = 3_600_000;

async function setUp() {
  const store = memoryLog();
  const handlers = handlersOn(store);
  const left: string[] = [];

  /** One round, so many hours after everything that is in the log, by what the log says then. */
  async function round(hours: number, options: Partial<ReconcileOptions> = {}): Promise<void> {
    const targets = createBootTargets();
    for (const event of await allEvents(store)) targets.apply(event);
    await reconcile({
      targets,
      handlers,
      clockSuspect: () => false,
      clock: () => new Date(nowMs + hours * hourMs),
      newId: countingIds(800_000),
      onLeft: (message) => left.push(message),
      ...options,
    });
  }

  return { store, handlers, left, round, machine: () => typesOf(store, machineStream(machineId)) };
}

describe("a run that nothing is heard of", () => {
  test("is left alone for a day, and then has failed", async () => {
    const { store, round, machine } = await setUp();
    await recordMachine(store, histories.deploying);
    await round(23);
    expect((await machine()).at(-1)).toBe("DeploymentStarted");
    await round(25);
    expect((await machine()).at(-1)).toBe("DeploymentFailed");
  });

  test("has failed although somebody changed the machine's labels, which says nothing of the run", async () => {
    const { store, handlers, round, machine } = await setUp();
    await recordMachine(store, histories.deploying);
    await handlers.handleMachine(
      machineStream(machineId),
      { type: "LabelMachine", set: { rack: "b7" }, remove: [] },
      { meta },
    );
    const heardAtMs = (await store.readStream(machineStream(machineId))).at(-2)?.time ?? 0;
    await round((heardAtMs - nowMs) / hourMs + 24.0001);
    expect((await machine()).at(-1)).toBe("DeploymentFailed");
  });

  test("is left alone while the clock is in doubt: the day may not have passed", async () => {
    const { store, round, machine } = await setUp();
    await recordMachine(store, histories.deploying);
    await round(1_000, { clockSuspect: () => true });
    expect((await machine()).at(-1)).toBe("DeploymentStarted");
  });
});

describe("a discovery that was asked for", () => {
  const asked = [...histories.deployed, samples.DiscoveryIntentSet];

  test("is taken back after a day in which nothing was heard of the machine", async () => {
    const { store, round, machine } = await setUp();
    await recordMachine(store, asked);
    await round(23);
    expect((await machine()).at(-1)).toBe("DiscoveryIntentSet");
    await round(25);
    expect((await machine()).at(-1)).toBe("DiscoveryIntentExpired");
    const ended = await machine();
    await round(50);
    expect(await machine()).toEqual(ended);
  });

  test("is taken back by an effects epoch that began after it", async () => {
    const { store, handlers, round, machine, left } = await setUp();
    await recordMachine(store, asked);
    const restored = { type: "RecordRestore", ...samples.RestoreDetected.data } as const;
    await handlers.handleSystem("system", restored, { meta });
    await handlers.handleSystem("system", { type: "StartEffectsEpoch" }, { meta });
    await round(0);
    expect((await machine()).at(-1)).toBe("DiscoveryIntentExpired");
    expect(left).toEqual([]);
  });
});

describe("a claim of a machine that never came about", () => {
  const streams = [macClaimStream(secondMac), nameClaimStream(machineName)];

  /** What a crash leaves of a registration. */
  async function setUpCrash() {
    const all = await setUp();
    for (const stream of streams) {
      await all.handlers.handleClaim(stream, { type: "Claim", machineId }, { meta });
    }
    return all;
  }

  test("is left alone for an hour, in which it may come about, and then is freed", async () => {
    const { store, round, left } = await setUpCrash();
    await round(0.9);
    for (const stream of streams) expect(await typesOf(store, stream)).toEqual(["Claimed"]);
    await round(1.1);
    for (const stream of streams) expect(await typesOf(store, stream)).toEqual(["Claimed", "Released"]);
    expect(left).toEqual([]);
  });

  test("is left alone while the clock is in doubt", async () => {
    const { store, round } = await setUpCrash();
    await round(1_000, { clockSuspect: () => true });
    for (const stream of streams) expect(await typesOf(store, stream)).toEqual(["Claimed"]);
  });

  test("is tried again at the next round when it could not be freed", async () => {
    const { store, handlers, round, left } = await setUpCrash();
    const handleClaim = busyAt(["Release"], handlers.handleClaim);
    await round(2, { handlers: { ...handlers, handleClaim } });
    expect(left).toHaveLength(2);
    await round(2);
    expect(await typesOf(store, nameClaimStream(machineName))).toEqual(["Claimed", "Released"]);
  });

  test("is left alone when the machine came about since the views were looked at", async () => {
    const { store, handlers, round } = await setUpCrash();
    const handleMachine: typeof handlers.handleMachine = async (...given) => {
      await discoverMachine(
        handlers,
        { newMachineId: otherMachineId, mac: secondMac, architecture: null },
        meta,
      );
      return handlers.handleMachine(...given);
    };
    await round(2, { handlers: { ...handlers, handleMachine } });
    expect(await typesOf(store, macClaimStream(secondMac))).toEqual(["Claimed"]);
    expect(await typesOf(store, nameClaimStream(machineName))).toEqual(["Claimed", "Released"]);
  });

  test("is freed also when the machine is one that was retired, and forgotten since", async () => {
    const { store, handlers, round } = await setUp();
    await discoverMachine(handlers, { newMachineId: machineId, mac, architecture: null }, meta);
    await retireMachine(handlers, machineId, { meta });
    const stream = nameClaimStream(machineName);
    await handlers.handleClaim(stream, { type: "Claim", machineId }, { meta });
    await round(2);
    expect(await typesOf(store, stream)).toEqual(["Claimed", "Released"]);
  });
});

describe("a claim of a retired machine", () => {
  /** Claims that a crash left before the machine itself knew of them: its own stream does not name them. */
  async function orphans(handlers: ReturnType<typeof handlersOn>) {
    await discoverMachine(handlers, { newMachineId: machineId, mac, architecture: null }, meta);
    const streams = [macClaimStream(secondMac), nameClaimStream(machineName)];
    for (const stream of streams) await handlers.handleClaim(stream, { type: "Claim", machineId }, { meta });
    await retireMachine(handlers, machineId, { meta });
    return streams;
  }

  test("is freed although the machine's stream does not name it", async () => {
    const { store, handlers, round, left } = await setUp();
    const streams = await orphans(handlers);
    await round(0);
    for (const stream of streams) expect(await typesOf(store, stream)).toEqual(["Claimed", "Released"]);
    expect(left).toEqual([]);
  });

  test("is freed once: another machine that has taken it since keeps it", async () => {
    const { store, handlers, round } = await setUp();
    const [stream = ""] = await orphans(handlers);
    await round(0);
    await handlers.handleClaim(stream, { type: "Claim", machineId: otherMachineId }, { meta });
    await round(0);
    expect(await typesOf(store, stream)).toEqual(["Claimed", "Released", "Claimed"]);
  });

  test("keeps its interface from being discovered anew no longer than a round", async () => {
    const { handlers, round } = await setUp();
    await orphans(handlers);
    const again = () =>
      discoverMachine(handlers, { newMachineId: otherMachineId, mac: secondMac, architecture: null }, meta);
    expect(await again()).toMatchObject({ outcome: "rejected", rejection: { code: "MACHINE_RETIRED" } });
    await round(0);
    expect(await again()).toMatchObject({ outcome: "accepted", machineId: otherMachineId });
  });
});
