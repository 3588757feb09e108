import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { BackupError, type BackupFacts, type BackupTaker } from "../domain/ports/backup-taker.ts";
import { threadEntry } from "../paths.ts";
import type { LogPlace } from "./ledger/ledger.ts";

export interface BackupsOptions {
  readonly log: LogPlace;
  /** Where the copies go. Made when there is one to be put there. */
  readonly backupsDirectory: string;
  readonly clock: () => Date;
}

/** What the thread is started with. */
export interface BackupThreadData {
  readonly directory: string;
  readonly file: string;
}

/** What the thread tells, once. */
export type BackupThreadReport =
  | { readonly taken: BackupFacts }
  | { readonly failed: { readonly code: string | undefined; readonly message: string } };

/**
 * Takes backups of the log into a directory, one at a time, each in a thread of its own that ends with it. They are
 * named by when they began, and never deleted: how long they are kept is not this service's to know.
 */
export function openBackups({ log, backupsDirectory, clock }: BackupsOptions): BackupTaker {
  let isRunning = false;

  return {
    async take() {
      if (log.kind === "engine") {
        throw new BackupError("BACKUP_ELSEWHERE", "the log is in an engine: use the backups of that");
      }
      if (isRunning) throw new BackupError("BACKUP_RUNNING", "another backup is under way");
      isRunning = true;
      try {
        await mkdir(backupsDirectory, { recursive: true, mode: 0o700 });
        return await inThread({
          directory: log.directory,
          file: join(backupsDirectory, backupName(clock())),
        });
      } catch (error) {
        if (error instanceof BackupError) throw error;
        const message = error instanceof Error ? error.message : String(error);
        throw new BackupError("BACKUP_FAILED", message, { cause: error });
      } finally {
        isRunning = false;
      }
    },
  };
}

/** `ledger-20260131T235959999Z.db`: in the order of the alphabet they are in the order of time. */
function backupName(began: Date): string {
  return `ledger-${began.toISOString().replaceAll(/[-:.]/g, "")}.db`;
}

async function inThread(workerData: BackupThreadData): Promise<BackupFacts> {
  const worker = new Worker(threadEntry("backup"), { workerData });
  try {
    const report = await new Promise<BackupThreadReport>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`the backup's thread ended with ${code}`)));
    });
    if ("taken" in report) return report.taken;
    throw failureOf(report.failed);
  } finally {
    await worker.terminate();
  }
}

function failureOf({ code, message }: { readonly code: string | undefined; readonly message: string }) {
  return new BackupError(code === "BACKUP_NO_SPACE" ? code : "BACKUP_FAILED", message);
}
