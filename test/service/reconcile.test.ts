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
import { mac, machineId, machineName, nowMs, otherMachineId, secondMac } from "../support/samples.ts";

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

  test("is left alone while the clock is in doubt: the day may not have passed", async () => {
    const { store, round, machine } = await setUp();
    await recordMachine(store, histories.deploying);
    await round(1_000, { clockSuspect: () => true });
    expect((await machine()).at(-1)).toBe("DeploymentStarted");
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
