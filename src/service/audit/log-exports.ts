import { Readable } from "node:stream";
import { EventStoreError, type Position } from "../../domain/ports/event-store.ts";
import type { AuditThreadData, ExportJob } from "./audit-job.ts";
import { type AuditThread, startAuditThread } from "./audit-thread.ts";

/** Where audits find the log, and what runs them. */
export interface AuditPlace extends Omit<AuditThreadData, "job"> {
  /** The module that an audit's thread runs. */
  readonly entry: URL;
}

/** Each is a thread with a connection of its own. */
const exportsMax = 4;

/** How long a reader may leave a chunk waiting, milliseconds. */
const stallMsDefault = 60_000;

export interface LogExportsOptions extends AuditPlace {
  /** (Default: 60,000) */
  readonly stallMs?: number;
  /** Told how an export ended, and how many octets were taken. (Default: nobody is) */
  readonly onEnd?: (outcome: ExportOutcome, octets: number) => void;
}

/** How an export ended: all was taken; the reader left, or took nothing for too long; the log could not be read on. */
export type ExportOutcome = "completed" | "abandoned" | "stalled" | "failed";

/** An export that has begun. */
export interface LogExport {
  readonly logId: string;
  /** The last event of the file; `undefined`: the log is empty. */
  readonly through: Position | undefined;
  /** The file's octets, made as they are taken. Must be read or destroyed, which ends the export. */
  readonly chunks: Readable;
}

/** Exports of the log of a running service. */
export interface LogExports {
  /**
   * Begins an export; `undefined` when as many are under way as may be.
   *
   * @throws EventStoreError `POSITION_UNKNOWN`, `LOG_DAMAGED`, `LOG_NEWER`
   */
  start(request: Omit<ExportJob, "kind">): Promise<LogExport | undefined>;
  /** How many are under way. */
  count(): number;
  /** Ends those that are under way. */
  close(): void;
}

export function openLogExports(options: LogExportsOptions): LogExports {
  const { stallMs = stallMsDefault, onEnd = () => undefined, ...place } = options;
  const stopping = new AbortController();
  let underWay = 0;

  function streamOf(thread: AuditThread): Readable {
    const taking = takingOf(thread, { stallMs, onStall: (error) => stream.destroy(error) });
    const stream = Readable.from(taking.chunks, { objectMode: false });
    // Also of a stream that nobody began to read.
    stream.once("close", () => {
      underWay--;
      thread.stop();
      onEnd(taking.outcome(), taking.octets());
    });
    return stream;
  }

  return {
    async start(request) {
      stopping.signal.throwIfAborted();
      if (underWay >= exportsMax) return undefined;
      underWay++;
      const job = { kind: "export", ...request } as const;
      try {
        const thread = startAuditThread({ ...place, job, signal: stopping.signal });
        const { value } = await thread.reports.next();
        if (!value || !("exporting" in value)) throw new Error("the audit's thread did not begin");
        return { ...value.exporting, chunks: streamOf(thread) };
      } catch (error) {
        underWay--;
        stopping.signal.throwIfAborted();
        throw error;
      }
    },
    count: () => underWay,
    close: () => stopping.abort(new EventStoreError("LOG_CLOSED", "the service is stopping")),
  };
}

interface Taking {
  readonly stallMs: number;
  readonly onStall: (error: Error) => void;
}

/** The chunks of a thread, one of which is made while the one before it is sent. */
function takingOf(thread: AuditThread, { stallMs, onStall }: Taking) {
  let octets = 0;
  let outcome: ExportOutcome = "abandoned";

  function stall(): void {
    outcome = "stalled";
    onStall(new Error(`a reader of an export took nothing for ${stallMs / 1_000} s`));
  }

  async function* chunks(): AsyncGenerator<Uint8Array, void> {
    thread.next();
    for await (const chunk of chunksOf(thread)) {
      const timer = setTimeout(stall, stallMs);
      try {
        yield chunk;
      } finally {
        clearTimeout(timer);
      }
      octets += chunk.length;
    }
    outcome = "completed";
  }

  async function* chunksOf({ reports, next }: AuditThread): AsyncGenerator<Uint8Array, void> {
    try {
      for await (const report of reports) {
        if (!("chunk" in report)) continue;
        next();
        yield report.chunk;
      }
    } catch (error) {
      outcome = "failed";
      throw error;
    }
  }

  return { chunks: chunks(), octets: () => octets, outcome: () => outcome };
}
