import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Archived, archiveLog } from "../adapters/event-store/sqlite/archive/archive-log.ts";
import { logFiles } from "../adapters/event-store/sqlite/log-files.ts";
import { newId } from "../ids.ts";

export interface ArchiveRequest {
  /** The data directory. Its service is stopped. */
  readonly data: string;
  /** Archives what was signed so many days ago. At least 8: for a week a request is recognised by its events. */
  readonly days: number;
  /** (Default: 1,000,000) */
  readonly leastEvents?: number | undefined;
}

export interface ArchiveTools {
  readonly clock: () => Date;
  readonly randomHex: (digits: number) => string;
  /** Number of the user who runs this. (Default: who the system says, nobody in particular where it has no numbers) */
  readonly user?: number | undefined;
  /** Told how far it is, and of what is wrong and does not matter. */
  readonly onLine: (line: string) => void;
}

const dayMs = 86_400_000;
const defaultLeastEvents = 1_000_000;

/**
 * Archives old events of a stopped service's log: see `archiveLog`.
 *
 * @throws EventStoreError `LOG_LOCKED`, `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when there is no log, it is another user's, or as `archiveLog` says
 */
export async function archiveEvents(
  { data, days, leastEvents = defaultLeastEvents }: ArchiveRequest,
  { clock, randomHex, user = process.getuid?.(), onLine }: ArchiveTools,
): Promise<Archived> {
  const directory = join(data, "log");
  const { ledger } = logFiles(directory);
  if (!existsSync(ledger)) {
    throw new Error(`${ledger} does not exist: name the data directory of a service that has run`);
  }
  const { uid } = statSync(ledger);
  if (user !== uid) {
    throw new Error(
      `${ledger} belongs to user ${uid}, who could not read what others write: run this as that user`,
    );
  }
  return await archiveLog({
    ...{ directory, clock, randomHex, newId, leastEvents, onWarning: onLine },
    signedBeforeMs: clock().getTime() - days * dayMs,
    onProgress: onLine,
    onStep(done) {
      if (done.step !== "recorded") return;
      const { after, through } = done.segment;
      onLine(`events ${after + 1} to ${through} are archived`);
    },
  });
}
