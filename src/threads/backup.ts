import { platform, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { backUpLog } from "../adapters/event-store/sqlite/back-up.ts";
import type { BackupThreadData, BackupThreadReport } from "../service/open-backups.ts";

/** Copies the log once, checks the copy, and ends. Its other end is `openBackups`. */
const request = workerData as BackupThreadData;
const report = (message: BackupThreadReport) => parentPort?.postMessage(message);

/** A backup has time: it takes the processor when nobody else wants it. */
const standBack = 19;

function standBehind(): void {
  // On Linux it is a thread that has a priority, on other systems the whole process.
  if (platform() !== "linux") return;
  try {
    setPriority(standBack);
  } catch {
    // A sandbox may forbid it. The check of the copy then takes its share of a processor like anybody.
  }
}

standBehind();
backUpLog(request).then(
  (taken) => report({ taken }),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    report({ failed: { code, message } });
  },
);
