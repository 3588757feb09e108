import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AgentEnd, runAgent } from "../../src/rehearsal/agent.ts";
import { createDisk, type Disk } from "../../src/rehearsal/disk.ts";
import { diskBytes, hardwareOf } from "../../src/rehearsal/hardware.ts";
import { createHttpClient } from "../../src/rehearsal/http-client.ts";
import { imageContents } from "../../src/rehearsal/image.ts";
import { type FakeBootHttp, startFakeBootHttp } from "./fake-boot-http.ts";

const image = imageContents(64 * 1024);
const imageSha256 = createHash("sha256").update(image).digest("hex");
const machine = "01890a5d-ac96-774b-bcce-b302099a8057";
const run = "01890a5d-ac96-774b-bcce-b302099a8058";
const bootId = "5f0e1c1a-8f5d-4bb1-9a4f-0d6f3b2c1a00";
const hardware = hardwareOf(0, { packages: [] });
const paths = {
  inventory: `/agent/v1/discoveries/${machine}/inventory`,
  task: `/agent/v1/discoveries/${machine}/task`,
  hello: `/agent/v1/runs/${run}/hello`,
  stages: `/agent/v1/runs/${run}/stages`,
  result: `/agent/v1/runs/${run}/result`,
  image: `/agent/v1/runs/${run}/image`,
};

let service: FakeBootHttp;
let directory: string;
let disk: Disk;
let failures: string[];

beforeEach(async () => {
  service = await startFakeBootHttp();
  directory = await mkdtemp(join(tmpdir(), "rehearsal-agent-"));
  disk = await createDisk(join(directory, "disk.img"), diskBytes);
  failures = [];
});

afterEach(async () => {
  await service.close();
  await rm(directory, { recursive: true });
});

function start(mode: "discover" | "deploy"): Promise<AgentEnd> {
  const signal = AbortSignal.timeout(30_000);
  const words = {
    server: service.base,
    mode,
    machine,
    token: `${mode}-token`,
    mac: hardware.mac,
    ...(mode === "deploy" ? { run } : {}),
  };
  return runAgent({
    argumentsText: `initrd=initrd.img ${Object.entries(words)
      .map(([name, value]) => `ironledger.${name}=${value}`)
      .join(" ")}`,
    hardware,
    disk,
    http: createHttpClient({
      localAddress: "127.77.1.5",
      userAgent: "test",
      onFailure: (message) => failures.push(message),
      signal,
    }),
    bootId,
    report: () => undefined,
    signal,
  });
}

/** The first `bytes` of the disk. */
async function diskContents(bytes: number): Promise<Buffer> {
  return (await readFile(join(directory, "disk.img"))).subarray(0, bytes);
}

function reportsTo(path: string): readonly unknown[] {
  return service.seen.filter((request) => request.path === path).map(({ body }) => body);
}

/** A service that hands out this order and takes every report. */
function serveOrder(changes: Readonly<Record<string, unknown>> = {}, packed: Buffer = gzipSync(image)): void {
  service.answer(paths.hello, () => ({
    action: "deploy-image",
    imageUrl: `${service.base}${paths.image}`,
    imageToken: "image-token",
    reportUrl: `${service.base}/agent/v1/runs/${run}`,
    reportToken: "report-token",
    format: "gzip",
    sha256: imageSha256,
    diskName: "vda",
    diskSerial: hardware.inventory.disks[0]?.serial,
    diskBytes,
    ...changes,
  }));
  service.answer(paths.image, () => packed);
  service.answer(paths.stages, () => ({}));
  service.answer(paths.result, () => ({}));
}

describe("discovering a machine", () => {
  test("reports the inventory, waits as long as told, and starts again when there is something to do", async () => {
    service.answer(paths.inventory, () => ({ status: "recorded" }));
    let asked = 0;
    service.answer(paths.task, () => {
      asked += 1;
      return asked < 3 ? { action: "wait", seconds: 0.01 } : { action: "reboot" };
    });
    expect(await start("discover")).toEqual({ end: "reboot", installed: false });
    expect(reportsTo(paths.inventory)).toEqual([{ bootId, inventory: hardware.inventory }]);
    expect(asked).toBe(3);
    expect(service.seen.every(({ authorization }) => authorization === "Bearer discover-token")).toBe(true);
    expect(service.seen.every(({ from }) => from === "127.77.1.5")).toBe(true);
  });

  test("tries again when the service fails for a moment", async () => {
    let asked = 0;
    service.answer(paths.inventory, () => {
      asked += 1;
      return asked < 2 ? 503 : { status: "recorded" };
    });
    service.answer(paths.task, () => ({ action: "reboot" }));
    expect(await start("discover")).toEqual({ end: "reboot", installed: false });
    expect(failures).toEqual([`${paths.inventory}: status 503`]);
  });

  test("stops when its token is refused", async () => {
    expect(await start("discover")).toEqual({ end: "stopped", reason: "the service refused its inventory" });
  });
});

describe("installing an image", () => {
  test.each([
    ["raw", image],
    ["gzip", gzipSync(image)],
    ["zstd", zstdCompressSync(image)],
  ])("writes a %s image, reads it back and reports every stage", async (format, packed) => {
    serveOrder({ format }, packed);
    expect(await start("deploy")).toEqual({ end: "reboot", installed: true });
    expect(await diskContents(image.length)).toEqual(image);
    expect(reportsTo(paths.hello)).toEqual([{ agentBootId: bootId }]);
    expect(reportsTo(paths.stages)).toEqual([
      { stage: "writing", bytes: null },
      { stage: "written", bytes: image.length },
      { stage: "verifying", bytes: null },
      { stage: "verified", bytes: image.length },
    ]);
    expect(reportsTo(paths.result)).toEqual([
      { outcome: "completed", bytes: image.length, sha256: imageSha256 },
    ]);
    expect(service.seen.map(({ authorization }) => authorization)).toEqual([
      "Bearer deploy-token",
      "Bearer report-token",
      "Bearer image-token",
      ...Array(4).fill("Bearer report-token"),
    ]);
  });

  test("stops at a hello that is refused, and writes nothing", async () => {
    expect(await start("deploy")).toEqual({ end: "stopped", reason: "the service refused its hello" });
    expect(await diskContents(image.length)).toEqual(Buffer.alloc(image.length));
  });

  test("reports an image that is not there, and writes nothing", async () => {
    serveOrder();
    service.answer(paths.image, () => 404);
    expect(await start("deploy")).toMatchObject({ end: "stopped" });
    expect(reportsTo(paths.result)).toMatchObject([{ outcome: "failed", code: "IMAGE_TRANSFER_FAILED" }]);
    expect(await diskContents(image.length)).toEqual(Buffer.alloc(image.length));
  });
});

describe("failing to install an image", () => {
  test("reports a disk that reads back as something else", async () => {
    serveOrder({ sha256: "0".repeat(64) });
    expect(await start("deploy")).toMatchObject({ end: "stopped" });
    expect(reportsTo(paths.result)).toEqual([
      {
        outcome: "failed",
        code: "IMAGE_DIGEST_MISMATCH",
        message: `the disk reads back as ${imageSha256}`,
      },
    ]);
  });

  test.each([
    ["another serial number", { diskSerial: "ANOTHER" }],
    ["another size", { diskBytes: 1024 }],
    ["no serial number and another name", { diskSerial: "", diskName: "vdb" }],
    ["no serial number, where the disk of that name has one", { diskSerial: "" }],
  ])("writes nothing to a disk of %s", async (_, changes) => {
    serveOrder(changes);
    expect(await start("deploy")).toMatchObject({ end: "stopped" });
    expect(reportsTo(paths.result)).toMatchObject([{ outcome: "failed", code: "DISK_NOT_FOUND" }]);
    expect(await diskContents(image.length)).toEqual(Buffer.alloc(image.length));
  });

  test("reports an image that does not fit", async () => {
    disk = await createDisk(join(directory, "small.img"), 4096);
    serveOrder();
    expect(await start("deploy")).toMatchObject({ end: "stopped" });
    expect(reportsTo(paths.result)).toMatchObject([{ outcome: "failed", code: "IMAGE_WRITE_FAILED" }]);
  });

  test("reports an image that ends too early", async () => {
    serveOrder();
    service.answer(paths.image, (_, response) => {
      const packed = gzipSync(image);
      response.setHeader("content-length", packed.length);
      response.write(packed.subarray(0, 1000), () => response.destroy());
      return undefined;
    });
    expect(await start("deploy")).toMatchObject({ end: "stopped" });
    expect(reportsTo(paths.result)).toMatchObject([{ outcome: "failed", code: "IMAGE_TRANSFER_FAILED" }]);
    expect(failures).toEqual([`${paths.image}: aborted`]);
  });

  test("stops writing when a stage is refused: the run is over", async () => {
    serveOrder();
    service.answer(paths.stages, () => 404);
    expect(await start("deploy")).toEqual({ end: "stopped", reason: "the service refused its stages" });
    expect(await diskContents(image.length)).toEqual(Buffer.alloc(image.length));
    expect(reportsTo(paths.result)).toEqual([]);
  });
});

test("an agent without its arguments names what is missing", async () => {
  const text = `ironledger.server=${service.base} ironledger.mode=deploy ironledger.machine=${machine}`;
  await expect(runAgent({ argumentsText: text } as Parameters<typeof runAgent>[0])).rejects.toThrow(
    /kernel arguments: .*ironledger\.token: .*ironledger\.run: /,
  );
});
