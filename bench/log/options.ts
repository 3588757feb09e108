import { parseArgs } from "node:util";

/** What is measured apart from the rest. */
export const parts = ["append", "rebuild", "fanout", "past", "verify", "peer", "long"] as const;
export type Part = (typeof parts)[number];

/** How much is measured. */
export interface Size {
  /** Interleaved rounds; the figures are medians. */
  readonly rounds: number;
  /** How long one measurement of appends takes, milliseconds. */
  readonly measureMs: number;
  /** In the log that views are rebuilt from; 24 events each. */
  readonly rebuildMachines: number;
  /** Events that go to 100 subscribers. */
  readonly fanoutEvents: number;
  /** Machines of the seeded fleet, some 26 events each. */
  readonly fleetMachines: number;
  /** Times that the fleet's log is verified. */
  readonly verifyRounds: number;
  /** Events that the peer and we append and read, each round. */
  readonly peerEvents: number;
  readonly peerRounds: number;
  /** Appends to the fleet's log while memory is watched. */
  readonly longAppends: number;
  /** Times that the service is started on the long log. */
  readonly starts: number;
}

/** The size whose figures may be quoted. */
const full: Size = {
  rounds: 9,
  measureMs: 400,
  rebuildMachines: 41_667,
  fanoutEvents: 500,
  fleetMachines: 100_000,
  verifyRounds: 3,
  peerEvents: 2_000,
  peerRounds: 5,
  longAppends: 10_000_000,
  starts: 3,
};

/** Shows that everything runs. */
const short: Size = {
  rounds: 3,
  measureMs: 200,
  rebuildMachines: 2_000,
  fanoutEvents: 100,
  fleetMachines: 1_000,
  verifyRounds: 3,
  peerEvents: 200,
  peerRounds: 1,
  longAppends: 50_000,
  starts: 1,
};

export interface BenchOptions {
  readonly isShort: boolean;
  readonly size: Size;
  readonly wanted: ReadonlySet<Part>;
  /** On the disk to measure. `undefined`: the system's directory for temporary files. */
  readonly parent: string | undefined;
}

export const usage = `Usage: npm run bench:log -- [--short] [--only PART] [--on DIR]

Measures the log: what appending, reading, rebuilding, verifying, following and looking back cost, beside raw writes and
reads of the same run and beside another event store. The last line is one JSON object with all figures.

  --short      two or three minutes instead of about an hour; its size is printed, its figures are not to be quoted
  --only PART  only one of ${parts.join(", ")}; may be given several times
  --on DIR     a directory on the disk to measure, with 25 GB free (default: the system's temporary directory)
  --help       print this`;

/** The command line makes no sense. `message` names what is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `"help"` when help was asked for. @throws UsageError */
export function parseOptions(words: readonly string[]): BenchOptions | "help" {
  const { help, short: isShort, only, on: parent } = parsed(words);
  if (help) return "help";
  const unknown = only.find((word) => !isPart(word));
  if (unknown !== undefined) throw new UsageError(`--only ${unknown}: expected one of ${parts.join(", ")}`);
  const wanted = new Set(only.length === 0 ? parts : only.filter(isPart));
  return { isShort, size: isShort ? short : full, wanted, parent };
}

function isPart(word: string): word is Part {
  return (parts as readonly string[]).includes(word);
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        short: { type: "boolean", default: false },
        only: { type: "string", multiple: true, default: [] },
        on: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
