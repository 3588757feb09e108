import { expect, test, vi } from "vitest";
import type { Lease } from "../../../src/rehearsal/dhcp-client.ts";
import { duplicateAddresses, type Holding } from "../../../src/rehearsal/leases.ts";
import { eventually } from "../../support/eventually.ts";
import { defineSubnet, refusalsOf } from "../../support/rehearsal-site.ts";
import type { RunningService } from "../../support/service-under-test.ts";
import { type EngineSite, engineSite, metricOf, spawnEngine } from "./engine-service.ts";

vi.setConfig({ testTimeout: 240_000 });

const leadershipSeconds = 4;

interface Process {
  readonly site: EngineSite;
  readonly service: RunningService;
}

/** Processes on one engine, and a range of addresses that has few more than the machines of the test. */
async function processes(count: number) {
  const engine = await spawnEngine();
  const started: Process[] = [];
  for (let index = 0; index < count; index++) {
    const site = await engineSite(engine.connectionString, { leadershipSeconds });
    started.push({ site, service: await site.start(started[0]?.service.token) });
    if (index === 0) await defineRange(started[0]?.service);
  }
  return { engine, started };
}

async function defineRange(service: RunningService | undefined): Promise<void> {
  if (!service) throw new Error("no process was started");
  await defineSubnet(service, {
    ranges: [{ first: "127.77.1.1", last: "127.77.1.30" }],
    unknownMachines: "LOCAL_DISK",
  });
}

async function leaderOf({ service }: Process): Promise<{ readonly term: number; readonly holder: string }> {
  return eventually(async () => {
    const { service: status } = await service.graphql("{ service { leadership { term holder } } }");
    return (
      (status as { readonly leadership: { term: number; holder: string } | null }).leadership ?? undefined
    );
  });
}

/** Whether a process leads, as its own metric tells. */
async function leads({ service }: Process): Promise<boolean> {
  return (await metricOf(service, "ironledger_leading")) === 1;
}

/** What machines were told, by whom. */
function holdings() {
  const held: Holding[] = [];
  return {
    held,
    /** These machines ask at once; those that got nothing are left out. */
    async ask({ site }: Process, machines: readonly number[]): Promise<readonly Lease[]> {
      const asked = await Promise.allSettled(
        machines.map(async (index) => {
          const lease = await site.lease(index, [1_000, 2_000, 4_000]);
          held.push({ address: lease.address, mac: String(index), fromMs: 0, untilMs: 1 });
          return lease;
        }),
      );
      return asked.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    },
  };
}

const from = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

test("two processes give from one range, and no address twice, also while one is killed or frozen", async () => {
  const { started } = await processes(2);
  const [one, other] = started;
  if (!one || !other) throw new Error("two were started");
  const { held, ask } = holdings();

  const [ofOne, ofOther] = await Promise.all([ask(one, from(0, 8)), ask(other, from(8, 8))]);
  expect([ofOne.length, ofOther.length]).toEqual([8, 8]);
  // A machine that asks the other process keeps what it has.
  expect((await ask(other, [0]))[0]?.address).toBe(ofOne[0]?.address);

  other.service.process.kill("SIGSTOP");
  expect(await ask(one, from(16, 4))).toHaveLength(4);
  other.service.process.kill("SIGCONT");
  expect(await ask(other, from(20, 4))).toHaveLength(4);

  const dying = ask(one, from(24, 4));
  await one.service.kill();
  await dying;
  await ask(other, from(24, 4));
  expect(held.length).toBeGreaterThanOrEqual(28);
  expect(duplicateAddresses(held)).toEqual([]);
});

test("one of two leads, and the other within its lease time when that one is killed or frozen", async () => {
  const { started } = await processes(2);
  const [one, other] = started;
  if (!one || !other) throw new Error("two were started");
  await eventually(async () => ((await leads(one)) ? true : undefined));
  expect(await leads(other)).toBe(false);
  expect((await leaderOf(other)).term).toBe(1);

  one.service.process.kill("SIGSTOP");
  const frozenAtMs = performance.now();
  await eventually(async () => ((await leads(other)) ? true : undefined));
  // The question itself takes a moment, on a slow machine a long one.
  expect(performance.now() - frozenAtMs).toBeLessThan(leadershipSeconds * 1_000 + 2_000);
  one.service.process.kill("SIGCONT");
  expect([await leads(one), await leads(other)]).toEqual([false, true]);
  expect((await leaderOf(other)).term).toBe(2);

  await other.service.kill();
  await eventually(async () => ((await leads(one)) ? true : undefined));
  expect((await leaderOf(one)).term).toBe(3);
});

test("a name that two processes are asked for at once is one machine's", async () => {
  const { started } = await processes(2);
  const names = from(0, 12).map((index) => `node-${index}`);
  const registered = await Promise.all(
    names.map(async (name, index) => {
      const refusals = await Promise.all(
        started.map(({ service }, which) =>
          refusalsOf(service, "registerMachine", { name, macs: [`52:54:00:0${which}:00:${hex(index)}`] }),
        ),
      );
      return refusals.filter((codes) => codes.length === 0).length;
    }),
  );
  expect(registered).toEqual(names.map(() => 1));
});

function hex(index: number): string {
  return index.toString(16).padStart(2, "0");
}
