import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { z } from "zod";

/** How long the service may take until it is ready, milliseconds. */
const startMs = 60_000;

/** How long it may take to stop before it is killed, milliseconds. */
const stopMs = 15_000;

/** The line that the service prints when it serves. */
const Ready = z.object({ ready: z.literal(true), api: z.url(), boot: z.url(), tokenFile: z.string() });

export interface Service {
  /** Base address of the API. */
  readonly api: string;
  /** File that holds the API token. */
  readonly tokenFile: string;
  /** Rejects when the service ends without having been asked to. Never resolves. */
  readonly failure: Promise<never>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/** The service did not start, or did not keep running. `message` has its last words. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
}

/**
 * Starts the service as a process of its own, as an operator does, and waits until it serves.
 *
 * `entry`: its main module. `logFile`: where everything goes that it prints. @throws ServiceError
 */
export async function startService({
  entry,
  configFile,
  logFile,
}: {
  readonly entry: string;
  readonly configFile: string;
  readonly logFile: string;
}): Promise<Service> {
  const log = createWriteStream(logFile);
  const child = spawn(process.execPath, [entry, "--config", configFile], {
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: Ctrl-C reaches the rehearsal, which then stops the service, once.
    detached: true,
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.stderr.pipe(log, { end: false });
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => log.write(`${line}\n`));

  const closeLog = () => new Promise((resolve) => log.end(resolve));
  let stopping = false;
  const exited = once(child, "close").then(([code, signal]) => `${code ?? signal}`);
  const failure = exited.then(async (how): Promise<never> => {
    if (stopping) return new Promise<never>(() => undefined);
    await closeLog();
    throw new ServiceError(`the service ended (${how}): ${await lastWords(logFile)}`);
  });
  // Whoever waits for it is told; until somebody does, it is no fault of this process.
  failure.catch(() => undefined);

  async function stop(): Promise<void> {
    stopping = true;
    child.kill("SIGTERM");
    const killTimer = setTimeout(kill, stopMs);
    await exited;
    clearTimeout(killTimer);
    process.off("exit", kill);
    await closeLog();
  }

  try {
    const ready = await Promise.race([readyLine(lines), failure]);
    return { api: ready.api, tokenFile: ready.tokenFile, failure, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readyLine(lines: NodeJS.EventEmitter): Promise<z.infer<typeof Ready>> {
  try {
    const [line] = await once(lines, "line", { signal: AbortSignal.timeout(startMs) });
    return Ready.parse(JSON.parse(String(line)));
  } catch (cause) {
    throw new ServiceError(`the service did not say within ${startMs / 1000} s that it is ready`, { cause });
  }
}

/** The reason, as far as the service named one. */
async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, "utf8")).split("\n");
  return lines.findLast((line) => /^ironledger: |\w*Error: /.test(line)) ?? "it gave no reason";
}
