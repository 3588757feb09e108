import { once } from "node:events";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { type EngineSite, engineSite, spawnEngine } from "./engine-service.ts";

vi.setConfig({ testTimeout: 240_000 });

/** Starts the service, and resolves when it has ended: by itself, before it was ready or after. */
async function ended(site: EngineSite): Promise<void> {
  const service = await site.start().catch(() => undefined);
  if (service) await once(service.process, "exit");
}

test("of two first processes with keys of their own one goes on, and the other when it has the keys", async () => {
  const { connectionString } = await spawnEngine();
  const sites = await Promise.all([1, 2].map(() => engineSite(connectionString, { leadershipSeconds: 4 })));
  const end = await Promise.race(sites.map(async (site) => ended(site).then(() => site)));
  const winner = sites.find((site) => site !== end);
  if (!winner) throw new Error("two were started");
  const refusal = /secret keys in secrets\/ are others than those of/;
  expect(await readFile(end.logFile, "utf8")).toMatch(refusal);

  await expect(end.start()).rejects.toThrow(refusal);
  await cp(join(winner.dataDirectory, "secrets"), join(end.dataDirectory, "secrets"), { recursive: true });
  const again = await end.start();
  expect((await fetch(new URL("/readyz", again.api))).status).toBe(200);
});
