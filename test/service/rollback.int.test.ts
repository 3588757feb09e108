import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../projections/view-files.ts";
import { accepted } from "../support/rehearsal-site.ts";
import { createRestartableSite } from "../support/restartable-site.ts";
import type { RunningService } from "../support/service-under-test.ts";

/** A service whose checkpoints are outside of its data directory. */
async function createSigned() {
  const directory = join(temporaryDirectory(), "checkpoints");
  const { dataDirectory, start } = await createRestartableSite({ checkpoints: { directory } });
  return { directory, log: join(dataDirectory, "log"), start };
}

/** Puts a folder's files back to what they were, each in its place, as a snapshot of a disk does. */
function rollBack(folder: string, older: string): void {
  for (const name of readdirSync(folder)) {
    if (!existsSync(join(older, name))) rmSync(join(folder, name), { recursive: true });
  }
  cpSync(older, folder, { recursive: true, force: true });
}

const register = (service: RunningService, name: string, mac: string) =>
  accepted(service, "registerMachine", { name, macs: [mac] });

const state = "{ service { fenced fencedBecause } logSigning { origin contradiction } }";

test("a log that was rolled back as a whole starts fenced when its checkpoints are elsewhere", async () => {
  const { start, log, directory } = await createSigned();
  const first = await start();
  await register(first, "one", "52:54:00:00:00:01");
  await first.stop();
  const older = join(temporaryDirectory(), "older");
  cpSync(log, older, { recursive: true });

  const second = await start();
  await register(second, "two", "52:54:00:00:00:02");
  await accepted(second, "signCheckpoint", {});
  const before = await second.graphql(state);
  await second.stop();
  expect(before).toMatchObject({ service: { fenced: false } });

  rollBack(log, older);
  const third = await start();
  const after = await third.graphql(state);
  expect(after).toMatchObject({
    service: {
      fenced: true,
      fencedBecause: expect.stringMatching(/a checkpoint was signed over \d+ events, and the log has \d+/),
    },
    logSigning: { contradiction: null },
  });
  // What is signed from now on cannot be taken for what was signed before.
  expect(after["logSigning"]).not.toMatchObject(before["logSigning"] as object);
  await accepted(third, "startEffectsEpoch", { reason: "the state was looked at" });
  await accepted(third, "signCheckpoint", {});
  expect(await third.graphql(state)).toMatchObject({ service: { fenced: false } });
  expect(readdirSync(directory).filter((name) => name.endsWith(".pub"))).toHaveLength(2);
  await third.stop();
  expect(await (await start()).graphql(state)).toMatchObject({ service: { fenced: false } });
});
