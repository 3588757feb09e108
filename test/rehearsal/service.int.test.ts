import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Service, ServiceError, startService } from "../../src/rehearsal/service.ts";

let directory: string;
let service: Service | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "rehearsal-service-"));
  service = undefined;
});

afterEach(async () => {
  await service?.stop();
  await rm(directory, { recursive: true });
});

const ready = `console.log(JSON.stringify({
  ready: true, api: "http://127.0.0.1:1", boot: "http://127.0.0.1:2", tokenFile: process.argv.slice(2).join(" "),
}));`;

/** Starts a program in place of the service. */
async function start(program: string): Promise<Service> {
  const entry = join(directory, "main.mjs");
  await writeFile(entry, program);
  service = await startService({ entry, configFile: "x.yaml", logFile: join(directory, "service.log") });
  return service;
}

describe("starting the service", () => {
  test("gives it its configuration and learns where it serves", async () => {
    const { api, tokenFile } = await start(`${ready} setInterval(() => {}, 1000);`);
    expect(api).toBe("http://127.0.0.1:1");
    expect(tokenFile).toBe("--config x.yaml");
  });

  test("stops it by asking, and keeps what it printed", async () => {
    const { stop } = await start(`
      process.on("SIGTERM", () => { console.error("goodbye"); process.exit(0); });
      setInterval(() => {}, 1000); ${ready}`);
    await stop();
    expect(await readFile(join(directory, "service.log"), "utf8")).toContain("goodbye");
  });

  test("tells the reason when it refuses to start", async () => {
    const refusal = start(`console.error("ironledger: x.yaml: wire: missing"); process.exit(2);`);
    await expect(refusal).rejects.toThrow(
      new ServiceError("the service ended (2): ironledger: x.yaml: wire: missing"),
    );
  });

  test("says so when it was killed and could give no reason", async () => {
    const { failure } = await start(`${ready} setTimeout(() => process.kill(process.pid, "SIGKILL"), 50);`);
    await expect(failure).rejects.toThrow("the service ended (SIGKILL): it gave no reason");
  });

  test("tells what went wrong when it does not keep running", async () => {
    const { failure } = await start(`${ready} setTimeout(() => { throw new TypeError("a bug"); }, 50);`);
    await expect(failure).rejects.toThrow("the service ended (1): TypeError: a bug");
  });
});
