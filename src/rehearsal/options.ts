import { parseArgs } from "node:util";

export interface RehearsalOptions {
  /** How many machines, 1 to 200. */
  readonly machines: number;
  /** End after the last machine, instead of serving on. */
  readonly exit: boolean;
  /** Where the service keeps its data; `undefined`: a temporary directory, removed at the end. */
  readonly dataDirectory: string | undefined;
}

export const usage = `Usage: ironledger-rehearse [--machines N] [--exit] [--data DIR]
   or: npm run rehearse -- [the same]

Starts Ironledger on loopback and drives simulated machines through it,
from the first DHCP packet to the installed disk.

  --machines N  how many machines, 1 to 200 (default: 3)
  --exit        end after the last machine, with one line of JSON on stdout
  --data DIR    keep the data in DIR, which must be empty or not exist
                (default: a temporary directory, removed at the end)
  --help        print this`;

/** The command line makes no sense. `message` names what is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `"help"` when help was asked for. @throws UsageError */
export function parseOptions(words: readonly string[]): RehearsalOptions | "help" {
  const { values } = parsed(words);
  if (values.help) return "help";
  const machines = Number(values.machines);
  if (!/^\d{1,3}$/.test(values.machines) || machines < 1 || machines > 200) {
    throw new UsageError(`--machines ${values.machines}: expected a number from 1 to 200`);
  }
  if (values.data === "") throw new UsageError("--data needs the name of a directory");
  return { machines, exit: values.exit, dataDirectory: values.data };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        machines: { type: "string", default: "3" },
        exit: { type: "boolean", default: false },
        data: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
