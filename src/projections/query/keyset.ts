import type { SqlValue } from "../table.ts";
import type { Key } from "./collection.ts";
import { idOf, row } from "./compile.ts";
import { QueryError } from "./query-error.ts";
import type { CollectionSource, SourceColumn } from "./source.ts";
import { joined, name, type Sql, sql, value } from "./sql.ts";

/** The order in which a statement reads: the order asked for, or its reverse. */
export interface Reading {
  readonly source: CollectionSource;
  readonly column: SourceColumn;
  readonly descending: boolean;
  /** Whether rows may be without a value. */
  readonly nullable: boolean;
  /** Whether an index is to be walked in this order. If not, SQLite is kept from trying to. */
  readonly walked: boolean;
}

function orderValue({ column, walked }: Reading): Sql {
  const of = sql`${row}.${name(column.field)}`;
  return walked ? of : sql`+${of}`;
}

function idIn({ source, walked }: Reading): Sql {
  return walked ? idOf(source) : sql`+${idOf(source)}`;
}

/** Whether rows are ordered by what names them, and by nothing else. */
export function isById({ column, source }: Reading): boolean {
  return column.field === source.id;
}

/** The ORDER BY list. */
export function orderSql(reading: Reading): Sql {
  const direction = reading.descending ? sql` DESC` : sql``;
  const id = sql`${idIn(reading)}${direction}`;
  return isById(reading) ? id : sql`${orderValue(reading)}${direction}, ${id}`;
}

/**
 * What lies beyond a key, the nearest first, as ranges that an index answers one by one. A row without a value
 * comes before every row with one, as SQLite has it.
 */
export function segmentsBeyond(reading: Reading, key: Key | undefined): readonly Sql[] {
  if (!key) return everything(reading);
  const [at, id] = keyParts(key);
  const beyondId = sql`${idIn(reading)} ${comparison(reading)} ${value(id)}`;
  if (isById(reading)) return [beyondId];
  const of = orderValue(reading);
  const sameAndBeyond = sql`${of} IS NULL AND ${beyondId}`;
  if (at === null) return reading.descending ? [sameAndBeyond] : [sameAndBeyond, sql`${of} IS NOT NULL`];
  const beyond = sql`(${of}, ${idIn(reading)}) ${comparison(reading)} (${value(at)}, ${value(id)})`;
  return reading.descending ? [beyond, sql`${of} IS NULL`] : [beyond];
}

function everything(reading: Reading): readonly Sql[] {
  if (isById(reading) || !reading.nullable) return [sql`1`];
  const segments = [sql`${orderValue(reading)} IS NULL`, sql`${orderValue(reading)} IS NOT NULL`];
  return reading.descending ? segments.reverse() : segments;
}

/** The rows of one segment up to and including a key of it. */
export function upToSql(reading: Reading, key: Key): Sql {
  const [at, id] = keyParts(key);
  const compare = reading.descending ? sql`>=` : sql`<=`;
  if (at === null || isById(reading)) return sql`${idIn(reading)} ${compare} ${value(id)}`;
  return sql`(${orderValue(reading)}, ${idIn(reading)}) ${compare} (${value(at)}, ${value(id)})`;
}

/** The same as one expression, for rows that are looked at anyway. */
export function beyondSql(reading: Reading, key: Key | undefined): Sql {
  if (!key) return sql`1`;
  const segments = segmentsBeyond(reading, key).map((segment) => sql`(${segment})`);
  return sql`(${joined(segments, " OR ")})`;
}

/** The rows ahead of a key: beyond it, read the other way. */
export function aheadSql(reading: Reading, key: Key | undefined): Sql {
  return beyondSql({ ...reading, descending: !reading.descending }, key);
}

function comparison({ descending }: Reading): Sql {
  return descending ? sql`<` : sql`>`;
}

/** @throws QueryError when it is no key, as one that comes from outside may not be */
function keyParts(key: Key): readonly [SqlValue, string | number] {
  const [at, id, ...rest] = Array.isArray(key) ? (key as readonly unknown[]) : [];
  const isValue = at === null || typeof at === "string" || typeof at === "number";
  const isId = typeof id === "string" || typeof id === "number";
  if (rest.length > 0 || !isValue || !isId) throw new QueryError("this is no key of a row");
  return [at, id];
}
