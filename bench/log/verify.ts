import { openStoredLog } from "../../src/adapters/event-store/sqlite/stored-log.ts";
import { verifyStoredLog } from "../../src/adapters/event-store/sqlite/verify-stored-log.ts";
import { createFindingList } from "../../src/proof/findings.ts";
import { median } from "../log-thread.ts";

export interface VerifyFigures {
  readonly verify_events: number;
  /** Everything that can be wrong with a log looked for, events per second of one thread. */
  readonly verify_events_per_s: number;
}

/**
 * Verifies a whole log several times, as `ironledger-maintenance verify` does.
 *
 * @throws Error when something is wrong with it
 */
export function measureVerify(logDirectory: string, rounds: number): VerifyFigures {
  const measured = Array.from({ length: rounds }, () => verifyOnce(logDirectory));
  return {
    verify_events: measured[0]?.events ?? 0,
    verify_events_per_s: Math.round(median(measured.map(({ events, seconds }) => events / seconds))),
  };
}

function verifyOnce(logDirectory: string) {
  const start = performance.now();
  const log = openStoredLog(logDirectory);
  try {
    const { events, findingCount } = verifyStoredLog(log, { findings: createFindingList() });
    if (findingCount > 0) throw new Error(`${findingCount} findings in a log that nobody touched`);
    return { events, seconds: (performance.now() - start) / 1_000 };
  } finally {
    log.close();
  }
}
