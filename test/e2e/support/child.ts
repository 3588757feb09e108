import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";

/** A program that a test runs beside itself. */
export interface Child {
  readonly pid: number;
  readonly process: ChildProcess;
  /** Resolves with the exit code when it has ended; `null` when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly hasEnded: () => boolean;
  /** Ends it by its pid and waits until it is gone. `signal`: default SIGKILL. Nothing happens when it has ended. */
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
}

export interface ChildOptions {
  /** Where standard output and standard error go. Standard output goes to the test with `"pipe"`. */
  readonly logFile: string;
  readonly stdout?: "log" | "pipe";
}

/**
 * Starts a program that cannot outlive the test: the kernel kills it when this process dies, however that happens.
 *
 * @throws Error when it cannot be started
 */
export async function startChild(command: readonly string[], options: ChildOptions): Promise<Child> {
  const log = openSync(options.logFile, "a");
  const stdout = options.stdout === "pipe" ? "pipe" : log;
  const process = spawn("setpriv", ["--pdeathsig", "KILL", ...command], { stdio: ["ignore", stdout, log] });
  closeSync(log);
  await once(process, "spawn");
  const { pid } = process;
  if (pid === undefined) throw new Error(`${command[0]} did not start`);
  const ended = once(process, "exit").then(([code]) => code as number | null);
  const hasEnded = () => process.exitCode !== null || process.signalCode !== null;

  return {
    pid,
    process,
    ended,
    hasEnded,
    async kill(signal = "SIGKILL") {
      if (!hasEnded()) process.kill(signal);
      await ended;
    },
  };
}
