import { parentPort } from "node:worker_threads";
import { copyTable } from "../projections/past/copy-table.ts";
import { keptViews } from "../projections/past/kept-views.ts";
import type { PastThreadOrder, PastThreadReport } from "../service/past-thread.ts";
import { standBack } from "../service/stand-back.ts";

/** Copies tables of views as they were, one after the other. Its other end is `openPastThread`. */

function reportOn({ id, copy }: PastThreadOrder): PastThreadReport {
  try {
    return { id, rows: copyTable(keptViews[copy.view], copy) };
  } catch (error) {
    return { id, failed: error instanceof Error ? error.message : String(error) };
  }
}

// As the API's thread, which waits for it: behind the packet path and the log.
standBack(10);
parentPort?.on("message", (order: PastThreadOrder) => parentPort?.postMessage(reportOn(order)));
