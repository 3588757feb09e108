import { expect, test } from "vitest";
import { hardwareOf } from "../../../src/rehearsal/hardware.ts";
import { eventually } from "../../support/eventually.ts";
import { defineSubnet } from "../../support/rehearsal-site.ts";
import type { RunningService } from "../../support/service-under-test.ts";
import { engineSite, spawnEngine } from "./engine-service.ts";

interface LeaseNode {
  readonly address: string;
  readonly holder: { readonly mac: string };
}

async function leasesOf(service: RunningService): Promise<readonly LeaseNode[]> {
  const { leases } = await service.graphql("{ leases { nodes { address holder { mac } } } }");
  return (leases as { readonly nodes: readonly LeaseNode[] }).nodes;
}

async function readyz(
  service: RunningService,
): Promise<{ readonly status: number; readonly codes: unknown }> {
  const response = await fetch(new URL("/readyz", service.api));
  const { reasons = [] } = (await response.json()) as { readonly reasons?: readonly { code: string }[] };
  return { status: response.status, codes: reasons.map(({ code }) => code) };
}

test("a service on an engine grants, shows, restarts, and says so while the engine is away", async () => {
  const engine = await spawnEngine();
  const site = await engineSite(engine.connectionString);
  let service = await site.start();
  await defineSubnet(service);

  const { address } = await eventually(() => site.lease(1).catch(() => undefined));
  const lease = { address, holder: { mac: hardwareOf(1, { packages: [] }).mac } };
  await eventually(async () => ((await leasesOf(service)).length === 1 ? true : undefined));
  expect(await leasesOf(service)).toEqual([lease]);

  await service.stop();
  expect(service.process.exitCode).toBe(0);
  service = await site.start();
  expect(await leasesOf(service)).toEqual([lease]);
  expect((await site.lease(1)).address).toBe(address);
  expect(await readyz(service)).toEqual({ status: 200, codes: [] });

  engine.signal("SIGSTOP");
  await eventually(async () => ((await readyz(service)).status === 503 ? true : undefined));
  expect((await readyz(service)).codes).toEqual(["LOG_READ_ONLY"]);
  await expect(site.lease(2, [500, 1_000, 1_000])).rejects.toThrow("no ack");
  // What is known needs no engine.
  expect(await leasesOf(service)).toEqual([lease]);

  engine.signal("SIGCONT");
  await eventually(async () => ((await readyz(service)).status === 200 ? true : undefined));
  expect((await site.lease(2)).address).not.toBe(address);

  await engine.killAndRestart();
  await eventually(async () => ((await readyz(service)).status === 200 ? true : undefined));
  expect((await site.lease(3)).address).not.toBe(address);
  await eventually(async () => ((await leasesOf(service)).length === 3 ? true : undefined));
});
