import { type BulkAction, bulkCodec } from "../../domain/bulk/events.ts";
import { integer, type RowOf, table, text, textOrNull } from "../table.ts";
import { tableReader } from "../table-reader.ts";
import { handling, type View } from "../view.ts";
import type { ViewConnection } from "../view-connection.ts";

const tables = {
  /** Only those that have not ended. */
  open: table({
    columns: {
      bulkId: text(),
      action: text<BulkAction>(),
      /** How many machines are meant. */
      matched: integer(),
      actor: text(),
      reason: textOrNull(),
      requestedAtMs: integer(),
      position: text(),
    },
    key: ["bulkId"],
    indexes: [["position"], ["actor", "position"]],
  }),
};

/** A bulk change that was begun and has not ended. */
export type OpenBulkChangeRow = RowOf<typeof tables.open>;

/** Bulk changes that are under way, or that a service which stopped has left half done. */
export const bulkChanges: View<typeof tables> = {
  name: "bulk-changes",
  version: 3,
  tables,
  apply: handling(bulkCodec, {
    BulkRequested({ stream, time, position, meta, data: { action, machineIds } }, rows) {
      const { actor, reason = null } = meta;
      const bulkId = bulkIdOf(stream);
      const matched = machineIds.length;
      rows.open.put({ bulkId, action, matched, actor, reason, requestedAtMs: time, position });
    },
    BulkCompleted({ stream }, rows) {
      rows.open.delete(bulkIdOf(stream));
    },
  }),
};

function bulkIdOf(stream: string): string {
  return stream.slice("bulk-".length);
}

export interface BulkChangesReader {
  /** Oldest first. `after`: the position of the one before, exclusive. `actor`: only those that this one began. */
  open(page: {
    readonly after?: string;
    readonly actor?: string;
    readonly limit: number;
  }): readonly OpenBulkChangeRow[];
}

export function bulkChangesReader(connection: ViewConnection): BulkChangesReader {
  const reader = tableReader(connection, tables, "open");
  const open = reader.many("WHERE position > ? ORDER BY position LIMIT ?");
  const openOf = reader.many("WHERE actor = ? AND position > ? ORDER BY position LIMIT ?");
  return {
    open: ({ after = "", actor, limit }) =>
      actor === undefined ? open(after, limit) : openOf(actor, after, limit),
  };
}
