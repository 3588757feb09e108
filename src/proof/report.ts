import { type Finding, findingLine } from "./findings.ts";

/** What was verified, and what was found. It is JSON. */
export interface VerifyReport {
  readonly logId: string;
  readonly incarnation: string;
  /** Position of the first event that was looked at. */
  readonly first: number;
  /** How many events were looked at. */
  readonly events: number;
  /** How many leaves the tree has: those before the first event count. */
  readonly size: number;
  /** The root of the tree, in hex. */
  readonly root: string;
  /** Up to which position a signed checkpoint agrees; `undefined`: none does. */
  readonly vouched: number | undefined;
  readonly findingCount: number;
  /** The first thousand. */
  readonly findings: readonly Finding[];
}

/** The report for a person: a line for each finding, then what the log is and how far somebody vouches for it. */
export function reportText(report: VerifyReport): string {
  const { logId, incarnation, first, events, size, root, findings, findingCount } = report;
  const more = findingCount - findings.length;
  return [
    ...findings.map(findingLine),
    ...(more > 0 ? [`and ${more} more`] : []),
    `log ${logId}, incarnation ${incarnation}: ${events} events from position ${first} on`,
    `root of the first ${size} events: ${root}`,
    vouchedText(report),
    wrongText(findingCount),
  ].join("\n");
}

function wrongText(count: number): string {
  if (count === 0) return "nothing wrong was found";
  return count === 1 ? "1 thing is wrong" : `${count} things are wrong`;
}

function vouchedText({ vouched, size }: VerifyReport): string {
  if (vouched === undefined) {
    return "no checkpoint vouches for it: events that were removed from the end, or forged with all hashes, are not found";
  }
  if (vouched === size) return "a signed checkpoint vouches for all of it";
  return `a signed checkpoint vouches for it up to position ${vouched}; behind it are ${size - vouched} that nobody signed yet`;
}

/** How a verification ends: 0 nothing wrong was found, 1 something is. */
export function exitCodeOf({ findingCount }: VerifyReport): 0 | 1 {
  return findingCount === 0 ? 0 : 1;
}
