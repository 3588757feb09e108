import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { afterwards } from "../../../support/afterwards.ts";
import { type SpawnedFixture, spawnFixture } from "../../../support/esdb-fixture/spawn.ts";
import { eventually } from "../../../support/eventually.ts";
import { openStore } from "./support.ts";
import { writeThrough } from "./write-through.ts";

const limits = { appendMs: 1_000, readMs: 30_000, callMs: 500, lookMs: 500 };

async function spawned(): Promise<SpawnedFixture> {
  const directory = mkdtempSync(join(tmpdir(), "ironledger-engine-"));
  afterwards(() => rmSync(directory, { recursive: true }));
  const fixture = await spawnFixture(join(directory, "journal"));
  afterwards(fixture.kill);
  return fixture;
}

test("an engine that is killed and restarted loses, doubles and disorders nothing", async () => {
  const { connectionString, killAndRestart } = await spawned();
  const store = openStore(connectionString, { limits });
  await writeThrough({
    store,
    async disturb() {
      for (let kill = 0; kill < 5; kill++) {
        const before = await store.head();
        await eventually(async () => ((await store.head()) === before ? undefined : true));
        await pause(100 + 200 * Math.random());
        await killAndRestart();
      }
    },
  });
});

test("an engine that is stopped, longer than an append waits, goes on as if nothing was", async () => {
  const { connectionString, signal } = await spawned();
  const store = openStore(connectionString, { limits });
  const { failed } = await writeThrough({
    store,
    async disturb() {
      for (const stoppedMs of [200, 2_500]) {
        await pause(200);
        signal("SIGSTOP");
        await pause(stoppedMs);
        signal("SIGCONT");
      }
    },
  });
  expect(failed).toBeGreaterThan(0);
});
