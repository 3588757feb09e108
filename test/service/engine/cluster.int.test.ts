import { setTimeout as pause } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { hardwareOf } from "../../../src/rehearsal/hardware.ts";
import { duplicateAddresses, type Holding } from "../../../src/rehearsal/leases.ts";
import type { FixtureEngine } from "../../support/esdb-fixture/engine.ts";
import { eventually } from "../../support/eventually.ts";
import { defineSubnet } from "../../support/rehearsal-site.ts";
import type { RunningService } from "../../support/service-under-test.ts";
import { type EngineSite, engineSite, metricOf, startCluster } from "./engine-service.ts";

vi.setConfig({ testTimeout: 240_000 });

/** A service on a cluster of three, and what its machines were told. */
async function served() {
  const cluster = await startCluster();
  const site = await engineSite(cluster.connectionString);
  const service = await site.start();
  await defineSubnet(service, {
    ranges: [{ first: "127.77.1.1", last: "127.77.8.254" }],
    unknownMachines: "LOCAL_DISK",
  });
  return { cluster, site, service, machines: machinesOf(site, cluster) };
}

function machinesOf(site: EngineSite, { ledger }: FixtureEngine) {
  const held: Holding[] = [];
  const unrecorded: string[] = [];

  return {
    held,
    /** Addresses that were acknowledged before the engine had them. */
    unrecorded,
    async ask(index: number, retryMs: readonly number[] = [1_000, 2_000, 4_000, 8_000]): Promise<void> {
      const { address } = await site.lease(index, retryMs);
      const { mac } = hardwareOf(index, { packages: [] });
      const newest = ledger.stream(`address-${address}`).at(-1);
      if (!newest || !Buffer.from(newest.data).includes(mac)) unrecorded.push(address);
      held.push({ address, mac, fromMs: 0, untilMs: 1 });
    },
  };
}

async function readiness(service: RunningService): Promise<number> {
  return (await fetch(new URL("/readyz", service.api))).status;
}

const is = (service: RunningService, status: number) =>
  eventually(async () => ((await readiness(service)) === status ? true : undefined));

test("a cluster whose leader changes, dies and forgets to answer under load loses and doubles nothing", async () => {
  const { cluster, service, machines } = await served();
  let isLoaded = true;
  let next = 0;
  const worker = async () => {
    while (isLoaded) await machines.ask(next++);
  };
  const load = Array.from({ length: 4 }, worker);

  // More rounds where the machine that runs the test is slow: there must be something to lose.
  for (let round = 0; round < 6 || machines.held.length <= 20; round++) {
    const [before, after] = [cluster.nodes[round % 3], (round + 1) % 3];
    before?.trouble.appends.push("lost", "silent", "refused");
    await pause(100);
    cluster.lead(after);
    if (round % 3 === 2) {
      before?.stop();
      await pause(300);
      await before?.start();
    }
    await pause(300);
    before?.trouble.appends.splice(0);
  }
  isLoaded = false;
  await Promise.all(load);
  await is(service, 200);

  expect(machines.held.length).toBeGreaterThan(20);
  expect(machines.unrecorded).toEqual([]);
  expect(duplicateAddresses(machines.held)).toEqual([]);
  expect(cluster.nodes.every(({ asked }) => (asked.get("append") ?? 0) > 0)).toBe(true);
});

test("while a cluster is silent nothing is acknowledged, little is held, and it goes on by itself", async () => {
  const { cluster, service, machines } = await served();
  await machines.ask(0);
  await is(service, 200);
  const residentBefore = await metricOf(service, "process_resident_memory_bytes");

  for (const { trouble } of cluster.nodes) trouble.frozen = true;
  const crowd = Array.from({ length: 300 }, (_, index) => machines.ask(1 + index, [1_000, 1_000, 1_000]));
  const asked = Promise.allSettled(crowd);
  const pending = () => metricOf(service, 'ironledger_engine_pending_appends{thread="main"}');
  await eventually(async () => ((await pending()) > 200 ? true : undefined));
  await is(service, 503);
  // Whoever asks again while it is asked for adds nothing.
  expect(await pending()).toBeLessThanOrEqual(320);
  expect((await asked).every(({ status }) => status === "rejected")).toBe(true);
  expect(machines.held).toHaveLength(1);
  const residentGrown = (await metricOf(service, "process_resident_memory_bytes")) - residentBefore;
  expect(residentGrown).toBeLessThan(100 * 1024 * 1024);

  for (const { trouble } of cluster.nodes) trouble.frozen = false;
  await is(service, 200);

  await Promise.all(Array.from({ length: 20 }, (_, index) => machines.ask(1 + index)));

  expect(machines.unrecorded).toEqual([]);
  expect(duplicateAddresses(machines.held)).toEqual([]);
  await eventually(async () => ((await pending()) === 0 ? true : undefined));
});

test("a cluster that is slow is waited for, and nothing is acknowledged before it is there", async () => {
  const { cluster, machines } = await served();
  for (const { trouble } of cluster.nodes) trouble.readDelayMs = 300;
  await Promise.all(Array.from({ length: 20 }, (_, index) => machines.ask(index)));
  expect(machines.held).toHaveLength(20);
  expect(machines.unrecorded).toEqual([]);
  expect(duplicateAddresses(machines.held)).toEqual([]);
});
