import type { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../../domain/ports/event-store.ts";
import {
  type ArchivedSegment,
  SegmentArchived,
  systemCodec,
  systemStream,
} from "../../../../domain/system/events.ts";
import { createLogTable } from "../log-table.ts";

/** What a log's file is without. */
export interface Seal {
  /** The last archived event. Of those up to it the file has some, of those behind it all. */
  readonly through: number;
  /** Where the archived events are: each segment begins where the one before ends, the first with the log. */
  readonly segments: readonly ArchivedSegment[];
}

/**
 * Up to where the events of a log's file may be archived; `undefined`: all of them are in the file.
 *
 * @throws EventStoreError `LOG_DAMAGED` when the log does not tell where they are
 */
export function sealOf(database: DatabaseSync): Seal | undefined {
  const sealed = createLogTable(database).get("sealed");
  if (sealed === undefined) return undefined;
  const through = Number(sealed);
  return { through, segments: segmentsUpTo(archivedSegments(database), through) };
}

/** The last archived event of a log's file; 0: all of them are in the file. */
export function sealedThrough(database: DatabaseSync): number {
  return Number(createLogTable(database).get("sealed") ?? 0);
}

/** All that the log tells of its archives, oldest first. A segment that was begun anew is told of twice. */
export function archivedSegments(database: DatabaseSync): readonly ArchivedSegment[] {
  const select = database.prepare(
    `SELECT e.type, e.schema, e.data FROM event AS e JOIN stream AS s ON s.id = e.stream
      WHERE s.name = ? AND e.type = ? ORDER BY e.revision`,
  );
  const rows = select.all(systemStream, SegmentArchived.type);
  return rows.flatMap(({ type, schema, data }) => {
    const event = systemCodec.read({
      type: String(type),
      schema: Number(schema),
      data: JSON.parse(String(data)),
    });
    return event.type === SegmentArchived.type ? [event.data] : [];
  });
}

/** The newest segments that follow on one another up to an event. */
function segmentsUpTo(known: readonly ArchivedSegment[], through: number): readonly ArchivedSegment[] {
  const segments: ArchivedSegment[] = [];
  for (let end = through; end > 0; ) {
    const segment = known.findLast((archived) => archived.through === end && archived.after < end);
    if (!segment) {
      const message = `the log tells of no archive that ends with event ${end}, and is without it`;
      throw new EventStoreError("LOG_DAMAGED", `${message}. Restore a backup`);
    }
    segments.unshift(segment);
    end = segment.after;
  }
  return segments;
}
