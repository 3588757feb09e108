import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { engine } from "../adapters/event-store/eventstoredb/support.ts";
import { temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { writtenLog } from "../maintenance/migrate/support.ts";
import { installCommands, readGuide, runBlock } from "../support/guide.ts";

test("the guide to moving a log prints commands that work, in their order", async () => {
  const { data, events } = await writtenLog();
  const { connectionString } = await engine();
  const folder = temporaryDirectory();
  writeFileSync(join(folder, "engine-user"), "ironledger:secret\n", { mode: 0o600 });
  const env = { ...process.env, PATH: await installCommands(folder) };
  const { page } = await readGuide("migrate");
  // Those of the numbered steps are indented.
  const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
  const told: string[] = [];
  for (const block of blocks) {
    const script = block
      .replaceAll("/var/lib/ironledger/data", data)
      .replaceAll("esdb://db1:2113", connectionString);
    told.push((await runBlock(script, { cwd: folder, env })).stdout);
  }
  const [there, back, reopened, ...others] = told;
  expect(others).toEqual([]);
  expect(there).toContain(`${events.length} events are in esdb://`);
  // Coming into an engine was an event there.
  expect(back).toMatch(new RegExp(`^${events.length + 1} events are in ./moved-data`));
  expect(reopened).toContain("The service will start fenced on it");
});
