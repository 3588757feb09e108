import { parentPort, workerData } from "node:worker_threads";
import { EventStoreError } from "../domain/ports/event-store.ts";
import type { AuditReport, AuditThreadData, AuditThreadOrder } from "../service/audit/audit-job.ts";
import { runAudit } from "../service/audit/run-audit.ts";
import { standBack } from "../service/stand-back.ts";

/** Reads the log from one end to the other for one audit, and ends. Its other end is `startAuditThread`. */
const data = workerData as AuditThreadData;

// Whoever leases addresses or looks at machines goes first.
standBack(19);

function tell(report: AuditReport): void {
  parentPort?.postMessage(report, "chunk" in report ? [report.chunk.buffer] : []);
}

/** Resolves when one chunk more may be sent. */
function createTurns() {
  let granted = 0;
  let wake: () => void = () => undefined;
  parentPort?.on("message", (_order: AuditThreadOrder) => {
    granted++;
    wake();
  });
  return async () => {
    while (granted === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    granted--;
  };
}

runAudit(data, { tell, turn: createTurns() })
  .catch((error: unknown) => {
    const code = error instanceof EventStoreError ? error.code : undefined;
    tell({ failed: { code, message: error instanceof Error ? error.message : String(error) } });
  })
  .finally(() => parentPort?.close());
