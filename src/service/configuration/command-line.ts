import { type ConfigKey, configKeys } from "./keys.ts";
import { nearest } from "./nearest.ts";
import { ConfigError } from "./problem.ts";

/** What the server was called for. */
export interface ServerRequest {
  readonly command: "start" | "check" | "help" | "version";
  /** `--config FILE`; `undefined`: not said. */
  readonly configFile: string | undefined;
  /** The flags that set a key, with their text. */
  readonly flags: ReadonlyMap<ConfigKey, string>;
}

export const serverUsage = `usage: ironledger-server [--config FILE] [--KEY VALUE ...]
       ironledger-server config check [--config FILE] [--KEY VALUE ...]
       ironledger-server --help | --version

  config check   says which values would be used and where each came from, and what is wrong with them

Every key of the configuration is a flag: api.port is --api-port. The environment has it as IRONLEDGER_API_PORT.
A flag wins over the environment, the environment over the file, the file over the default.
All keys: docs/reference/configuration.md`;

const keyByFlag = new Map(configKeys.map((key) => [key.flag, key]));

/** @throws ConfigError when a word is not understood */
export function parseCommandLine(words: readonly string[]): ServerRequest {
  const flags = new Map<ConfigKey, string>();
  const others: string[] = [];
  let configFile: string | undefined;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith("--") || word in plainFlags) {
      others.push(word);
      continue;
    }
    const { key, value } = flagOf(word, rest);
    if (key) flags.set(key, value);
    else configFile = value;
  }
  return { command: commandOf(others), configFile, flags };
}

/** What is asked for with a flag alone. */
const plainFlags = { "--help": "help", "--version": "version" } as const;

/** Every flag takes a value, behind `=` or as the next word. `key`: `undefined` for `--config`. */
function flagOf(
  word: string,
  rest: string[],
): { readonly key: ConfigKey | undefined; readonly value: string } {
  const [flag = "", ...parts] = word.split("=");
  const key = keyByFlag.get(flag);
  if (flag !== "--config" && !key) throw unknownFlag(flag);
  const value = parts.length > 0 ? parts.join("=") : rest.shift();
  if (value === undefined) {
    throw new ConfigError([{ key: flag, message: "has no value", remedy: `Write ${flag}=VALUE` }]);
  }
  return { key, value };
}

function unknownFlag(flag: string): ConfigError {
  const meant = nearest(flag, [...keyByFlag.keys(), "--config", ...Object.keys(plainFlags)]);
  const remedy = meant === undefined ? "ironledger-server --help tells the flags" : `Did you mean ${meant}?`;
  return new ConfigError([{ key: flag, message: "there is no such flag", remedy }]);
}

function commandOf(words: readonly string[]): ServerRequest["command"] {
  if (words.includes("--help")) return "help";
  if (words.includes("--version")) return "version";
  if (words.length === 0) return "start";
  if (words.join(" ") === "config check") return "check";
  const message = "there is no such command";
  throw new ConfigError([{ key: words.join(" "), message, remedy: "The only command is: config check" }]);
}
