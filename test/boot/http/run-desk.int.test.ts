import { once } from "node:events";
import { readdirSync, readlinkSync, symlinkSync } from "node:fs";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bootStream } from "../../../src/domain/boot/events.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { histories } from "../../support/machine-history.ts";
import { agentBootId, mac, machineId, plan, run } from "../../support/samples.ts";
import { bootId, startBootService } from "./boot-service.ts";

let service: Awaited<ReturnType<typeof startBootService>>;
beforeEach(async () => {
  service = await startBootService();
});
afterEach(() => service.stop());

const uniform = { status: 404, text: '{"error":"not found"}' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const machineTypes = () => service.types(machineStream(machineId));

const otherAgentBootId = "5f1c7a52-6c0e-4b1e-9d0a-0b6f8f3f2dff";
const helloToken = () => service.tokens.forRun(run, "hello");
const reportToken = () => service.tokens.forRun(run, "report");
const runPath = (endpoint: string) => `/agent/v1/runs/${run}/${endpoint}`;

async function withRun(history: readonly MachineEvent[]): Promise<void> {
  await service.machine(history);
  service.state.machineOfRun.set(run, machineId);
}

/** Codes of what was refused on the interface's stream, once there are this many. */
async function refusals(count: number): Promise<readonly unknown[]> {
  return vi.waitFor(async () => {
    const events = await service.store.readStream(bootStream(mac));
    const codes = events
      .filter(({ type }) => type === "BootRefused")
      .map(({ data }) => "code" in data && data.code);
    expect(codes.length).toBeGreaterThanOrEqual(count);
    return codes;
  }, 20_000);
}

describe("a run's agent that says hello", () => {
  const sayHello = (id = agentBootId) =>
    service.ask(runPath("hello"), { headers: bearer(helloToken()), body: { agentBootId: id } });

  test("is told what to write where, once the log knows of it", async () => {
    await withRun(histories.allocated);
    const { status, text } = await sayHello();
    expect(status).toBe(200);
    const base = `http://10.77.0.1:8080/agent/v1/runs/${run}`;
    expect(JSON.parse(text)).toEqual({
      action: "deploy-image",
      imageUrl: `${base}/image`,
      imageToken: service.tokens.forRun(run, "image"),
      reportUrl: base,
      reportToken: service.tokens.forRun(run, "report"),
      format: plan.image.format,
      sha256: plan.image.sha256,
      diskName: plan.disk.name,
      diskSerial: plan.disk.serial ?? "",
      diskBytes: plan.disk.bytes,
    });
    expect((await machineTypes()).slice(-2)).toEqual(["BootIntentConsumed", "DeploymentStarted"]);
  });

  test("gets the same answer when it asks again, and nothing is recorded twice", async () => {
    await withRun(histories.allocated);
    const first = await sayHello();
    const before = await machineTypes();
    expect((await sayHello()).text).toBe(first.text);
    await expect(machineTypes()).resolves.toEqual(before);
  });

  test("that comes second gets nothing, and the machine is quarantined", async () => {
    await withRun(histories.allocated);
    await sayHello();
    await expect(sayHello(otherAgentBootId)).resolves.toMatchObject(uniform);
    expect((await machineTypes()).slice(-2)).toEqual(["DeploymentFailed", "MachineQuarantined"]);
    await expect(refusals(1)).resolves.toEqual(["SECOND_CONSUMER"]);
  });

  test("is refused behind the fence, and the intent stays as it is", async () => {
    await withRun(histories.allocated);
    const before = await machineTypes();
    service.state.fenced = true;
    await expect(sayHello()).resolves.toMatchObject(uniform);
    await expect(refusals(1)).resolves.toEqual(["FENCED"]);
    await expect(machineTypes()).resolves.toEqual(before);
  });
});

describe("a run's agent at work", () => {
  test("reports stages and the end", async () => {
    await withRun(histories.deploying);
    const headers = bearer(reportToken());
    for (const stage of ["writing", "written", "verifying", "verified"]) {
      const answer = await service.ask(runPath("stages"), { headers, body: { stage, bytes: null } });
      expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: "{}" });
    }
    const body = { outcome: "completed", bytes: 4096, sha256: plan.image.sha256 };
    await expect(service.ask(runPath("result"), { headers, body })).resolves.toMatchObject({ status: 200 });
    expect((await machineTypes()).slice(-5)).toEqual([
      ...Array.from({ length: 4 }, () => "DeploymentStageReached"),
      "DeploymentCompleted",
    ]);
    await expect(service.ask(runPath("result"), { headers, body })).resolves.toMatchObject(uniform);
    await expect(refusals(1)).resolves.toEqual(["RUN_ENDED"]);
  });

  test("comes too late when the machine has had another run since, and that is recorded", async () => {
    await withRun(histories.deploying);
    const before = await machineTypes();
    service.state.machineOfRun.clear();
    const body = { outcome: "failed", code: "DISK_NOT_FOUND", message: "no disk" };
    const asked = { headers: bearer(reportToken()), body };
    await expect(service.ask(runPath("result"), asked)).resolves.toMatchObject(uniform);
    await expect(refusals(1)).resolves.toEqual(["RUN_ENDED"]);
    await expect(machineTypes()).resolves.toEqual(before);
  });

  test("reports that it failed", async () => {
    await withRun(histories.deploying);
    const headers = bearer(reportToken());
    const body = { outcome: "failed", code: "DISK_NOT_FOUND", message: "no disk" };
    await expect(service.ask(runPath("result"), { headers, body })).resolves.toMatchObject({ status: 200 });
    expect((await machineTypes()).at(-1)).toBe("DeploymentFailed");
  });

  test("cannot report for the service", async () => {
    await withRun(histories.deploying);
    const headers = bearer(reportToken());
    const body = { outcome: "failed", code: "MACHINE_RETIRED", message: "" };
    await expect(service.ask(runPath("result"), { headers, body })).resolves.toMatchObject({ status: 400 });
  });

  test("names the boot that started it as the cause, also when a restart came between", async () => {
    await withRun(histories.deploying);
    const served = { environment: "image-deploy", version: 1, machineId, run, address: "10.77.0.100" };
    const digests = { inputs: "0".repeat(64), script: "0".repeat(64) };
    const script = { type: "BootScriptServed", data: { ...served, ...digests }, schema: 1 };
    const meta = { actor: "client:x", source: "boot", $correlationId: run, $causationId: bootId };
    await service.store.append(bootStream(mac), {
      expectedRevision: "any",
      events: [{ ...script, id: service.newId(), meta }],
    });
    await service.ask(runPath("stages"), {
      headers: bearer(reportToken()),
      body: { stage: "writing", bytes: null },
    });
    const reported = (await service.store.readStream(machineStream(machineId))).at(-1);
    expect(reported?.meta).toMatchObject({ $correlationId: run, $causationId: bootId });
  });
});

/** A client that read the beginning of the image and then reads no more. */
async function beginDownload() {
  const socket = connect(service.port, "127.0.0.1");
  const authorization = `Authorization: Bearer ${service.tokens.forRun(run, "image")}`;
  socket.write(`GET ${runPath("image")} HTTP/1.1\r\nHost: x\r\n${authorization}\r\n\r\n`);
  await once(socket, "readable");
  socket.on("error", () => socket.destroy());
  return socket;
}

function pathOfDescriptor(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    // It was closed since the folder was read.
    return undefined;
  }
}

test("a log that takes nothing is no refusal: the agent is to try again", async () => {
  await withRun(histories.deploying);
  await service.store.close();
  const body = { stage: "writing", bytes: null };
  const answer = await service.ask(runPath("stages"), { headers: bearer(reportToken()), body });
  expect(answer).toMatchObject({ status: 503, text: '{"error":"unavailable"}' });
  expect(answer.headers["retry-after"]).toBe("5");
});

describe("a run's image", () => {
  const bytes = Buffer.alloc(200_000, "image ");
  const fetchImage = (asked = {}) =>
    service.ask(runPath("image"), { headers: bearer(service.tokens.forRun(run, "image")), ...asked });

  test("comes whole or in parts, and is observed as part of the run", async () => {
    await withRun(histories.deploying);
    service.folder.write(`images/${plan.image.file}`, bytes);
    const { status, body, headers } = await fetchImage();
    expect(status).toBe(200);
    expect(body.equals(bytes)).toBe(true);
    expect(headers.etag).toContain(plan.image.sha256);

    const range = { ...bearer(service.tokens.forRun(run, "image")), range: "bytes=199990-" };
    const part = await fetchImage({ headers: range });
    expect(part.status).toBe(206);
    expect(part.body.equals(bytes.subarray(199_990))).toBe(true);

    await vi.waitFor(async () => {
      const [observed] = await service.store.readStream(bootStream(mac));
      expect(observed).toMatchObject({
        type: "BootFileServed",
        data: { file: plan.image.file, bytes: bytes.length },
        meta: { actor: `machine:${machineId}`, $correlationId: run },
      });
    }, 20_000);
  });

  test("tells its size to HEAD", async () => {
    await withRun(histories.deploying);
    service.folder.write(`images/${plan.image.file}`, bytes);
    const { status, headers } = await fetchImage({ method: "HEAD" });
    expect({ status, length: headers["content-length"] }).toEqual({ status: 200, length: "200000" });
  });

  test("is not there before the hello, nor after the end", async () => {
    await withRun(histories.allocated);
    service.folder.write(`images/${plan.image.file}`, bytes);
    await expect(fetchImage()).resolves.toMatchObject(uniform);
  });

  test("is missed by name in the log when the operator did not put it there", async () => {
    await withRun(histories.deploying);
    await expect(fetchImage()).resolves.toMatchObject(uniform);
    await expect(refusals(1)).resolves.toEqual(["IMAGE_MISSING"]);
  });

  test("is no link out of the images folder", async () => {
    await withRun(histories.deploying);
    service.folder.write("images/other", "");
    symlinkSync("/etc/passwd", `${service.folder.path}/images/${plan.image.file}`);
    await expect(fetchImage()).resolves.toMatchObject(uniform);
  });
});

test("an image is let go when the client leaves in the middle, or the service ends", async () => {
  await withRun(histories.deploying);
  // More than the kernel buffers on the way, so that the transfer is under way until its end.
  const path = service.folder.write(`images/${plan.image.file}`, Buffer.alloc(32 * 1024 * 1024));
  const isOpen = () => readdirSync("/proc/self/fd").some((fd) => pathOfDescriptor(fd) === path);
  const leaving = await beginDownload();
  expect(isOpen()).toBe(true);
  leaving.destroy();
  await vi.waitFor(() => expect(isOpen()).toBe(false), 20_000);

  const staying = await beginDownload();
  expect(isOpen()).toBe(true);
  await service.stop();
  await vi.waitFor(() => expect(isOpen()).toBe(false), 20_000);
  staying.destroy();
  await expect(service.types(bootStream(mac))).resolves.toEqual([]);
});
