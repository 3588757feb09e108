import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Retention } from "../../src/config/retention.ts";
import { makeFleetLog, readAll } from "../adapters/event-store/sqlite/archive/archive.support.ts";
import { temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { createCliSite } from "../cli/support/site.ts";
import { installCommands, readGuide, runBlock } from "../support/guide.ts";

/** `sh` runs on the host of a stopped service, `sh restored` on a new one, `sh service` beside a service. */
const { blocks } = await readGuide("retention");

describe("the guide to retention", () => {
  test("prints commands that work, in their order", async () => {
    const data = temporaryDirectory();
    await makeFleetLog(join(data, "log"), 3);
    const before = readAll(join(data, "log"));
    const env = { ...process.env, PATH: await installCommands(temporaryDirectory()) };
    // The log has a hundred events, and not a million.
    const run = async (block: string) => {
      const script = block.replaceAll("/var/lib/ironledger/data", data);
      return (await runBlock(script.replace("--days 90", "--days 8 --least-events 1"), { cwd: data, env }))
        .stdout;
    };
    const [archive = "", verify = "", audit = "", ...others] = blocks("sh");
    expect(others).toEqual([]);
    const [archived, verified] = [await run(archive), await run(verify)];
    expect(archived).toMatch(/^\d+ events in 3 files are in .+\/log\/archive/);
    expect(verified).toContain(`${before.length + 3} events from position 1 on`);
    expect(verified).toContain("nothing wrong was found");
    expect((await run(audit)).match(/nothing wrong was found/g)).toHaveLength(3);

    const shape = (name: string) => name.trim().replaceAll(/[0-9a-f]{12,}/g, "0");
    const [first = ""] = await readdir(join(data, "log", "archive"));
    expect(shape(first)).toBe(shape(blocks("text files")[0] ?? ""));
    expect(await run(archive)).toContain("nothing was archived");

    const [backup, restored] = [temporaryDirectory(), temporaryDirectory()];
    await run(`ironledger-maintenance backup --data ${data} --out ${backup}/ledger.db`);
    await cp(join(data, "log", "archive"), join(backup, "archive"), { recursive: true });
    const bring = blocks("sh restored")[0] ?? "";
    const script = bring
      .replaceAll("/backup/", `${backup}/`)
      .replaceAll("/var/lib/ironledger/data", restored);
    expect(await run(script)).not.toContain("is not there");
    expect(await run(verify.replaceAll("/var/lib/ironledger/data", restored))).toContain(
      "nothing wrong was found",
    );
  });

  test("prints a configuration and a command that the service takes", async () => {
    const [yaml = ""] = blocks("yaml");
    expect(Retention.parse(parse(yaml).retention)).toEqual({ sealAfterDays: 90, leastEvents: 1_000_000 });
    const { service, tokenFile, remove } = await createCliSite();
    try {
      const folder = temporaryDirectory();
      const env = {
        ...process.env,
        PATH: await installCommands(folder),
        IRONLEDGER_SERVER: service.api,
        IRONLEDGER_TOKEN_FILE: tokenFile,
      };
      const [block = ""] = blocks("sh service");
      expect((await runBlock(block, { cwd: folder, env })).stderr).not.toContain("error");
    } finally {
      await remove();
    }
  });
});
