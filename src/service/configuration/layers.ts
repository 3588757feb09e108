import { parse } from "yaml";
import { type ConfigKey, configKeys, keyByName, variablePrefix } from "./keys.ts";
import { nearest } from "./nearest.ts";
import type { ConfigProblem } from "./problem.ts";

/** A value and where it came from. */
export interface Given {
  readonly value: unknown;
  /** `--api-port`, `IRONLEDGER_API_PORT`, or the file's name. */
  readonly origin: string;
  /** What relative paths are relative to. */
  readonly base: string;
}

/** What one source says. */
export interface Layer {
  readonly given: ReadonlyMap<ConfigKey, Given>;
  readonly problems: readonly ConfigProblem[];
}

/** Names in the environment that begin as the keys do, and are none: the server's file, and all of the client. */
const otherVariables = /^IRONLEDGER_(?:CONFIG|SERVER|CONTEXT|TOKEN|TOKEN_FILE)$/;

const variables = new Map(configKeys.map((key) => [key.variable, key]));

/** What flags say. `base`: the working directory. */
export function flagLayer(flags: ReadonlyMap<ConfigKey, string>, base: string): Layer {
  const given = [...flags].map(
    ([key, text]) => [key, { value: spoken(key, text), origin: key.flag, base }] as const,
  );
  return { given: new Map(given), problems: [] };
}

/** What the environment says. `base`: the working directory. */
export function environmentLayer(
  environment: Readonly<Record<string, string | undefined>>,
  base: string,
): Layer {
  const given = new Map<ConfigKey, Given>();
  const problems: ConfigProblem[] = [];
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(variablePrefix) || otherVariables.test(name) || text === undefined) continue;
    const key = variables.get(name);
    if (key) given.set(key, { value: spoken(key, text), origin: name, base });
    else
      problems.push({ key: name, message: "no key is set by this name", ...meant(name, variables.keys()) });
  }
  return { given, problems };
}

/** What a file says. `content`: as YAML gave it; `undefined` or `null` when the file is empty. */
export function fileLayer(content: unknown, { origin, base }: Omit<Given, "value">): Layer {
  const given = new Map<ConfigKey, Given>();
  const problems: ConfigProblem[] = [];

  function walk(node: unknown, path: readonly string[]): void {
    const name = path.join(".");
    const key = keyByName.get(name);
    if (key) given.set(key, { value: node, origin, base });
    else if (!isGroup(name))
      problems.push({ key: name, origin, message: "there is no such key", ...meant(name) });
    // A group without a line below it is one of which nothing is set.
    else if (isMap(node)) for (const [part, child] of Object.entries(node)) walk(child, [...path, part]);
    else if (node !== null)
      problems.push({ key: name || "the file", origin, message: "expected keys and values" });
  }
  walk(content ?? {}, []);
  return { given, problems };
}

function isGroup(name: string): boolean {
  return name === "" || configKeys.some((key) => key.name.startsWith(`${name}.`));
}

function isMap(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

/** Text is itself; anything else is written as in YAML. What YAML cannot read is left to the schema to refuse. */
function spoken({ isText }: ConfigKey, text: string): unknown {
  if (isText) return text;
  try {
    return parse(text);
  } catch {
    return text;
  }
}

function meant(name: string, known: Iterable<string> = keyByName.keys()): { readonly remedy?: string } {
  const found = nearest(name, [...known]);
  return found === undefined ? {} : { remedy: `Did you mean ${found}?` };
}
