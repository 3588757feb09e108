import type { SqlRow } from "../table.ts";
import type { Key } from "./collection.ts";
import { filterSql, fromSql, idOf, leadSql, row } from "./compile.ts";
import { aheadSql, beyondSql, isById, orderSql, type Reading, segmentsBeyond, upToSql } from "./keyset.ts";
import { type Access, accessToAll, accessToPage, type Unordered } from "./plan.ts";
import type { Query } from "./query.ts";
import { type CollectionSource, indexOf, tableOf } from "./source.ts";
import { joined, name, nothing, type Sql, sql, value } from "./sql.ts";

/** Which rows of a query, in which order. */
export interface Span {
  readonly reading: Reading;
  /** Both exclusive, in the direction of reading. */
  readonly start: Key | undefined;
  readonly end: Key | undefined;
  readonly limit: number;
}

/** The first rows of the span, by the access that looks at the fewest. */
export function readPage(query: Query, span: Span): readonly SqlRow[] {
  const { reading, limit } = span;
  const access = accessToPage(query, { field: reading.column.field, limit });
  return access.by === "order" ? walkedPage(query, span, access) : sortedPage(query, span, access);
}

/** Reads all rows that the access comes by, and sorts those that are wanted. */
function sortedPage(query: Query, span: Span, access: Unordered): readonly SqlRow[] {
  const { source } = query;
  const reading = { ...span.reading, walked: false };
  const conditions = [
    beyondSql(reading, span.start),
    aheadSql(reading, span.end),
    filterSql(access.rest, source, access.looks),
  ];
  const where = joined(conditions, " AND ");
  // Only what is sorted by is sorted: whole rows would be copied time and again.
  const order = orderSql(reading);
  const sorted = sql`SELECT ${idOf(source)} AS id ${access.from} WHERE ${where} ORDER BY ${order} LIMIT ${value(span.limit)}`;
  return query.statements.all(sql`${selectSql(source)} ${fromSql(source, sorted)} ORDER BY ${order}`);
}

/** SELECT all columns of a collection's table. */
function selectSql(source: CollectionSource): Sql {
  const columns = Object.keys(tableOf(source).columns).map((column) => sql`${row}.${name(column)}`);
  return sql`SELECT ${joined(columns, ", ")}`;
}

type Walk = Extract<Access, { by: "order" }>;

/** Walks the segments of the order. Where the budget ends, what is missing is read in another way. */
function walkedPage(query: Query, span: Span, access: Walk): readonly SqlRow[] {
  const reading = { ...span.reading, walked: true };
  const rows: SqlRow[] = [];
  for (const segment of segmentsBeyond(reading, span.start)) {
    const missing = span.limit - rows.length;
    const last = budgetEnd(query, { reading, segment, access });
    const conditions = [
      segment,
      ...(last ? [upToSql(reading, last)] : []),
      aheadSql({ ...reading, walked: isById(reading) }, span.end),
      filterSql(query.normal, query.source, "few"),
    ];
    const where = joined(conditions, " AND ");
    const walk = walkSql(query, { reading, access, where });
    rows.push(...query.statements.all(sql`${selectSql(query.source)} ${walk} LIMIT ${value(missing)}`));
    if (rows.length === span.limit) break;
    if (last) {
      const rest = { ...span, start: last, limit: span.limit - rows.length };
      return [...rows, ...sortedPage(query, rest, accessToAll(query))];
    }
  }
  return rows;
}

/** The last key of a segment that the budget allows to look at; `undefined` when the segment ends before. */
function budgetEnd(
  query: Query,
  { reading, segment, access }: { readonly reading: Reading; readonly segment: Sql; readonly access: Walk },
): Key | undefined {
  if (access.budget === undefined) return undefined;
  const { source, statements } = query;
  const walk = walkSql(query, { reading, access, where: segment });
  const columns = sql`${row}.${name(reading.column.field)} AS at, ${idOf(source)} AS id`;
  const found = statements.get(sql`SELECT ${columns} ${walk} LIMIT 1 OFFSET ${value(access.budget)}`);
  return found && [found["at"] ?? null, found["id"] ?? ""];
}

function walkSql(
  { source }: Query,
  { reading, access, where }: { readonly reading: Reading; readonly access: Walk; readonly where: Sql },
): Sql {
  const { lead } = access;
  const index = lead?.index ?? indexOf(source, reading.column.field) ?? "";
  const walked = index === "" ? nothing : sql` INDEXED BY ${name(index)}`;
  const passed = lead ? sql`${leadSql(lead.part, source)} AND ` : nothing;
  return sql`FROM ${name(source.table)} AS ${row}${walked} WHERE ${passed}${where} ORDER BY ${orderSql(reading)}`;
}
