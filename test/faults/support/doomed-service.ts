import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { type Child, startChild } from "../../e2e/support/child.ts";
import type { Target } from "../load/client.ts";

const entry = join(import.meta.dirname, "../../../src/main.ts");
const Ready = z.object({ api: z.string(), tokenFile: z.string() });

/** A service that runs as a process of its own, and that a test ends in some way, at any moment of its life. */
export interface DoomedService extends Pick<Child, "pid" | "ended" | "hasEnded" | "kill"> {
  /** Where it is asked, once it says that it is ready; `undefined` when it ended before. */
  readonly ready: Promise<Target | undefined>;
}

export interface DoomedOptions {
  readonly configFile: string;
  /** What it prints on standard error. */
  readonly logFile: string;
  /** What its process is started under, `["prlimit", ...]` for instance. (Default: nothing) */
  readonly under?: readonly string[] | undefined;
  /** Where its files are for the test, before their names. (Default: where they are for it) */
  readonly seenAt?: string;
}

/** Starts the service, and does not wait for it. */
export async function startDoomed({
  configFile,
  logFile,
  under = [],
  seenAt = "",
}: DoomedOptions): Promise<DoomedService> {
  const command = [...under, process.execPath, entry, "--config", configFile];
  const child = await startChild(command, { logFile, stdout: "pipe" });
  const { stdout } = child.process;
  if (!stdout) throw new Error("the service has no standard output");
  const lines = createInterface({ input: stdout });
  const line = Promise.race([once(lines, "line"), child.ended.then(() => [])]);
  return {
    ...child,
    ready: line.then(([text]) => (text === undefined ? undefined : targetOf(String(text), seenAt))),
  };
}

async function targetOf(line: string, seenAt: string): Promise<Target> {
  const { api, tokenFile } = Ready.parse(JSON.parse(line));
  return { api, token: (await readFile(`${seenAt}${tokenFile}`, "utf8")).trim() };
}
