import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Config } from "../../src/config.ts";
import { createSite, type RunningService, type Site, startService } from "../support/service-under-test.ts";

const root = join(import.meta.dirname, "../..");
const page = await readFile(join(root, "docs/guides/operate.md"), "utf8");

/** What the commands of the package are in a checkout. */
const commands = { "ironledger-server": "src/main.ts", "ironledger-maintenance": "src/maintenance/main.ts" };

/** The blocks of one kind: `sh` runs beside the service, `sh stopped` after it, `sh elsewhere` not here. */
function blocks(kind: string): readonly string[] {
  return [...page.matchAll(/```([a-z ]+)\n([\s\S]*?)```/g)]
    .filter(([, info]) => info === kind)
    .map(([, , text = ""]) => text);
}

let site: Site;
let folder: string;
let configFile: string;
let service: RunningService | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-operate-"));
  await mkdir(join(folder, "bin"));
  await mkdir(join(folder, "assets"));
  for (const [name, entry] of Object.entries(commands)) {
    const file = join(folder, "bin", name);
    await writeFile(file, `#!/bin/sh\nexec ${process.execPath} ${join(root, entry)} "$@"\n`);
    await chmod(file, 0o755);
  }
  site = await createSite(join(folder, "assets"));
  configFile = await site.configFor(site.dataDirectory);
});

afterAll(async () => {
  await service?.kill();
  await site.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a block as it stands, but for where things are. @throws when one of its commands fails */
async function run(block: string): Promise<string> {
  const address = service ? new URL(service.api).host : "127.0.0.1:8090";
  const script = block
    .replaceAll("/etc/ironledger/ironledger.yaml", configFile)
    .replaceAll("/var/lib/ironledger/data", site.dataDirectory)
    .replaceAll("127.0.0.1:8090", address);
  const path = [join(folder, "bin"), process.env["PATH"]].join(delimiter);
  const options = { cwd: folder, env: { ...process.env, PATH: path }, timeout: 50_000 };
  const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], options);
  return stdout;
}

describe("the guide to operating", () => {
  test("prints commands that work", async () => {
    const [check = "", ...beside] = blocks("sh");
    expect(beside.length).toBe(2);
    expect(await run(check)).toContain("the service can start on this");

    service = await startService(configFile, join(folder, "service.log"));
    const [metrics = "", health = ""] = beside;
    expect(await run(metrics)).toContain("ironledger_ready 1");
    expect(await run(health)).toContain('{"status":"ready"}');

    await service.stop();
    const [token = ""] = blocks("sh stopped");
    const told = await run(token);
    expect(told).toMatch(/ilt_[A-Za-z0-9_-]{43}\n$/);

    service = await startService(configFile, join(folder, "service.log"));
    const headers = { authorization: `Bearer ${told.trim().split("\n").at(-1)}` };
    const response = await fetch(service.api.replace("/graphql", "/metrics"), { headers });
    expect(response.status).toBe(200);
  });

  test("prints configurations that are taken", () => {
    const [prometheus, ...ours] = blocks("yaml").map((text) => parse(text));
    expect(prometheus.scrape_configs[0]).toMatchObject({ metrics_path: "/metrics" });
    expect(ours.length).toBe(3);
    for (const part of ours) {
      const config = { dataDirectory: "data", wire: { address: "10.77.0.1" }, ...part };
      expect(Config.safeParse(config).error?.issues ?? []).toEqual([]);
    }
  });

  test("says of everything else that it was never run here", () => {
    expect(blocks("sh elsewhere").length).toBeGreaterThan(3);
    for (const block of blocks("sh elsewhere")) expect(block).toMatch(/systemctl|docker/);
  });
});
