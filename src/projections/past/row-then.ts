import { quoted, type RowOf, type SqlValue, type TableSet } from "../table.ts";
import { rowDecoder } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { goneColumn, keptColumns, type PastView, sinceColumn, versionsOf } from "./with-past.ts";

/** Where versions are read. */
interface Versions<Tables extends TableSet, Name extends keyof Tables & string> {
  readonly view: PastView;
  /** Of the view, with the types of its rows. */
  readonly tables: Tables;
  readonly table: Name;
}

/**
 * Looks single rows up as they were after an event, by its place in the log, in the view as it is now: nothing is
 * copied. What is not kept is `null`.
 */
export function rowThen<Tables extends TableSet, Name extends keyof Tables & string>(
  connection: ViewConnection,
  { view, tables, table: name }: Versions<Tables, Name>,
): (key: readonly SqlValue[], ordinal: number) => RowOf<Tables[Name]> | undefined {
  const table = tables[name] as Tables[Name];
  const kept = keptColumns(table, view.kept[name] ?? {});
  const columns = Object.keys(table.columns).map((column) =>
    kept.includes(column) ? quoted(column) : `NULL AS ${quoted(column)}`,
  );
  const decode = rowDecoder(table);
  const newest = connection.prepare(`SELECT ${columns.join(", ")}, ${goneColumn}
    FROM ${quoted(versionsOf(name))}
    WHERE ${table.key.map((column) => `${quoted(column)} = ?`).join(" AND ")} AND ${sinceColumn} <= ?
    ORDER BY ${sinceColumn} DESC LIMIT 1`);
  return (key, ordinal) => {
    const { [goneColumn]: gone, ...row } = newest.get(...key, ordinal) ?? { [goneColumn]: 1 };
    return gone === null ? decode(row) : undefined;
  };
}
