import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { on } from "./namespaces.ts";

/** A program that runs on one of the two hosts until it is stopped. */
export interface Running {
  readonly child: ChildProcess;
  /** The last that it wrote. */
  lastLine(): string;
  /** Processor time that it has used so far, seconds, and memory that it holds now, MB (10^6 octets). */
  usage(): { readonly cpuSeconds: number; readonly rssMb: number };
  /** Asks it to end, and waits until it has. Does nothing to one that ended. */
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly host: "server" | "client";
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What it writes goes here. */
  readonly logFile: string;
  readonly directory?: string;
}

/** `ip netns exec` becomes the program that it runs, so its process is the program's. */
export function run({ host, command, environment, logFile, directory }: RunOptions): Running {
  const [file, words] = on(host, command);
  const log = openSync(logFile, "a");
  const child = spawn(file, words, {
    stdio: ["ignore", log, log],
    env: { ...process.env, ...environment },
    ...(directory !== undefined && { cwd: directory }),
  });
  const exited = once(child, "exit");
  return {
    child,
    lastLine: () => readFileSync(logFile, "utf8").trimEnd().split("\n").at(-1) || "nothing",
    usage: () => usageOf(child.pid ?? 0),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await exited;
    },
  };
}

/** Waits until something holds. @throws Error when it does not in time, or when the program ended before */
export async function until(
  holds: () => boolean | Promise<boolean>,
  { what, running, timeoutMs = 30_000 }: { what: string; running?: Running; timeoutMs?: number },
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (running && running.child.exitCode !== null)
      throw new Error(`${what}: it ended, saying ${running.lastLine()}`);
    if (performance.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1_000} s`);
    await sleep(20);
  }
}

/** Of the kernel's clock for processes, which ticks a hundred times a second on every Linux. */
const ticksPerSecond = 100;

function usageOf(pid: number): { cpuSeconds: number; rssMb: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name, in parentheses, may hold blanks; behind it the fields are numbered from 3.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user = 0, system = 0] = [fields[11], fields[12]].map(Number);
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return {
    cpuSeconds: (user + system) / ticksPerSecond,
    rssMb: Math.round((Number(kibibytes) * 1_024) / 1e6),
  };
}
