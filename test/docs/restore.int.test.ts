import { readdirSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { createCliSite } from "../cli/support/site.ts";
import { installCommands, readGuide, runBlock } from "../support/guide.ts";
import { startService } from "../support/service-under-test.ts";

/** `sh` runs beside the service, `sh stopped` after it, `sh restored` beside the one that was restored. */
const { blocks } = await readGuide("restore");

describe("the guide to restoring", () => {
  test("prints commands that work, in their order", { timeout: 300_000 }, async () => {
    const { site, service, tokenFile, remove } = await createCliSite();
    try {
      const backup = temporaryDirectory();
      const home = temporaryDirectory();
      const path = await installCommands(home);
      const run = async (block: string, server = service.api) => {
        const script = block
          .replaceAll("/var/lib/ironledger/data", site.dataDirectory)
          .replaceAll("/backup/", `${backup}/`);
        const env = { ...process.env, PATH: path, HOME: home, IRONLEDGER_SERVER: server };
        return (await runBlock(script, { cwd: home, env: { ...env, IRONLEDGER_TOKEN_FILE: tokenFile } }))
          .stdout;
      };

      const [taken, checked, nightly, copied, ...others] = blocks("sh");
      expect(others).toEqual([]);
      expect(await run(taken ?? "")).toMatch(/ledger-.+\.db has \d+ events/);
      expect(await run(checked ?? "")).toMatch(/^ledger-\S+\.db: OK$/m);
      expect(await run(nightly ?? "")).toMatch(/ledger-.+\.db has \d+ events/);
      expect(await run(copied ?? "")).toMatch(/^\d+ events in \d+ octets are in \S+ledger\.db/);
      await copyFile(tokenFile, join(backup, "api-token"));

      await service.stop();
      const [restore = ""] = blocks("sh stopped");
      expect(await run(restore)).toContain("will start fenced");

      const configFile = await site.configFor(site.dataDirectory);
      const restored = await startService(configFile, join(site.directory, "restored.log"));
      try {
        const [look = "", lift = ""] = blocks("sh restored");
        expect(blocks("sh restored")).toHaveLength(2);
        expect(await run(look, restored.api)).toMatch(/fenced +(true|yes)/i);
        await run(lift, restored.api);
        const { service: now } = await restored.graphql("{ service { fenced } }");
        expect(now).toEqual({ fenced: false });
      } finally {
        await restored.stop();
      }
    } finally {
      await remove();
    }
  });

  test("prints a command that keeps the newest backups, each with its digest", async () => {
    const [prune = ""] = blocks("sh prune");
    const folder = temporaryDirectory();
    for (let day = 10; day < 30; day++) {
      const name = `ledger-202601${day}T000000000Z.db`;
      writeFileSync(join(folder, name), "");
      writeFileSync(join(folder, `${name}.sha256`), "");
    }
    const block = prune.replaceAll("/var/lib/ironledger/data/backups", folder);
    await runBlock(block, { cwd: folder, env: process.env });
    const left = readdirSync(folder).toSorted();
    expect(left).toHaveLength(28);
    expect(left[0]).toBe("ledger-20260116T000000000Z.db");
  });
});
