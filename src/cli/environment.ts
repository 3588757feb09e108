import { homedir } from "node:os";
import { join } from "node:path";

/** What the command line takes from its environment; nothing else in `src/cli` looks at it. */
export interface Environment {
  /** `IRONLEDGER_SERVER`: base address of the API. */
  readonly server: string | undefined;
  /** `IRONLEDGER_CONTEXT`: the context to use. */
  readonly context: string | undefined;
  /** `IRONLEDGER_TOKEN_FILE`: a file that holds the token and nothing else. */
  readonly tokenFile: string | undefined;
  /** `IRONLEDGER_TOKEN`: the token itself. Processes of the same user can read it. */
  readonly token: string | undefined;
  /** `NO_COLOR` (no-color.org): set and not empty. */
  readonly noColor: boolean;
  /** `$XDG_CONFIG_HOME/ironledger`. */
  readonly configDirectory: string;
  /** `$XDG_CACHE_HOME/ironledger`. What lies here may be deleted at any time. */
  readonly cacheDirectory: string;
}

/** Variables that are set to nothing count as not set. */
export function readEnvironment(): Environment {
  return {
    server: variable("IRONLEDGER_SERVER"),
    context: variable("IRONLEDGER_CONTEXT"),
    tokenFile: variable("IRONLEDGER_TOKEN_FILE"),
    token: variable("IRONLEDGER_TOKEN"),
    noColor: variable("NO_COLOR") !== undefined,
    configDirectory: join(variable("XDG_CONFIG_HOME") ?? join(homedir(), ".config"), "ironledger"),
    cacheDirectory: join(variable("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "ironledger"),
  };
}

function variable(name: string): string | undefined {
  return process.env[name] || undefined;
}
