import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import type { z } from "zod";
import { Config } from "../../config.ts";
import type { ServerRequest } from "./command-line.ts";
import { type ConfigKey, configKeys } from "./keys.ts";
import { environmentLayer, fileLayer, flagLayer, type Given, type Layer } from "./layers.ts";
import { ConfigError, type ConfigProblem } from "./problem.ts";

export interface ConfigSources extends Pick<ServerRequest, "configFile" | "flags"> {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What relative paths outside of a file are relative to. */
  readonly workingDirectory: string;
}

/** The configuration, and where it came from. */
export interface ReadConfig {
  readonly config: Config;
  /** By key; a key that is not among them has its default. */
  readonly given: ReadonlyMap<ConfigKey, Given>;
}

const defaultFile = "ironledger.yaml";

/**
 * A flag wins over the environment, the environment over the file, the file over the default. Without a file that is
 * named, `ironledger.yaml` in the working directory is read if it is there.
 *
 * @throws ConfigError with everything that is wrong
 */
export function readConfig(sources: ConfigSources): ReadConfig {
  const { environment, flags, workingDirectory } = sources;
  const layers = [
    readFile(sources),
    environmentLayer(environment, workingDirectory),
    flagLayer(flags, workingDirectory),
  ];
  const given = new Map(layers.flatMap((layer) => [...layer.given]).map(absolute));
  const parsed = Config.safeParse(nested(given));
  const problems = [
    ...layers.flatMap((layer) => layer.problems),
    ...(parsed.error?.issues ?? []).flatMap((issue) => problemsOf(issue, given)),
  ];
  if (problems.length > 0 || !parsed.data) throw new ConfigError(problems);
  const { data } = parsed;
  const imagesDirectory = data.imagesDirectory ?? join(data.dataDirectory, "images");
  const backupsDirectory = data.backupsDirectory ?? join(data.dataDirectory, "backups");
  return { config: { ...data, imagesDirectory, backupsDirectory }, given };
}

function readFile({ configFile, environment, workingDirectory }: ConfigSources): Layer {
  const named = configFile ?? environment["IRONLEDGER_CONFIG"];
  const origin = named ?? defaultFile;
  const file = resolve(workingDirectory, origin);
  if (named === undefined && !existsSync(file)) return { given: new Map(), problems: [] };
  return fileLayer(parseYaml(file, origin), { origin, base: dirname(file) });
}

function parseYaml(file: string, name: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new ConfigError([{ key: name, message: `cannot be read as YAML: ${detail}` }]);
  }
}

function absolute([key, given]: readonly [ConfigKey, Given]): readonly [ConfigKey, Given] {
  const isPath = key.type === "directory" || key.type === "file";
  if (!isPath || typeof given.value !== "string" || given.value === "") return [key, given];
  return [key, { ...given, value: resolve(given.base, given.value) }];
}

interface Nested {
  [part: string]: unknown;
}

/** The values as the schema nests them. */
function nested(given: ReadonlyMap<ConfigKey, Given>): Nested {
  const root: Nested = {};
  for (const [{ path }, { value }] of given) place(root, path, value);
  return root;
}

function place(group: Nested, [part = "", ...deeper]: readonly string[], value: unknown): void {
  if (deeper.length === 0) {
    group[part] = value;
    return;
  }
  const inner = (group[part] ?? {}) as Nested;
  group[part] = inner;
  place(inner, deeper, value);
}

function problemsOf(issue: z.core.$ZodIssue, given: ReadonlyMap<ConfigKey, Given>): readonly ConfigProblem[] {
  const path = issue.path.map(String);
  const isBelow = (one: readonly string[], other: readonly string[]) =>
    other.every((part, index) => part === one[index]);
  // Of a group that is missing as a whole, what it cannot be without is told.
  const missing = configKeys.filter((key) => isBelow(key.path, path) && key.fallback === "required");
  const key = configKeys.find((known) => isBelow(path, known.path));
  if (!key && missing.length > 0) return missing.map(missingKey);
  if (!key) return [{ key: path.join(".") || "the configuration", message: issue.message }];
  const found = given.get(key);
  const origin = found && { origin: found.origin };
  // What the schema says in words of its own says what to do, too.
  if (issue.code === "custom") return [{ key: key.name, message: issue.message, ...origin }];
  if (!found) return [missingKey(key)];
  const message = `${JSON.stringify(found.value)}: ${issue.message}`;
  return [{ key: key.name, ...origin, message, remedy: `Write ${expectation(key)}` }];
}

function missingKey(key: ConfigKey): ConfigProblem {
  const ways = `Set it in the file, as ${key.variable}, or with ${key.flag}`;
  return { key: key.name, message: "is missing", remedy: `${ways}: ${expectation(key)}` };
}

function expectation({ type, range }: ConfigKey): string {
  return range === "" ? type : `${type}, ${range}`;
}
