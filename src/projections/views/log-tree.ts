import { CheckpointSigned, checkpointCodec } from "../../domain/checkpoint/events.ts";
import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import { leafHash, nodeHash } from "../../proof/merkle.ts";
import { integer, logTable, type RowOf, table, text } from "../table.ts";
import { countRow, tallyTable } from "../tally.ts";
import { type Rows, trustedReader, type View } from "../view.ts";

/**
 * Blocks of fewer leaves than 2^8 are made of the log's events when somebody asks for a proof: keeping them all would
 * take a row for each event, and these take one for 128.
 */
export const keptLevel = 8;

/** Tables of the log's tree, for its reader. */
export const treeTables = {
  /** The complete blocks that make up the tree of all events so far, one for each bit of their number. */
  edge: table({ columns: { level: integer(), hash: text() }, key: ["level"] }),
  /** Complete blocks of 2^level leaves, the leaves from `number` * 2^level on. They never change. */
  block: logTable({
    columns: {
      level: integer(),
      number: integer(),
      hash: text(),
      /** Of the event that is its last leaf. */
      position: text<Position>(),
    },
    key: ["level", "number"],
  }),
  /** What was signed, in every life of the log. */
  checkpoint: logTable({
    columns: {
      /** Of its event. */
      ordinal: integer(),
      eventId: text(),
      position: text<Position>(),
      stream: text(),
      signedAtMs: integer(),
      /** How many events it covers. */
      size: integer(),
      root: text<Sha256>(),
      note: text(),
      verifierKey: text(),
    },
    key: ["ordinal"],
    indexes: [["stream", "size"], ["signedAtMs"]],
  }),
  tally: tallyTable,
};

/** What is counted of checkpoints. */
export const checkpointTally = { collection: "checkpoint", columns: ["verifierKey"] } as const;

/** A checkpoint that was signed. */
export type CheckpointRow = RowOf<typeof treeTables.checkpoint>;

const readCheckpoint = trustedReader(checkpointCodec);

/** The tree of RFC 6962 over the hashes of all events, and what was signed of it. */
export const logTree: View<typeof treeTables> = {
  name: "log-tree",
  version: 2,
  tables: treeTables,
  apply(event, rows, ordinal) {
    appendLeaf(event, rows, ordinal);
    const signed = event.type === CheckpointSigned.type ? readCheckpoint(event) : undefined;
    if (!signed) return;
    const { id: eventId, position, stream, time: signedAtMs, data } = signed;
    const { size, root, note, verifierKey } = data;
    const row = { ordinal, eventId, position, stream, signedAtMs, size, root, note, verifierKey };
    rows.checkpoint.insert(row);
    countRow(rows.tally, checkpointTally, { before: undefined, after: row });
  },
};

/** Two complete blocks of one size become one of twice the size, as a carry goes through a binary number. */
function appendLeaf(
  { hash, position }: RecordedEvent,
  { edge, block }: Rows<typeof treeTables>,
  ordinal: number,
): void {
  let top = leafHash(hash);
  let level = 0;
  let number = ordinal;
  for (; number % 2 === 1; number = (number - 1) / 2) {
    const left = edge.get(level);
    if (!left) throw new Error(`the tree of ${ordinal} events has no block of level ${level}`);
    edge.delete(level);
    top = nodeHash(left.hash, top);
    level++;
    if (level >= keptLevel) block.insert({ level, number: (number - 1) / 2, hash: top, position });
  }
  edge.put({ level, hash: top });
}
