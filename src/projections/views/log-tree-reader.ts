import type { Position } from "../../domain/ports/event-store.ts";
import type { Block, TreeState } from "../../proof/tree-builder.ts";
import { tableReader } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type CheckpointRow, treeTables } from "./log-tree.ts";

/** A block that is kept, and where the event is that is its last leaf. */
export interface KeptBlock {
  readonly hash: string;
  readonly position: Position;
}

/** The log's tree as far as its view shows it. What is read without an `await` in between is of one moment. */
export interface LogTreeReader {
  /** The tree of all events that the view shows. */
  state(): TreeState;
  /** The newest event that the view shows; `undefined` before the first. */
  position(): Position | undefined;
  /** `undefined`: it is not complete, or of a level below `keptLevel`. */
  block(block: Block): KeptBlock | undefined;
  /** The last checkpoints that were signed, in every life of the log, in that order. */
  newestCheckpoints(limit: number): readonly CheckpointRow[];
  /** The checkpoint of a stream that covers the most events; `undefined`: the stream has none. */
  newestCheckpoint(stream: string): CheckpointRow | undefined;
  /** The smallest checkpoint of a stream that covers so many events or more. */
  checkpointCovering(stream: string, size: number): CheckpointRow | undefined;
  /** The checkpoint of a stream that covers exactly so many events. */
  checkpointOf(stream: string, size: number): CheckpointRow | undefined;
}

export function logTreeReader(connection: ViewConnection): LogTreeReader {
  const edges = tableReader(connection, treeTables, "edge").many("WHERE level >= 0 ORDER BY level DESC");
  const block = tableReader(connection, treeTables, "block").one("WHERE level = ? AND number = ?");
  const checkpoint = tableReader(connection, treeTables, "checkpoint");
  const last = checkpoint.many("WHERE ordinal >= 0 ORDER BY ordinal DESC LIMIT ?");

  return {
    state() {
      const blocks = edges();
      const size = blocks.reduce((sum, { level }) => sum + 2 ** level, 0);
      return { size, edge: blocks.map(({ hash }) => hash) };
    },
    position: () => connection.position(),
    block({ level, index }) {
      const found = block(level, index);
      return found && { hash: found.hash, position: found.position };
    },
    newestCheckpoints: (limit) => last(limit).toReversed(),
    newestCheckpoint: checkpoint.one("WHERE stream = ? ORDER BY size DESC LIMIT 1"),
    checkpointCovering: checkpoint.one("WHERE stream = ? AND size >= ? ORDER BY size LIMIT 1"),
    checkpointOf: checkpoint.one("WHERE stream = ? AND size = ?"),
  };
}
