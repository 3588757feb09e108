import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../src/adapters/event-store/memory/memory-event-store.ts";
import { createAllocator } from "../../src/boot/dhcp/leases/allocator.ts";
import { LeaseHolder } from "../../src/domain/address/binding.ts";
import { boundAddress } from "../../src/domain/address/state.ts";
import { machineCodec } from "../../src/domain/machine/events.ts";
import type { EventStore, RecordedEvent } from "../../src/domain/ports/event-store.ts";
import { leaseIdentity } from "../../src/domain/values/client-id.ts";
import { Ipv4, Ipv4Cidr } from "../../src/domain/values/ipv4.ts";
import { machineIdOf } from "../../src/domain/values/machine-id.ts";
import { threadEntry } from "../../src/paths.ts";
import {
  type BootRowsPiece,
  type KeptBootMemory,
  readBootMemory,
} from "../../src/projections/boot-memory-file.ts";
import { createBootTargets } from "../../src/projections/boot-targets.ts";
import { bootMemory } from "../../src/projections/views/boot-memory.ts";
import { readKeptMemory, restoreMemory } from "../../src/service/kept-memory.ts";
import { memoryFilter, restorePiece } from "../../src/service/memory.ts";
import { projectorOn, temporaryDirectory } from "../projections/view-files.ts";
import { allEvents, dice, historySteps, record, type Step } from "../support/history.ts";
import { memoryLog } from "../support/recording.ts";
import { nowMs, samples, subnet } from "../support/samples.ts";

const network = Ipv4Cidr.parse("10.77.0.0/16");

/** What the packet path keeps, without its sockets. */
function memory() {
  const targets = createBootTargets();
  const allocator = createAllocator({ ownAddresses: () => [], clockSuspect: () => false });
  const leases: Parameters<typeof restorePiece>[1]["leases"] = {
    restore: (address, { binding, revision }) =>
      allocator.leases.record(address, { binding: boundAddress(binding), revision }),
  };
  return {
    targets,
    leases: allocator.leases,
    apply(event: RecordedEvent) {
      targets.apply(event);
      allocator.apply(event);
    },
    restore: (piece: BootRowsPiece) => restorePiece(piece, { targets, leases }),
  };
}
type Memory = ReturnType<typeof memory>;

async function applyLog(to: Memory, store: EventStore, after?: string): Promise<void> {
  for (;;) {
    const page = await store.readAll({ after, limit: 1_000, filter: memoryFilter });
    for (const event of page.events) to.apply(event);
    if (page.caughtUp) return;
    after = page.position;
  }
}

/** Everything that can be asked of it, about everything that the history names. */
function shown({ targets, leases }: Memory, events: readonly RecordedEvent[]) {
  const streams = [...new Set(events.map(({ stream }) => stream))];
  const ofMachines = events.filter(
    ({ stream, type }) => stream.startsWith("machine-") && machineCodec.knows(type),
  );
  const macs = streams
    .filter((stream) => stream.startsWith("mac-"))
    .map((stream) => stream.slice(4) as never);
  const addresses = streams
    .filter((stream) => stream.startsWith("address-"))
    .map((stream) => Ipv4.parse(stream.slice(8)));
  const runs = ofMachines.flatMap(({ data }) => ("plan" in data ? [(data.plan as { run: never }).run] : []));
  const holders = events.flatMap(({ stream, data }) =>
    stream.startsWith("address-") && "holder" in data && data.holder ? [LeaseHolder.parse(data.holder)] : [],
  );
  const sorted = <Item>(items: readonly Item[]) => items.map((each) => JSON.stringify(each)).sort();
  return {
    machines: [...new Set(ofMachines.map(({ stream }) => machineIdOf(stream)))].map(targets.machine),
    byMac: macs.map((mac) => [targets.machineByMac(mac)?.machineId, targets.causeOf(mac)]),
    byRun: runs.map((run) => targets.machineByRun(run)?.machineId),
    liveRuns: sorted(targets.liveRuns()),
    retired: sorted(targets.retiredClaims()),
    waiting: sorted(targets.claimsWithoutMachine(Number.POSITIVE_INFINITY)),
    fence: targets.fence(),
    subnets: targets.subnets(),
    environments: targets.environments(),
    addresses: addresses.map(leases.get),
    unleased: leases.unleasedIn(network),
    byClient: holders.map((holder) =>
      leases.addressOf(`subnet ${subnet.name}`, leaseIdentity(holder.mac, holder.clientId)),
    ),
    // Of those that are due at the same time, which comes first is left open.
    due: addresses.map(() => leases.takeDue(Number.MAX_SAFE_INTEGER)).sort(),
  };
}

/** The view's file after these steps, as a service leaves it behind. */
async function viewsAfter(store: EventStore): Promise<string> {
  const directory = temporaryDirectory();
  const projector = await projectorOn(store, directory, { views: [bootMemory] });
  await projector.caughtUp();
  await projector.close();
  return directory;
}

function kept(directory: string): KeptBootMemory {
  return readBootMemory(directory) ?? expect.fail("nothing is kept");
}

/** The steps of a history, whose bindings the lease table would refuse where they name an end that they do not have. */
function* plausibleSteps(seed: number, machines: number): Generator<Step> {
  for (const step of historySteps(seed, machines)) {
    if (!step.stream.startsWith("address-")) yield step;
    else yield { ...step, events: step.events.map((event) => ({ ...event, data: plausible(event.data) })) };
  }
}

function plausible(data: object): object {
  const status = "status" in data ? data.status : undefined;
  if (status === "free") return { ...data, leaseSeconds: null, untilMs: null };
  return status === "declined" ? { ...data, leaseSeconds: null } : data;
}

const restored: Step = { stream: "system", events: [samples.RestoreDetected] };
const epoch: Step = { stream: "system", events: [samples.EffectsEpochStarted] };
const cases = [1, 2, 3].flatMap((seed) => [0.02, 0.3, 0.6, 1].map((share) => ({ seed, share })));

describe("memory out of the view, and the rest of the log", () => {
  test.each(cases)("is the memory out of all of the log: seed $seed, view at $share", async ({
    seed,
    share,
  }) => {
    const steps = [...plausibleSteps(seed, 16)];
    // A fence in what the view contains and, of some histories, an epoch behind it.
    steps.splice(Math.floor(steps.length * 0.01), 0, restored);
    if (seed === 2) steps.splice(Math.floor(steps.length * 0.8), 0, epoch);
    const cut = Math.floor(steps.length * share);
    const store = memoryLog();
    const chance = dice(seed + 1_000);
    for (const step of steps.slice(0, cut)) await record(store, step, chance);
    const directory = await viewsAfter(store);
    for (const step of steps.slice(cut)) await record(store, step, chance);

    const whole = memory();
    await applyLog(whole, store);
    const quick = memory();
    const after = await restoreMemory(kept(directory), { reader: store, taker: quick });
    expect(after).toBeDefined();
    await applyLog(quick, store, after);

    const events = await allEvents(store);
    expect(shown(quick, events)).toEqual(shown(whole, events));
    expect(whole.targets.fence().fenced).toBe(seed !== 2);
    expect(events.length).toBeGreaterThan(300);
  });

  test("is tried on addresses that are free again, and on machines that are retired", async () => {
    const store = memoryLog();
    const chance = dice(1_001);
    for (const step of plausibleSteps(1, 16)) await record(store, step, chance);
    const whole = memory();
    await applyLog(whole, store);
    const { unleased, machines } = shown(whole, await allEvents(store));
    expect(unleased.length).toBeGreaterThan(1);
    expect(machines.filter((machine) => machine === undefined).length).toBeGreaterThan(0);
  });
});

describe("what is kept", () => {
  async function smallLog(logId = "0".repeat(16), incarnation = "000100000000") {
    const store = createMemoryEventStore(() => new Date(nowMs), { logId, incarnation });
    const chance = dice(1_007);
    for (const step of plausibleSteps(7, 3)) await record(store, step, chance);
    return store;
  }

  test.each([
    ["another log", "1".repeat(16), undefined],
    ["another incarnation", undefined, "000200000000"],
  ])("is not used for %s", async (_what, logId, incarnation) => {
    const directory = await viewsAfter(await smallLog());
    const taker = memory();
    const reader = await smallLog(logId, incarnation);
    expect(await restoreMemory(kept(directory), { reader, taker })).toBeUndefined();
    expect(taker.targets.subnets()).toEqual([]);
    expect(taker.leases.unleasedIn(network)).toEqual([]);
  });

  test("is not used when its last event is another one now", async () => {
    const found = kept(await viewsAfter(await smallLog()));
    const last = { ...found.last, hash: "0".repeat(64) };
    const options = { reader: await smallLog(), taker: memory() };
    expect(await restoreMemory({ ...found, last }, options)).toBeUndefined();
  });

  test("is nothing in a new directory, before the first event, and from another version of the view", async () => {
    expect(readBootMemory(temporaryDirectory())).toBeUndefined();
    expect(readBootMemory(await viewsAfter(memoryLog()))).toBeUndefined();
    const directory = await viewsAfter(await smallLog());
    const database = new DatabaseSync(join(directory, "boot-memory-1.db"));
    database.exec("UPDATE projection_checkpoint SET version = version + 1");
    database.close();
    expect(readBootMemory(directory)).toBeUndefined();
  });

  test("is read by a thread of its own", async () => {
    const viewsDirectory = await viewsAfter(await smallLog());
    const onUnreadable = (error: unknown) => expect.fail(String(error));
    const found = await readKeptMemory({ entry: threadEntry("memory"), viewsDirectory, onUnreadable });
    expect(found).toEqual(kept(viewsDirectory));
  });

  test("is told of and left alone when its file is damaged", async () => {
    const viewsDirectory = await viewsAfter(await smallLog());
    const database = new DatabaseSync(join(viewsDirectory, "boot-memory-1.db"));
    database.exec("DROP TABLE holder");
    database.close();
    const told: unknown[] = [];
    const options = {
      entry: threadEntry("memory"),
      viewsDirectory,
      onUnreadable: (error: unknown) => told.push(error),
    };
    expect(await readKeptMemory(options)).toBeUndefined();
    expect(told).toEqual([expect.objectContaining({ message: "no such table: holder" })]);
  });
});
