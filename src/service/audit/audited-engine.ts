import type { EngineStore } from "../../adapters/event-store/eventstoredb/eventstoredb-event-store.ts";
import type { ExportRange } from "../../adapters/event-store/export-range.ts";
import {
  cloudEventLinesOf,
  numbersOf,
  verifiableLinesOf,
} from "../../adapters/event-store/export-read-log.ts";
import { pagesBetween, type ReadLog, refuseUnknown } from "../../adapters/event-store/log-pages.ts";
import { positionIdentity, positionNumber, positionText } from "../../adapters/event-store/position.ts";
import { verifyReadLog } from "../../adapters/event-store/verify-read-log.ts";
import { EventStoreError, type Position } from "../../domain/ports/event-store.ts";
import type { ExportJob } from "./audit-job.ts";
import type { AuditedLog, ExportText } from "./audited-log.ts";

/** An event of the log, and how many there are up to it. */
export interface CountedPlace {
  readonly position: Position;
  readonly events: number;
}

export interface AuditedEngineOptions {
  readonly store: Pick<EngineStore, "readAll" | "head" | "close">;
  /** Somewhere in the log, which spares counting. (Default: the log is counted) */
  readonly counted: CountedPlace | undefined;
}

interface EngineLog extends ReadLog {
  readonly head: Position | undefined;
  readonly counted: CountedPlace | undefined;
}

/**
 * The log of an engine. Its positions are octets of the engine's own log, and an exported file counts events: so what
 * begins or ends in the middle is counted first, which reads the log once more.
 *
 * @throws EventStoreError when the engine does not answer, or its log is empty
 */
export async function openAuditedEngine(options: AuditedEngineOptions): Promise<AuditedLog> {
  const { store } = options;
  const head = await store.head();
  if (head === undefined) throw new EventStoreError("LOG_UNREADABLE", "the engine's log has no event yet");
  // A view that has not followed a restore yet counts events of an earlier life.
  const counted = options.counted && isOfLife(options.counted.position, head) ? options.counted : undefined;
  const log: EngineLog = { reader: store, identity: positionIdentity(head), head, counted };
  return {
    identity: log.identity,
    size: counted?.events ?? 0,
    verify: (verifying) => verifyReadLog(log, head, verifying),
    export: (job) => (job.format === "verifiable" ? verifiableOf(log, job) : cloudEventsOf(log, job)),
    events: (after, through) => pagesBetween(log, { after, through }),
    close: () => store.close(),
  };
}

function isOfLife(position: Position, head: Position): boolean {
  const life = (text: Position) => text.slice(0, text.lastIndexOf("."));
  return life(position) === life(head);
}

async function verifiableOf(log: EngineLog, job: ExportJob): Promise<ExportText> {
  const { range, until } = await placesOf(log, job);
  return {
    through: positionText(log.identity, range.through),
    lines: verifiableLinesOf(log, { ...range, until }),
  };
}

interface Places {
  readonly range: ExportRange;
  readonly until: Position | undefined;
}

async function placesOf(log: EngineLog, { after, through, resumeAfter }: ExportJob): Promise<Places> {
  const { identity, head, counted } = log;
  if (resumeAfter !== undefined && through !== undefined) {
    // They are of the file, which counts.
    const [from, end, last] = [after, through, resumeAfter].map((place) => positionNumber(identity, place));
    return { range: { after: from ?? 0, through: end ?? 0, resumeAfter: last }, until: head };
  }
  if (after === undefined && through === undefined && counted) {
    return { range: { after: 0, through: counted.events }, until: counted.position };
  }
  const until = through ?? head;
  await refuseUnknown(log, { after, through: until });
  return { range: await numbersOf(log, { after, through: until }), until };
}

async function cloudEventsOf(log: EngineLog, job: ExportJob): Promise<ExportText> {
  const { resumeAfter, after = resumeAfter, through = log.head, choice } = job;
  await refuseUnknown(log, { after, through });
  return { through, lines: cloudEventLinesOf(log, { after, through, ...choice }) };
}
