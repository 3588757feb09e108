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

/**
 * Streams are kept in two halves, by when they were written last: when the newer one is full, it becomes the older one, and
 * what that held is forgotten at once. (One map that is walked along as it changes would do, but as long as there is
 * nothing to forget, such a walk keeps alive all that was ever overwritten.)
 *
 * @param headsMax most streams remembered; those that were written longest ago are forgotten first
 */
export function createStreamHeads(database: DatabaseSync, headsMax = defaultHeadsMax): StreamHeads {
  let newer = new Map<string, StreamHead>();
  let older = new Map<string, StreamHead>();
  const changed = new Map<string, StreamHead>();
  const select = database.prepare(
    `SELECT s.id AS streamId, e.revision, lower(hex(e.hash)) AS hash FROM stream AS s
      JOIN event AS e ON e.stream = s.id WHERE s.name = ? ORDER BY e.revision DESC LIMIT 1`,
  );

  function keep(stream: string, head: StreamHead): void {
    if (newer.size >= headsMax / 2 && !newer.has(stream)) {
      older = newer;
      newer = new Map();
    }
    newer.set(stream, head);
  }

  return {
    get(stream) {
      const known = changed.get(stream) ?? newer.get(stream) ?? older.get(stream);
      return known ?? (select.get(stream) as StreamHead | undefined);
    },

    set(stream, head) {
      changed.set(stream, head);
    },

    committed() {
      for (const [stream, head] of changed) keep(stream, head);
      changed.clear();
    },

    rolledBack() {
      changed.clear();
      newer.clear();
      older.clear();
    },
  };
}
