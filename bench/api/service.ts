import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stringify } from "yaml";
import { z } from "zod";
import { freeTcpPort, freeUdpPorts } from "../../src/rehearsal/ports.ts";
import { createClient } from "./client.ts";

const Ready = z.object({ ready: z.literal(true), api: z.string(), tokenFile: z.string() });

/** The service under measurement, as a process of its own. */
export interface MeasuredService {
  readonly api: string;
  readonly token: string;
  /** From its start as a process until it said that it is ready. */
  readonly startSeconds: number;
  /** Memory that it holds now, and the most that it ever held, in MB (10^6 bytes). */
  memory(): { readonly rss: number; readonly peak: number };
  stop(): Promise<void>;
  /** Ends it at once, with nothing closed. */
  kill(): Promise<void>;
}

/** Writes a configuration for a data directory, with ports of loopback that are free. Returns its file. */
export async function writeConfig(directory: string, dataDirectory: string): Promise<string> {
  const [dhcpPort = 0, dhcpClientPort = 0, tftpPort = 0] = await freeUdpPorts(3);
  const httpPort = await freeTcpPort("127.0.0.1");
  const file = join(directory, "ironledger.yaml");
  const wire = { address: "127.0.0.1", dhcpPort, dhcpClientPort, tftpPort, httpPort };
  await writeFile(file, stringify({ dataDirectory, wire, api: { port: 0, socketsPerPrincipal: 2_000 } }));
  return file;
}

/** Starts the service as an operator does. What it logs goes to `logFile`. */
export async function startMeasured(configFile: string, logFile: string): Promise<MeasuredService> {
  const begin = performance.now();
  const entry = join(import.meta.dirname, "../../src/main.ts");
  const child = spawn(process.execPath, [entry, "--config", configFile], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stderr.pipe(createWriteStream(logFile, { flags: "a" }));
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, "line"), exited.then(() => [undefined])]);
  if (line === undefined) throw new Error(`the service did not start: ${lastLine(logFile)}`);
  const startSeconds = Math.round((performance.now() - begin) / 10) / 100;
  async function end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    child.kill(signal);
    await exited;
  }

  const { api, tokenFile } = Ready.parse(JSON.parse(String(line)));

  return {
    api,
    token: readFileSync(tokenFile, "utf8").trim(),
    startSeconds,
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return { rss: megabytes(status, "VmRSS"), peak: megabytes(status, "VmHWM") };
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

/** Waits until every view shows what the log holds. Returns how long that took, seconds. */
export async function untilShown({ api, token }: MeasuredService): Promise<number> {
  const client = createClient(api, token);
  const begin = performance.now();
  for (;;) {
    const { service } = (await client.ask("{ service { views { state } } }")) as {
      readonly service: { readonly views: readonly { readonly state: string }[] };
    };
    if (service.views.every(({ state }) => state === "LIVE")) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  client.close();
  return Math.round((performance.now() - begin) / 100) / 10;
}

function lastLine(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").at(-1) ?? "it gave no reason";
}

function megabytes(status: string, key: string): number {
  const [, kibibytes] = new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(status) ?? [];
  return Math.round((Number(kibibytes) * 1_024) / 1e6);
}
