import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Config } from "../../src/config.ts";
import { installCommands, readGuide, runBlock } from "../support/guide.ts";
import { createSite, type RunningService, type Site, startService } from "../support/service-under-test.ts";

/** `sh` runs beside the service, `sh stopped` after it. */
const { blocks } = await readGuide("operate");

let site: Site;
let folder: string;
let configFile: string;
let path: string;
let service: RunningService | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-operate-"));
  await mkdir(join(folder, "assets"));
  path = await installCommands(folder);
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
  return (await runBlock(script, { cwd: folder, env: { ...process.env, PATH: path } })).stdout;
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
