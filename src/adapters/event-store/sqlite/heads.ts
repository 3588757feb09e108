import type { DatabaseSync } from "node:sqlite";

/** The newest event of a stream. */
export interface StreamHead {
  /** The stream's number in its table. */
  readonly streamId: number;
  readonly revision: number;
  readonly hash: string;
}

/** Streams remembered: some 4 MiB. One that is not is looked up, which takes a few microseconds. */
const defaultHeadsMax = 16_384;

/**
 * The newest event of each stream, remembered between transactions. What a transaction changes is seen by
 * itself at once, and kept only when it is told that the transaction was committed.
 */
export interface StreamHeads {
  get(stream: string): StreamHead | undefined;
  set(stream: string, head: StreamHead): void;
  committed(): void;
  rolledBack(): void;
}

/** @param headsMax most streams remembered; the one that was written longest ago is forgotten first */
export function createStreamHeads(database: DatabaseSync, headsMax = defaultHeadsMax): StreamHeads {
  const kept = new Map<string, StreamHead>();
  const changed = new Map<string, StreamHead>();
  /** One walk through all that is kept: a new one would have to pass by all that was forgotten before. */
  const oldest = kept.keys();
  const select = database.prepare(
    `SELECT s.id AS streamId, e.revision, lower(hex(e.hash)) AS hash FROM stream AS s
      JOIN event AS e ON e.stream = s.id WHERE s.name = ? ORDER BY e.revision DESC LIMIT 1`,
  );

  return {
    get(stream) {
      return changed.get(stream) ?? kept.get(stream) ?? (select.get(stream) as StreamHead | undefined);
    },

    set(stream, head) {
      changed.set(stream, head);
    },

    committed() {
      for (const [stream, head] of changed) {
        // Deleted first, so that the map's order is that of the last write and its first key the one to
        // forget.
        kept.delete(stream);
        kept.set(stream, head);
      }
      changed.clear();
      for (let excess = kept.size - headsMax; excess > 0; excess--) {
        const { value: stream } = oldest.next();
        if (stream !== undefined) kept.delete(stream);
      }
    },

    rolledBack() {
      changed.clear();
      kept.clear();
    },
  };
}
