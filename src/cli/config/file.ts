import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "../failure.ts";

/** A service that somebody works with, and how. */
export interface Context {
  /** Base address of the API. */
  readonly server: string;
  /** A file that holds the token and nothing else. */
  readonly tokenFile?: string;
  /** The token itself, as `login` keeps it. */
  readonly token?: string;
  /** A PEM file of authorities to trust. */
  readonly ca?: string;
}

export interface Contexts {
  /** The one that is used when none is named. */
  readonly current: string | undefined;
  readonly contexts: Readonly<Record<string, Context>>;
}

const keys = ["server", "tokenFile", "token", "ca"];

/**
 * What is configured; nothing when there is no file.
 *
 * @throws Failure when others can read the file, or when it is not one of ours
 */
export async function readContexts(file: string): Promise<Contexts> {
  const mode = modeOf(file);
  if (mode === undefined) return { current: undefined, contexts: {} };
  if ((mode & 0o077) !== 0) {
    throw new Failure("usage", `${file} may hold tokens, and others than you can read or change it`, {
      code: "CONFIG_EXPOSED",
      remedy: `chmod 600 ${file}`,
    });
  }
  const { parse } = await import("yaml");
  try {
    return contextsOf(parse(readFileSync(file, "utf8")));
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new Failure("usage", `${file}: ${message}`, {
      code: "CONFIG_INVALID",
      remedy: "mend it, or delete it and set the contexts again",
      cause: error,
    });
  }
}

/** Writes the file whole: whoever reads meanwhile sees the old one or the new one. Only its owner may read it. */
export async function writeContexts(file: string, { current, contexts }: Contexts): Promise<void> {
  const { stringify } = await import("yaml");
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomUUID()}`;
  try {
    writeFileSync(temporary, stringify({ current, contexts }), { mode: 0o600, flag: "wx" });
    // The umask may have taken more away than it should.
    chmodSync(temporary, 0o600);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function modeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mode;
}

function contextsOf(value: unknown): Contexts {
  const { current, contexts = {} } = recordOf(value ?? {}, "the file");
  if (current !== undefined && typeof current !== "string") throw new Error("current: expected a name");
  const entries = Object.entries(recordOf(contexts, "contexts"));
  return {
    current,
    contexts: Object.fromEntries(entries.map(([name, text]) => [name, contextOf(name, text)])),
  };
}

function contextOf(name: string, value: unknown): Context {
  const fields = recordOf(value, `contexts.${name}`);
  for (const [key, text] of Object.entries(fields)) {
    if (!keys.includes(key))
      throw new Error(`contexts.${name}.${key}: no such key; there are ${keys.join(", ")}`);
    if (typeof text !== "string") throw new Error(`contexts.${name}.${key}: expected text`);
  }
  if (typeof fields["server"] !== "string") throw new Error(`contexts.${name}.server: missing`);
  return fields as unknown as Context;
}

function recordOf(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new Error(`${place}: expected keys and values`);
}
