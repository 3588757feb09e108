import { parseArgs } from "node:util";

export interface SeedOptions {
  /** How many machines, 1 to 1,000,000. */
  readonly machines: number;
  /** The data directory to make: empty or absent. */
  readonly dataDirectory: string;
  /** Over how many days up to now the histories are spread, 1 to 3,650. */
  readonly days: number;
}

export const usage = `Usage: npm run seed -- [--machines N] [--data DIR] [--days D]

Fills a new data directory with machines and their histories, each event decided by
the same commands that the service uses. The same numbers make the same fleet, apart from ids.

  --machines N  how many machines, 1 to 1,000,000 (default: 1,000)
  --data DIR    the directory, which must be empty or not exist (default: var/seed)
  --days D      how many days up to now the histories cover, 1 to 3,650 (default: 30)
  --help        print this`;

/** The command line makes no sense. `message` names what is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `"help"` when help was asked for. @throws UsageError */
export function parseOptions(words: readonly string[]): SeedOptions | "help" {
  const values = parsed(words);
  if (values.help) return "help";
  if (values.data === "") throw new UsageError("--data needs the name of a directory");
  return {
    machines: wholeNumber("--machines", values.machines, 1_000_000),
    days: wholeNumber("--days", values.days, 3_650),
    dataDirectory: values.data,
  };
}

function wholeNumber(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d{1,7}$/.test(text) && value >= 1 && value <= most) return value;
  throw new UsageError(`${flag} ${text}: expected a whole number from 1 to ${most}`);
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        machines: { type: "string", default: "1000" },
        data: { type: "string", default: "var/seed" },
        days: { type: "string", default: "30" },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
