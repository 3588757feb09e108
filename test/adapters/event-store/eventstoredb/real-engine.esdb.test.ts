import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { eventStoreContract } from "../../../contracts/event-store.contract.ts";
import { logOfItsOwn } from "./shared-engine.ts";
import { openStore } from "./support.ts";
import { writeThrough } from "./write-through.ts";

const { ESDB_URL: connectionString, ESDB_RESTART: restartCommand } = process.env;
if (!connectionString) {
  throw new Error(
    "ESDB_URL names no engine: set it to the connection string of an empty one, such as esdb://127.0.0.1:2113?tls=false",
  );
}

const run = promisify(execFile);

describe("a store on the engine that ESDB_URL names", () => {
  eventStoreContract(async (clock) =>
    logOfItsOwn(openStore(connectionString, clock && { clock }), `~${randomUUID().slice(0, 8)}`),
  );
});

test("nothing is lost, doubled or disordered while appends are under way", async () => {
  const suffix = `~${randomUUID()}`;
  const { appended } = await writeThrough({
    store: openStore(connectionString),
    suffix,
    disturb: () => pause(2_000),
  });
  expect(appended).toBeGreaterThan(60);
});

test.runIf(restartCommand)(
  "nothing is lost, doubled or disordered when ESDB_RESTART is run thrice",
  async () => {
    await writeThrough({
      store: openStore(connectionString, { limits: { readMs: 120_000 } }),
      suffix: `~${randomUUID()}`,
      async disturb() {
        for (let restart = 0; restart < 3; restart++) {
          await pause(2_000);
          await run("sh", ["-c", restartCommand ?? ""]);
        }
      },
    });
  },
  600_000,
);
