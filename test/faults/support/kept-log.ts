import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLogReader } from "../../../src/adapters/event-store/sqlite/open-reader.ts";
import { uuidText } from "../../../src/adapters/event-store/sqlite/rows.ts";
import { verifyLog } from "../../../src/maintenance/verify.ts";
import type { Kept } from "../history/history.ts";

/** An event as it lies on the disk. */
export interface LoggedFact {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The operation that an event is the effect of, and what an answer would say of it; `undefined`: none that counts. */
export type EffectOf = (event: LoggedFact) => Pick<Kept, "key" | "fact"> | undefined;

/**
 * Everything in the log of a service that does not run, however it ended. Looks at a copy, so that the log itself is
 * still as it was left.
 *
 * @throws Error when a verification finds anything wrong with it
 */
export async function soundLog(dataDirectory: string, effectOf: EffectOf): Promise<readonly Kept[]> {
  const folder = await mkdtemp(join(tmpdir(), "ironledger-kept-"));
  try {
    await cp(join(dataDirectory, "log"), join(folder, "log"), { recursive: true });
    return verifiedLog(folder, effectOf);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same of a directory that nobody needs any more. */
export function verifiedLog(dataDirectory: string, effectOf: EffectOf): readonly Kept[] {
  const { findingCount, findings } = verifyLog({ data: dataDirectory });
  if (findingCount > 0) throw new Error(`the log is not sound: ${JSON.stringify(findings.slice(0, 10))}`);
  return readKept(join(dataDirectory, "log"), effectOf);
}

/** Every event of a log. */
export function readKept(logDirectory: string, effectOf: EffectOf): readonly Kept[] {
  const reader = openLogReader(logDirectory);
  const kept: Kept[] = [];
  try {
    for (let after = 0; ; ) {
      const { rows, position: looked, caughtUp } = reader.page({ after, limit: 1_000, filter: undefined });
      for (const [position, stream, revision, id, type, , , data] of rows) {
        const eventId = uuidText(id);
        const effect = effectOf({ eventId, stream, revision, type, data: JSON.parse(data) });
        kept.push({ position, event: eventId, ...effect });
      }
      if (caughtUp) return kept;
      after = looked;
    }
  } finally {
    reader.close();
  }
}
