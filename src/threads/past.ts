import { platform, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { copyTable } from "../projections/past/copy-table.ts";
import { keptViews } from "../projections/past/kept-views.ts";
import type { PastThreadOrder, PastThreadReport } from "../service/past-thread.ts";

/** Copies tables of views as they were, one after the other. Its other end is `openPastThread`. */

/** As the API's thread, which waits for it: behind the packet path and the log. */
const standBack = 10;

function standBehind(): void {
  // On Linux it is a thread that has a priority, on other systems the whole process.
  if (platform() !== "linux") return;
  try {
    setPriority(standBack);
  } catch {
    // A sandbox may forbid it. A copy then takes its share of a processor like anybody.
  }
}

function reportOn({ id, copy }: PastThreadOrder): PastThreadReport {
  try {
    return { id, rows: copyTable(keptViews[copy.view], copy) };
  } catch (error) {
    return { id, failed: error instanceof Error ? error.message : String(error) };
  }
}

standBehind();
parentPort?.on("message", (order: PastThreadOrder) => parentPort?.postMessage(reportOn(order)));
