import { copyFile, mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { createCliSite } from "../cli/support/site.ts";
import { append, makeLog, signNow } from "../maintenance/evidence.support.ts";
import { installCommands, readGuide, runBlock } from "../support/guide.ts";

const root = join(import.meta.dirname, "../..");

/** `sh` runs where the log is, `sh service` beside a service, `sh checkout` where the sources are. */
const { blocks } = await readGuide("verify");

/** A folder with a key and two checkpoints of a log that has grown since, and how blocks are run there. */
async function auditor() {
  const data = await makeLog();
  const folder = temporaryDirectory();
  const first = signNow(data);
  await append(data, "machine-1", 3);
  const second = signNow(data);
  await append(data, "machine-2", 3);
  await copyFile(first.key, join(folder, "log.key"));
  await copyFile(first.checkpoint[0] ?? "", join(folder, "checkpoint-1"));
  await copyFile(second.checkpoint[0] ?? "", join(folder, "checkpoint-2"));
  await mkdir(join(folder, "tools"));
  const env = { ...process.env, PATH: await installCommands(join(folder, "tools")) };
  const run = async (block: string) => {
    const script = block.replaceAll("/var/lib/ironledger/data", data);
    return (await runBlock(script, { cwd: folder, env })).stdout;
  };
  return { data, folder, run };
}

describe("the guide to verifying", () => {
  test("prints commands that work, in their order", async () => {
    const { data, folder, run } = await auditor();
    const told: string[] = [];
    for (const block of blocks("sh")) {
      told.push(await run(block));
      // Something to be new when the log is exported again.
      if (block.includes("--out log.ndjson")) await append(data, "network", 2);
    }
    const [plain, json, signed, both, exported, , more, elsewhere] = told;
    expect(told).toHaveLength(8);
    expect(plain).toContain("36 events from position 1 on");
    expect(plain).toContain("nothing wrong was found");
    expect(json).toBe("");
    expect(JSON.parse(await readFile(join(folder, "verified.json"), "utf8"))).toMatchObject({
      findingCount: 0,
    });
    expect(signed).toContain("vouches for it up to position 30; behind it are 6 that nobody signed yet");
    expect(both).toContain("vouches for it up to position 33; behind it are 3 that nobody signed yet");
    expect(exported).toMatch(/^36 events are in .+\/log\.ndjson\n$/);
    expect(more).toMatch(/^2 events are in .+\/more\.ndjson\n$/);
    expect(elsewhere).toContain("nothing wrong was found");

    await symlink(join(root, "src"), join(folder, "src"));
    const [copied = ""] = blocks("sh checkout");
    expect(await run(copied)).toContain("vouches for it up to position 30");
    expect(await run("ironledger-verify more.ndjson")).toContain("2 events from position 37 on");
  });

  test("prints commands that work beside a running service", async () => {
    const { service, tokenFile, remove } = await createCliSite();
    try {
      const folder = temporaryDirectory();
      const path = await installCommands(folder);
      const env = {
        ...process.env,
        PATH: path,
        IRONLEDGER_SERVER: service.api,
        IRONLEDGER_TOKEN_FILE: tokenFile,
      };
      const told: string[] = [];
      for (const block of blocks("sh service"))
        told.push((await runBlock(block, { cwd: folder, env })).stdout);
      const [signed, event, continued = ""] = told;
      expect(told).toHaveLength(3);
      expect(signed).toMatch(/the first \d+ events are signed/);
      expect(await readFile(join(folder, "ledger.checkpoint"), "utf8")).toMatch(
        /^ironledger\/[0-9a-f.]+\n\d+\n/,
      );
      expect(event).toMatch(/event \S+ is number 1 of the log ironledger\//);
      expect(continued).toMatch(/^the log ironledger\/\S+ of \d+ events continues the log of \d+\n/);
      expect(await readFile(join(folder, "ledger.newer-checkpoint"), "utf8")).toMatch(
        /^ironledger\/\S+\n\d+\n/,
      );
    } finally {
      await remove();
    }
  });

  test("shows what verifying a log prints", async () => {
    const { run } = await auditor();
    const shape = (text: string) => text.replaceAll(/[0-9a-f]{12,}|[0-9]+/g, "0").trim();
    const [printed = ""] = blocks("text");
    expect(shape(await run(blocks("sh")[0] ?? ""))).toBe(shape(printed));
  });
});
