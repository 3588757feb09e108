import { expect, test, vi } from "vitest";
import { engineSite, spawnEngine } from "./engine-service.ts";

vi.setConfig({ testTimeout: 120_000 });

test("a second process in a data directory is refused, and says whose it is", async () => {
  const { connectionString } = await spawnEngine();
  const site = await engineSite(connectionString);
  const first = await site.start();
  await expect(site.start()).rejects.toThrow(`is in use by process ${first.process.pid}`);
});

test("an engine that is away when the service starts ends the start with one line", async () => {
  const engine = await spawnEngine();
  const site = await engineSite(engine.connectionString);
  await engine.kill();
  const startedAtMs = performance.now();
  await expect(site.start()).rejects.toThrow(/^ironledger: the engine does not answer: .*$/m);
  expect(performance.now() - startedAtMs).toBeLessThan(60_000);
});
