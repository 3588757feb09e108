import type { DatabaseSync } from "node:sqlite";
import { inPortions, type StoredTable } from "./stored-table.ts";
import { quoted, type SqlValue, type Table } from "./table.ts";

/** Counts by collection, column and value. */
type Counts = Map<string, Map<string, Map<SqlValue, number>>>;

/**
 * A table of counts. What is counted stays in memory as differences until it is written, so that nothing is looked up:
 * nearly every event counts something.
 */
export function storedTally(database: DatabaseSync, name: string, { columns, key }: Table): StoredTable {
  const [rows = ""] = Object.keys(columns).filter((column) => !key.includes(column));
  const counter = quoted(rows);
  const add = database.prepare(
    `INSERT INTO ${quoted(name)} VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET ${counter} = ${quoted(name)}.${counter} + excluded.${counter}`,
  );
  const where = key.map((column) => `${quoted(column)} = ?`).join(" AND ");
  const removeNone = database.prepare(`DELETE FROM ${quoted(name)} WHERE ${where} AND ${counter} = 0`);
  const counts: Counts = new Map();
  let waiting = 0;

  function write(collection: string, column: string, [value, by]: readonly [SqlValue, number]): void {
    const of = [collection, column, JSON.stringify(value)];
    if (by !== 0) add.run(...of, by);
    if (by < 0) removeNone.run(...of);
  }

  return {
    rows: {
      count({ collection, column, value }, by) {
        const values = within(within(counts, collection), column);
        const counted = values.get(value);
        if (counted === undefined) waiting++;
        values.set(value, (counted ?? 0) + by);
      },
    },
    pending: () => waiting,
    *write() {
      for (const [collection, columnsOf] of counts)
        for (const [column, values] of columnsOf)
          yield* inPortions(values, (each) => write(collection, column, each));
      counts.clear();
      waiting = 0;
    },
    caughtUp: () => undefined,
  };
}

function within<Key, Inner>(map: Map<string, Map<Key, Inner>>, key: string): Map<Key, Inner> {
  const known = map.get(key);
  if (known) return known;
  const made = new Map<Key, Inner>();
  map.set(key, made);
  return made;
}
