import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { EventStoreError } from "../../domain/ports/event-store.ts";
import type { AuditReport, AuditThreadData, AuditThreadOrder } from "./audit-job.ts";

export interface AuditThreadOptions extends AuditThreadData {
  /** The module that the thread runs. */
  readonly entry: URL;
  /** Ends the thread, whatever it does. The reason is thrown. */
  readonly signal: AbortSignal;
}

/** A thread that does one audit and ends with it. */
export interface AuditThread {
  /**
   * What the thread tells, in order. Ends with it; to end it early, leave the loop.
   *
   * @throws EventStoreError of the thread's, Error when the thread died, or the reason of the abort
   */
  readonly reports: AsyncGenerator<AuditReport, void>;
  /** Lets a thread that exports make another chunk. */
  readonly next: () => void;
  /** Ends it, whatever it does. */
  readonly stop: () => void;
}

/** An audit reads much and keeps little. */
const resourceLimits = { maxYoungGenerationSizeMb: 24 };

/** Starts a thread. @throws the reason of a signal that is aborted already */
export function startAuditThread({ entry, signal, ...workerData }: AuditThreadOptions): AuditThread {
  signal.throwIfAborted();
  const worker = new Worker(entry, { workerData, resourceLimits });
  const messages = on(worker, "message", { close: ["exit"], signal });
  return {
    reports: reportsOf(worker, messages),
    next: () => worker.postMessage({ next: true } satisfies AuditThreadOrder),
    stop: () => void worker.terminate(),
  };
}

async function* reportsOf(
  worker: Worker,
  messages: AsyncIterable<readonly unknown[]>,
): AsyncGenerator<AuditReport, void> {
  let isDone = false;
  try {
    for await (const [message] of messages) {
      const report = message as AuditReport;
      if ("failed" in report) throw errorOf(report.failed);
      isDone = "ended" in report || "verified" in report;
      yield report;
      if (isDone) return;
    }
    if (!isDone) throw new Error("the audit's thread ended before its work");
  } finally {
    await worker.terminate();
  }
}

function errorOf({ code, message }: Extract<AuditReport, { failed: unknown }>["failed"]): Error {
  return code === undefined ? new Error(message) : new EventStoreError(code, message);
}
