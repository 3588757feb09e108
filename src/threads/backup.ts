import { parentPort, workerData } from "node:worker_threads";
import { backUpLog } from "../adapters/event-store/sqlite/back-up.ts";
import type { BackupThreadData, BackupThreadReport } from "../service/open-backups.ts";
import { standBack } from "../service/stand-back.ts";

/** Copies the log once, checks the copy, and ends. Its other end is `openBackups`. */
const request = workerData as BackupThreadData;
const report = (message: BackupThreadReport) => parentPort?.postMessage(message);

// A backup has time.
standBack(19);
backUpLog(request).then(
  (taken) => report({ taken }),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    report({ failed: { code, message } });
  },
);
