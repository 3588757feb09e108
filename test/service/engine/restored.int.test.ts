import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { accepted, defineSubnet, refusalsOf } from "../../support/rehearsal-site.ts";
import type { RunningService } from "../../support/service-under-test.ts";
import { engineSite, spawnEngine } from "./engine-service.ts";

vi.setConfig({ testTimeout: 240_000 });

const register = (service: RunningService, name: string) =>
  refusalsOf(service, "registerMachine", { name, macs: ["52:54:00:00:00:01"] });

async function restoresOf(service: RunningService): Promise<number> {
  const query =
    'query { events(filter: { stream: { eq: "system" }, type: { eq: "RestoreDetected" } }, first: 10) { nodes { id } } }';
  const { events } = await service.graphql(query);
  return (events as { readonly nodes: readonly unknown[] }).nodes.length;
}

test("an engine that was put back while the service was down, or under it, is fenced until an epoch starts", async () => {
  const engine = await spawnEngine();
  const site = await engineSite(engine.connectionString);
  let service = await site.start();
  await defineSubnet(service);
  const putBack = await engine.copy();
  expect(await register(service, "web-01")).toEqual([]);
  await service.stop();

  await putBack();
  service = await site.start();
  expect(await restoresOf(service)).toBe(1);
  const query = "{ service { fenced fencedBecause } machines { nodes { id } } }";
  expect(await service.graphql(query)).toMatchObject({
    service: { fenced: true, fencedBecause: expect.stringContaining("an older one") },
    machines: { nodes: [] },
  });
  await accepted(service, "startEffectsEpoch", { reason: "looked at" });
  expect(await register(service, "web-01")).toEqual([]);

  // Started again on the same log, it has nothing to say.
  await service.stop();
  service = await site.start();
  expect(await restoresOf(service)).toBe(1);

  const ended = once(service.process, "exit");
  await putBack();
  expect(await ended).toEqual([1, null]);
  service = await site.start();
  expect(await restoresOf(service)).toBe(1);
  expect(await service.graphql(query)).toMatchObject({
    service: { fenced: true, fencedBecause: expect.stringContaining("another incarnation") },
  });
});
