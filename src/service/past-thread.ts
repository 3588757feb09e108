import { Worker } from "node:worker_threads";
import type { CopyTable } from "../projections/past/copier.ts";
import type { TableCopy } from "../projections/past/copy-table.ts";
import type { KeptView } from "../projections/past/kept-views.ts";

/** What the thread is to do. */
export interface PastThreadOrder {
  /** Told again in the report. */
  readonly id: number;
  readonly copy: TableCopy<KeptView>;
}

/** What came of it: how many rows there were, or why it failed. */
export type PastThreadReport =
  | { readonly id: number; readonly rows: number }
  | { readonly id: number; readonly failed: string };

/** A thread that copies tables of the past. */
export interface PastThread {
  /** @throws Error when it fails, or the thread dies, which is then started anew for the next one */
  readonly copy: CopyTable;
  /** Ends it. Copies under way fail, and so does every later one. */
  close(): Promise<void>;
}

/** It holds rows in SQLite, not in objects. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

/** Whoever waits for a copy. */
type Waiting = ReturnType<typeof Promise.withResolvers<number>>;

/** Starts the thread when there is something to copy first: who never looks back has none. */
export function openPastThread(entry: URL): PastThread {
  let worker: Worker | undefined;
  let asked = 0;
  let isClosed = false;
  const waiting = new Map<number, Waiting>();

  function failAll(error: Error): void {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function started(): Worker {
    const thread = new Worker(entry, { resourceLimits });
    thread.unref();
    thread.on("message", (report: PastThreadReport) => {
      const asker = waiting.get(report.id);
      waiting.delete(report.id);
      if ("rows" in report) asker?.resolve(report.rows);
      else asker?.reject(new Error(`a table of the past could not be copied: ${report.failed}`));
    });
    thread.once("error", failAll);
    thread.once("exit", (code) => {
      if (worker === thread) failAll(new Error(`the thread of the past ended with ${code}`));
    });
    return thread;
  }

  return {
    async copy(copy) {
      if (isClosed) throw new Error("the thread of the past is closed");
      worker ??= started();
      const id = asked++;
      const asker: Waiting = Promise.withResolvers();
      waiting.set(id, asker);
      worker.postMessage({ id, copy } satisfies PastThreadOrder);
      return asker.promise;
    },
    async close() {
      isClosed = true;
      await worker?.terminate();
    },
  };
}
