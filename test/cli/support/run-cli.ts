import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../../support/eventually.ts";

const entry = join(import.meta.dirname, "../../../src/cli/main.ts");

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that goes on. */
export interface Running {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  /** Resolves when stdout holds this. */
  shows(text: string | RegExp): Promise<void>;
}

/** A person with a home of their own, who runs the real command. */
export interface Person {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  run(words: readonly string[], options?: RunOptions): Promise<Ended>;
  start(words: readonly string[], options?: RunOptions): Running;
  leave(): void;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `env`: what the person has set. Nothing of the environment of the tests is seen but PATH. */
export function createPerson(env: Readonly<Record<string, string>> = {}): Person {
  const home = mkdtempSync(join(tmpdir(), "ironledger-person-"));
  const own = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_CACHE_HOME: join(home, "cache"),
    ...env,
  };

  function start(words: readonly string[], { input, env: more }: RunOptions = {}): Running {
    const child = spawn(process.execPath, [entry, ...words], { env: { ...own, ...more }, cwd: home });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.stdin.end(input ?? "");
    const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
    return {
      child,
      stdout: () => stdout,
      stderr: () => stderr,
      ended,
      async shows(text) {
        await eventually(
          () => (typeof text === "string" ? stdout.includes(text) : text.test(stdout)) || undefined,
        );
      },
    };
  }

  return {
    home,
    env: own,
    start,
    run: (words, options) => start(words, options).ended,
    leave: () => rmSync(home, { recursive: true, force: true }),
  };
}
