import type { RecordedEvent } from "../../src/domain/ports/event-store.ts";
import { orderedJson } from "../../src/projections/ordered-json.ts";
import type { Table, TableSet } from "../../src/projections/table.ts";
import type { CountedValue, Rows, View } from "../../src/projections/view.ts";
import type { StoredRow } from "../../src/projections/view-snapshot.ts";

type Row = Readonly<Record<string, unknown>>;

/** The rows of each table as arrays, in the order of the primary key. */
export type TableRows = Readonly<Record<string, readonly StoredRow[]>>;

/** What a view is, said as simply as it can be: its handlers over plain maps, one event after another. */
export function naiveFold(view: View, events: readonly RecordedEvent[]): TableRows {
  const maps = Object.fromEntries(
    Object.keys(view.tables).map((name) => [name, new Map<string, Row>()] as const),
  );
  const rows = Object.fromEntries(
    Object.entries(view.tables).map(([name, table]) => {
      const map = maps[name] ?? new Map<string, Row>();
      const put = (row: Row) => void map.set(JSON.stringify(table.key.map((column) => row[column])), row);
      const get = (...key: readonly unknown[]) => map.get(JSON.stringify(key));
      const remove = (...key: readonly unknown[]) => map.delete(JSON.stringify(key));
      const count = ({ collection, column, value: of }: CountedValue, by: number) => {
        const value = JSON.stringify(of);
        const counted = Number(get(collection, column, value)?.["rows"] ?? 0) + by;
        if (counted === 0) remove(collection, column, value);
        else put({ collection, column, value, rows: counted });
      };
      return [name, { get, put, insert: put, delete: remove, count }];
    }),
  ) as unknown as Rows<TableSet>;
  for (const [ordinal, event] of events.entries()) view.apply(event, rows, ordinal);
  return Object.fromEntries(
    Object.entries(view.tables).map(([name, table]) => [name, inKeyOrder(table, maps[name] ?? new Map())]),
  );
}

function inKeyOrder({ key, columns }: Table, rows: ReadonlyMap<string, Row>): readonly StoredRow[] {
  const compare = (a: Row, b: Row) => {
    const column = key.find((each) => a[each] !== b[each]);
    if (column === undefined) return 0;
    return (a[column] as string) < (b[column] as string) ? -1 : 1;
  };
  return [...rows.values()]
    .toSorted(compare)
    .map((row) =>
      Object.entries(columns).map(([name, { json }]) => (json ? orderedJson(row[name]) : row[name])),
    ) as readonly StoredRow[];
}
