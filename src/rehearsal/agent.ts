import { PassThrough, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { DeploymentFailureCode, DeploymentStage } from "../domain/machine/deployment.ts";
import {
  AgentTask,
  type DeployArguments,
  DeployOrder,
  type DiscoverArguments,
  parseAgentArguments,
} from "./agent-protocol.ts";
import { type Disk, DiskWriteError } from "./disk.ts";
import type { Hardware } from "./hardware.ts";
import { type HttpClient, HttpTransferError } from "./http-client.ts";

/** What the agent has when the kernel starts it. */
interface AgentSurroundings {
  /** The kernel's arguments, one line. */
  readonly argumentsText: string;
  readonly hardware: Hardware;
  readonly disk: Disk;
  readonly http: HttpClient;
  /** The kernel's boot id, a new UUID for every boot. */
  readonly bootId: string;
  /** Told of every step, for the diagnosis of a machine that stalls. */
  readonly report: (step: string) => void;
  readonly signal: AbortSignal;
}

export type AgentEnd =
  /** Did what it was asked to; the machine starts again. */
  | { readonly end: "reboot"; readonly installed: boolean }
  /** Gave up; `reason` says why. The machine stays as it is. */
  | { readonly end: "stopped"; readonly reason: string };

/** The agent, from the kernel's hand-over to the reboot. @throws Error when its arguments make no sense */
export async function runAgent(surroundings: AgentSurroundings): Promise<AgentEnd> {
  const given = parseAgentArguments(surroundings.argumentsText);
  try {
    return await (given.mode === "discover" ? discover(given, surroundings) : deploy(given, surroundings));
  } catch (error) {
    if (error instanceof RefusedError) return { end: "stopped", reason: error.message };
    throw error;
  }
}

async function discover(given: DiscoverArguments, around: AgentSurroundings): Promise<AgentEnd> {
  const url = `${given.server}/agent/v1/discoveries/${given.machine}`;
  const desk = { url, token: given.token };
  around.report("reports its inventory");
  await ask(around, desk, {
    what: "inventory",
    body: { bootId: around.bootId, inventory: around.hardware.inventory },
  });
  around.report("waits for a task");
  for (;;) {
    const task = AgentTask.parse(await ask(around, desk, { what: "task" }));
    if (task.action === "reboot") return { end: "reboot", installed: false };
    await delay(task.seconds * 1000, undefined, { signal: around.signal });
  }
}

async function deploy(given: DeployArguments, around: AgentSurroundings): Promise<AgentEnd> {
  around.report("says hello to its run");
  const run = { url: `${given.server}/agent/v1/runs/${given.run}`, token: given.token };
  // Nothing is written before the run has taken this agent for its own: a refusal here ends it.
  const order = DeployOrder.parse(
    await ask(around, run, { what: "hello", body: { agentBootId: around.bootId } }),
  );
  const desk = { url: order.reportUrl, token: order.reportToken };
  const result = await install(order, desk, around);
  await ask(around, desk, { what: "result", body: result });
  if (result.outcome === "completed") return { end: "reboot", installed: true };
  return { end: "stopped", reason: `${result.code}: ${result.message}` };
}

interface Failure {
  readonly outcome: "failed";
  readonly code: DeploymentFailureCode;
  readonly message: string;
}

type Result = { readonly outcome: "completed"; readonly bytes: number; readonly sha256: string } | Failure;

/** Writes the image and reads it back. A failure is still to be reported. @throws RefusedError */
async function install(order: DeployOrder, desk: Desk, around: AgentSurroundings): Promise<Result> {
  if (!hasDisk(around.hardware, order)) {
    return failure("DISK_NOT_FOUND", `no disk ${order.diskName} with serial ${order.diskSerial}`);
  }
  const reached = async (stage: DeploymentStage, bytes: number | null) => {
    around.report(stage);
    await ask(around, desk, { what: "stages", body: { stage, bytes } });
  };
  await reached("writing", null);
  const written = await writeImage(order, around);
  if ("code" in written) return written;
  const { bytes } = written;
  await reached("written", bytes);
  await reached("verifying", null);
  const sha256 = await around.disk.sha256(bytes);
  if (sha256 !== order.sha256) return failure("IMAGE_DIGEST_MISMATCH", `the disk reads back as ${sha256}`);
  await reached("verified", bytes);
  return { outcome: "completed", bytes, sha256 };
}

/** The service takes no longer text. */
const messageMax = 1024;

function failure(code: DeploymentFailureCode, message: string): Failure {
  return { outcome: "failed", code, message: message.slice(0, messageMax) };
}

/** The serial number picks the disk; the name only among disks without one, because names change between boots. */
function hasDisk({ inventory }: Hardware, { diskName, diskSerial, diskBytes }: DeployOrder): boolean {
  const found = inventory.disks.filter(
    ({ name, serial, bytes }) =>
      bytes === diskBytes && (serial ?? "") === diskSerial && (diskSerial !== "" || name === diskName),
  );
  return found.length === 1;
}

async function writeImage(
  order: DeployOrder,
  { http, disk }: AgentSurroundings,
): Promise<{ readonly bytes: number } | Failure> {
  try {
    let bytes = 0;
    const packed = await http.stream(new URL(order.imageUrl), { token: order.imageToken });
    await pipeline(packed, unpacker(order.format), async (contents: AsyncIterable<Buffer>) => {
      ({ bytes } = await disk.write(contents));
    });
    return { bytes };
  } catch (error) {
    const code = error instanceof DiskWriteError ? "IMAGE_WRITE_FAILED" : "IMAGE_TRANSFER_FAILED";
    return failure(code, error instanceof Error ? error.message : String(error));
  }
}

function unpacker(format: DeployOrder["format"]): Transform {
  switch (format) {
    case "raw":
      return new PassThrough();
    case "gzip":
      return createGunzip();
    case "zstd":
      return createZstdDecompress();
  }
}

/** Waits before another try, milliseconds: a service that restarts is back within these. */
const retryMs = [500, 1000, 2000, 4000, 8000];

/** Where an agent reports, and with what it proves that it may. */
interface Desk {
  readonly url: string;
  readonly token: string;
}

/** The service has nothing to say to this agent any more. */
class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** One question, or a report. Tried again while the service cannot be reached. @throws RefusedError */
async function ask(
  { http, signal }: AgentSurroundings,
  { url, token }: Desk,
  { what, body }: { readonly what: string; readonly body?: object },
): Promise<Readonly<Record<string, unknown>>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await http.json(new URL(`${url}/${what}`), { token, ...(body ? { body } : {}) });
    } catch (error) {
      if (!(error instanceof HttpTransferError)) throw error;
      if (error.status !== undefined && error.status < 500)
        throw new RefusedError(`the service refused its ${what}`);
      const waitMs = retryMs[attempt];
      if (waitMs === undefined) throw error;
      await delay(waitMs, undefined, { signal });
    }
  }
}
