import type { DatabaseSync } from "node:sqlite";
import { CheckpointSigned, checkpointCodec } from "../../../../domain/checkpoint/events.ts";
import type { ArchivedSegment } from "../../../../domain/system/events.ts";
import type { SegmentPlan } from "./write-segment.ts";

/** Which events may be archived. */
export interface RetentionRule {
  /** Only what was signed by then, milliseconds UTC. */
  readonly signedBeforeMs: number;
  /** A segment has so many events at least. */
  readonly leastEvents: number;
}

/** What there is to do. */
export interface ArchivePlan {
  /** Segments whose archives are there, and whose events are in the log's file, too: somebody was cut short. */
  readonly pending: readonly ArchivedSegment[];
  /** Segments to be written behind those. */
  readonly segments: readonly SegmentPlan[];
}

/** Segments that follow on one another from an event on: of those that were begun anew, the newest. */
export function segmentsFrom(known: readonly ArchivedSegment[], after: number): readonly ArchivedSegment[] {
  const segments: ArchivedSegment[] = [];
  for (let end = after; ; ) {
    const segment = known.findLast((archived) => archived.after === end);
    if (!segment) return segments;
    segments.push(segment);
    end = segment.through;
  }
}

/**
 * The segments that can be sealed behind an event: each ends with the first checkpoint that leaves it large enough, so
 * that no archive, and nothing that is remembered while it is written, grows with the age of the log.
 */
export function planSegments(
  checkpoints: readonly SignedEnd[],
  after: number,
  { signedBeforeMs, leastEvents }: RetentionRule,
): readonly SegmentPlan[] {
  const plans: SegmentPlan[] = [];
  let end = after;
  for (const { size, root, note, verifierKey, signedAtMs } of checkpoints) {
    if (signedAtMs > signedBeforeMs || size - end < leastEvents) continue;
    plans.push({ after: end, through: size, root, note, verifierKey });
    end = size;
  }
  return plans;
}

/** A checkpoint that the log tells of. */
interface SignedEnd extends Omit<SegmentPlan, "after" | "through"> {
  readonly size: number;
  readonly signedAtMs: number;
}

/** The checkpoints that a log's file tells of, by their sizes. */
export function signedEnds(database: DatabaseSync): readonly SignedEnd[] {
  // The streams' names are neighbours in their index: "." is the character behind "-".
  const select = database.prepare(
    `SELECT e.time, e.type, e.schema, e.data FROM stream AS s JOIN event AS e ON e.stream = s.id
      WHERE s.name >= 'checkpoint-' AND s.name < 'checkpoint.' AND e.type = ?`,
  );
  const ends = select.all(CheckpointSigned.type).map(({ time, type, schema, data }) => {
    const stored = { type: String(type), schema: Number(schema), data: JSON.parse(String(data)) };
    return { ...checkpointCodec.read(stored).data, signedAtMs: Number(time) };
  });
  return ends.toSorted((one, other) => one.size - other.size);
}
