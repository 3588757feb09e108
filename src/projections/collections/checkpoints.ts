import type { SourceColumn } from "../query/source.ts";
import { type SearchableCollection, sqlCollection } from "../query/sql-collection.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type CheckpointRow, checkpointTally, treeTables } from "../views/log-tree.ts";

const columns = {
  /** Of the event that records it: the place in the log, from 0. */
  position: { kind: "number", field: "ordinal", ordered: true },
  size: { kind: "number", field: "size" },
  root: { kind: "text", field: "root" },
  verifierKey: { kind: "text", field: "verifierKey", faceted: true },
  signedAt: { kind: "time", field: "signedAtMs", growsWithId: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

/** What was signed of the log, in every life of it, in that order. Its view is `log-tree`. */
export function checkpointCollection(connection: ViewConnection): SearchableCollection<CheckpointRow> {
  return sqlCollection(connection, {
    tables: treeTables,
    table: "checkpoint",
    tally: checkpointTally,
    id: "ordinal",
    columns,
    labels: false,
    aliases: { key: "verifierKey", signed: "signedAt" },
    bareWord: "root",
    defaultOrder: { column: "position", descending: false },
    scannable: true,
  });
}
