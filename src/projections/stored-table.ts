import type { DatabaseSync } from "node:sqlite";
import { orderedJson } from "./ordered-json.ts";
import { columnList, quoted, type SqlRow, type SqlValue, type Table } from "./table.ts";
import { rowDecoder } from "./table-reader.ts";
import type { LogRows, TableRows, TallyRows } from "./view.ts";

type Row = Readonly<Record<string, unknown>>;
type KeyPart = string | number;

/** One table behind its cache. */
export interface StoredTable {
  readonly rows: TableRows<Row> | LogRows<Row> | TallyRows;
  pending(): number;
  write(): Iterable<void>;
  /** Keeps fewer rows in memory from now on. */
  caughtUp(): void;
}

/** A row in the cache; `row` is `undefined` when the table has none with this key. */
interface Cell {
  readonly key: readonly KeyPart[];
  row: Row | undefined;
  changed: boolean;
}

/** Cached rows of a table beyond which the cache starts afresh. At 2 kB a row this is 20 MB. */
const cachedRowsMax = 10_000;

/**
 * The same for a view that has caught up: each of its tables comes to have that many in time. A table that has no more
 * when it is opened is in memory whole.
 */
const caughtUpRowsMax = 1_000;

/** Rows written between two pauses: about 2 ms. */
const rowsPerPause = 250;

/** A table that handlers look up. Rows stay in memory until they are written, and a while longer. */
export function storedTable(database: DatabaseSync, name: string, table: Table): StoredTable {
  const { all, select, upsert, remove } = statements(database, name, table);
  const decode = rowDecoder(table);
  const encode = rowEncoder(table);
  const cells = new Map<KeyPart, Cell>();
  let changed: Cell[] = [];
  let rowsMax = cachedRowsMax;
  // While every row of the table is in the cache, a key that is not there need not be looked for.
  let complete = hasFew(database, name);
  if (complete) for (const stored of all.all()) keep(decode(stored as SqlRow));

  function keep(row: Row): void {
    const key = keyOf(table, row);
    addCell(cacheKeyOf(key), key, row);
  }

  function addCell(cacheKey: KeyPart, key: readonly KeyPart[], row: Row | undefined): Cell {
    const cell = { key, row, changed: false };
    cells.set(cacheKey, cell);
    return cell;
  }

  function get(...key: readonly KeyPart[]): Row | undefined {
    const cacheKey = cacheKeyOf(key);
    const cached = cells.get(cacheKey);
    if (cached || complete) return cached?.row;
    const stored = select.get(...key) as SqlRow | undefined;
    return addCell(cacheKey, key, stored && decode(stored)).row;
  }

  function change(key: readonly KeyPart[], row: Row | undefined): void {
    const cacheKey = cacheKeyOf(key);
    const cell = cells.get(cacheKey) ?? addCell(cacheKey, key, row);
    cell.row = row;
    if (cell.changed) return;
    cell.changed = true;
    changed.push(cell);
  }

  return {
    rows: {
      get,
      put: (row) => change(keyOf(table, row), row),
      delete: (...key) => change(key, undefined),
    },
    pending: () => changed.length,
    *write() {
      yield* inPortions(changed, (cell) => {
        if (cell.row) upsert.run(...encode(cell.row));
        else remove.run(...cell.key);
        cell.changed = false;
      });
      changed = [];
      if (cells.size <= rowsMax) return;
      cells.clear();
      complete = false;
    },
    caughtUp() {
      rowsMax = caughtUpRowsMax;
    },
  };
}

/** A table that handlers only add to. */
export function storedLog(database: DatabaseSync, name: string, table: Table): StoredTable {
  const { insert } = statements(database, name, table);
  const encode = rowEncoder(table);
  let waiting: Row[] = [];
  return {
    rows: { insert: (row) => waiting.push(row) },
    pending: () => waiting.length,
    *write() {
      yield* inPortions(waiting, (row) => insert.run(...encode(row)));
      waiting = [];
    },
    caughtUp: () => undefined,
  };
}

/** Writes each, and pauses now and then. */
export function* inPortions<Item>(items: Iterable<Item>, write: (item: Item) => void): Iterable<void> {
  let written = 0;
  for (const item of items) {
    write(item);
    if (++written % rowsPerPause === 0) yield;
  }
}

function statements(database: DatabaseSync, name: string, table: Table) {
  const { columns, key } = table;
  const names = Object.keys(columns);
  const where = key.map((column) => `${quoted(column)} = ?`).join(" AND ");
  const insert = `INSERT INTO ${quoted(name)} VALUES (${names.map(() => "?").join(", ")})`;
  const changes = names
    .filter((column) => !key.includes(column))
    .map((column) => `${quoted(column)} = excluded.${quoted(column)}`);
  const action = changes.length === 0 ? "NOTHING" : `UPDATE SET ${changes.join(", ")}`;
  return {
    all: database.prepare(`SELECT ${columnList(table)} FROM ${quoted(name)}`),
    select: database.prepare(`SELECT ${columnList(table)} FROM ${quoted(name)} WHERE ${where}`),
    insert: database.prepare(insert),
    upsert: database.prepare(`${insert} ON CONFLICT (${key.map(quoted).join(", ")}) DO ${action}`),
    remove: database.prepare(`DELETE FROM ${quoted(name)} WHERE ${where}`),
  };
}

/** The values of a row in the order of its table's columns. */
function rowEncoder({ columns }: Table): (row: Row) => SqlValue[] {
  const encoders = Object.entries(columns).map(([name, { json }]) => ({ name, json }));
  return (row) => encoders.map(({ name, json }) => (json ? orderedJson(row[name]) : (row[name] as SqlValue)));
}

function keyOf({ key }: Table, row: Row): readonly KeyPart[] {
  return key.map((column) => row[column] as KeyPart);
}

function cacheKeyOf(key: readonly KeyPart[]): KeyPart {
  const [first = ""] = key;
  return key.length === 1 ? first : key.join("\u0000");
}

function hasFew(database: DatabaseSync, name: string): boolean {
  const beyond = database.prepare(`SELECT 1 FROM ${quoted(name)} LIMIT 1 OFFSET ${caughtUpRowsMax}`);
  return beyond.get() === undefined;
}
