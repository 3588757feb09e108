import type { Verifying } from "../../adapters/event-store/log-check.ts";
import type { LogIdentity } from "../../adapters/event-store/position.ts";
import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { VerifyReport } from "../../proof/report.ts";
import type { ExportJob } from "./audit-job.ts";

/** The text of an export. */
export interface ExportText {
  /** The last event of the file, as the file names it; `undefined`: it has none. */
  readonly through: Position | undefined;
  /** A page of lines at once; empty where nothing of a page is wanted. */
  readonly lines: AsyncIterable<string> | Iterable<string>;
}

/** A log as an audit reads it, in files or in an engine, up to the event that was the newest when it was opened. */
export interface AuditedLog {
  readonly identity: LogIdentity;
  /** How many events there are, as far as that is known without reading them. */
  readonly size: number;
  /** @throws EventStoreError when the log cannot be read */
  verify(verifying: Verifying): Promise<VerifyReport>;
  /** @throws EventStoreError `POSITION_UNKNOWN` */
  export(job: ExportJob): Promise<ExportText>;
  /** Events after a position up to another, in their order, a page at once. @throws Error when one cannot be read */
  events(
    after: Position | undefined,
    through: Position | undefined,
  ): AsyncIterable<readonly RecordedEvent[]> | Iterable<readonly RecordedEvent[]>;
  close(): Promise<void>;
}
