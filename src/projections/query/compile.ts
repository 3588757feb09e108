import { cidrBounds, type Ipv4Cidr } from "../../domain/values/ipv4.ts";
import type { Term, Test } from "./condition.ts";
import type { Normal, NormalGroup, NormalTerm } from "./normal-form.ts";
import {
  type CollectionSource,
  columnOfTerm,
  type Elsewhere,
  isIndexed,
  type SourceColumn,
  stored,
} from "./source.ts";
import { joined, name, type Sql, sql, value } from "./sql.ts";

/** Names the collection's table in every statement. */
export const row = name("m");

/** The row's id, as a value that no index is to be looked up for. */
export const idOf = ({ id }: CollectionSource): Sql => sql`${row}.${name(id)}`;

/** How many rows a filter is for: where it is most of a table, what belongs to them is looked up all at once. */
export type Looks = "few" | "most";

/** An expression that is 1 for the rows that meet the condition. It leads SQLite to no index. */
export function filterSql(normal: Normal, source: CollectionSource, looks: Looks): Sql {
  if (typeof normal === "boolean") return normal ? sql`1` : sql`0`;
  if ("term" in normal) return termSql(normal, source, looks);
  // The row's own fields are the cheapest to look at, and often decide.
  const cheapFirst = normal.of.toSorted((a, b) => lookups(a, source) - lookups(b, source));
  const parts = cheapFirst.map((part) => filterSql(part, source, looks));
  return sql`(${joined(parts, normal.group === "all" ? " AND " : " OR ")})`;
}

function lookups(part: NormalTerm | NormalGroup, source: CollectionSource): number {
  if ("group" in part) return Math.max(...part.of.map((each) => lookups(each, source)));
  return valuesElsewhere(part.term, source) ? 1 : 0;
}

function termSql({ term, negated }: NormalTerm, source: CollectionSource, looks: Looks): Sql {
  const not = negated ? sql`NOT ` : sql``;
  const held = valuesElsewhere(term, source);
  if (held) {
    const { of, passed } = held;
    if (looks === "most")
      return sql`${not}ifnull(+${row}.${name(of.on ?? source.id)} IN (${amongSql(held)}), 0)`;
    return sql`${not}EXISTS (SELECT 1 FROM ${name(of.table)} WHERE ${passed} AND ${name(of.owner)} = ${ownerOf(source, of)})`;
  }
  // The plus sign keeps SQLite from driving by this column.
  const { column, test } = ownTerm(term, source);
  const passed = testSql(sql`+${row}.${name(column.field)}`, test, column);
  return negated ? sql`NOT ifnull(${passed}, 0)` : passed;
}

/** The ids of the rows for which a term holds, by an index; `undefined` when no index knows. */
export function idsSql({ term, negated }: NormalTerm, source: CollectionSource): Sql | undefined {
  if (negated) return undefined;
  const held = valuesElsewhere(term, source);
  if (held) {
    if (held.of.on === undefined)
      return sql`SELECT DISTINCT ${name(held.of.owner)} AS id FROM ${name(held.of.table)} WHERE ${held.passed}`;
    const on = name(held.of.on);
    return sql`SELECT ${name(source.id)} AS id FROM ${name(source.table)} WHERE ${on} IN (${amongSql(held)})`;
  }
  const { column, test } = ownTerm(term, source);
  if (!isIndexed(source, column.field)) return undefined;
  const passed = testSql(name(column.field), test, column);
  return sql`SELECT ${name(source.id)} AS id FROM ${name(source.table)} WHERE ${passed}`;
}

/** Rows at least as many as those for which a term holds, cheaper to count; `undefined` when no index knows. */
export function atMostSql(part: NormalTerm, source: CollectionSource): Sql | undefined {
  const held = part.negated ? undefined : valuesElsewhere(part.term, source);
  // Where many rows may have the same owner, the owners say little about the rows.
  return held && held.of.on === undefined ? ownersSql(held) : idsSql(part, source);
}

function ownersSql({ of: { table, owner }, passed }: Held): Sql {
  return sql`SELECT ${name(owner)} AS id FROM ${name(table)} WHERE ${passed} AND ${name(owner)} IS NOT NULL`;
}

/** The values of the row's field `on` for which the term holds. */
function amongSql(held: Held): Sql {
  const { via } = held.of;
  if (!via) return ownersSql(held);
  return sql`SELECT ${name(via.from)} FROM ${name(via.table)} WHERE ${name(via.to)} IN (${ownersSql(held)})`;
}

/** The rows that a walk along an index is led by: their columns are compared as the index has them. */
export function leadSql({ term }: NormalTerm, source: CollectionSource): Sql {
  const { column, test } = ownTerm(term, source);
  return testSql(sql`${row}.${name(column.field)}`, test, column);
}

/** FROM the rows that an access without an order comes by. */
export function fromSql({ table, id }: CollectionSource, ids: Sql | undefined): Sql {
  const rows = sql`${name(table)} AS ${row}`;
  // CROSS JOIN keeps SQLite from turning the join around.
  return ids ? sql`FROM (${ids}) AS d CROSS JOIN ${rows} ON ${row}.${name(id)} = d.id` : sql`FROM ${rows}`;
}

/** Whose values in another table are a row's. */
export function ownerOf(source: CollectionSource, { on = source.id, via }: Elsewhere): Sql {
  const field = sql`${row}.${name(on)}`;
  if (!via) return field;
  return sql`(SELECT ${name(via.to)} FROM ${name(via.table)} WHERE ${name(via.from)} = ${field})`;
}

/** Values in another table, and what a term asks of them. */
interface Held {
  readonly of: Elsewhere;
  readonly passed: Sql;
}

/** A term about values in another table, and which rows there pass; `undefined` for one about the row itself. */
function valuesElsewhere(term: Term, source: CollectionSource): Held | undefined {
  if ("label" in term) {
    if (!source.labelsOf) throw new Error(`${source.table} has no labels`);
    const key = sql`"key" = ${value(term.label)}`;
    const passed = "exists" in term ? key : sql`${key} AND ${testSql(name("value"), term, labelColumn)}`;
    return { of: source.labelsOf, passed };
  }
  const column = columnOfTerm(source, term);
  return column.of && { of: column.of, passed: testSql(name(column.field), term, column) };
}

const labelColumn: SourceColumn = { kind: "text", field: "value" };

function ownTerm(term: Term, source: CollectionSource) {
  if ("label" in term) throw new Error("a label is never a column of its own");
  return { column: columnOfTerm(source, term), test: term };
}

/** Whether a value passes a test; NULL when there is no value. */
function testSql(of: Sql, test: Test, column: SourceColumn): Sql {
  if ("exists" in test) return sql`${of} IS NOT NULL`;
  if ("in" in test) return listSql(of, test.in.map((each) => stored(column, each)).map(value));
  if ("prefix" in test) return prefixSql(of, test.prefix);
  if ("within" in test) {
    const { first, last } = cidrBounds(test.within as Ipv4Cidr);
    return sql`${of} BETWEEN ${value(first)} AND ${value(last)}`;
  }
  const { from, below } = test as { readonly from?: number; readonly below?: number };
  const bounds = [
    ...(from === undefined ? [] : [sql`${of} >= ${value(from)}`]),
    ...(below === undefined ? [] : [sql`${of} < ${value(below)}`]),
  ];
  return joined(bounds, " AND ");
}

function listSql(of: Sql, values: readonly Sql[]): Sql {
  const [only, ...others] = values;
  return only && others.length === 0 ? sql`${of} = ${only}` : sql`${of} IN (${joined(values, ", ")})`;
}

function prefixSql(of: Sql, prefix: string): Sql {
  const end = prefixEnd(prefix);
  const from = sql`${of} >= ${value(prefix)}`;
  return end === undefined ? from : sql`(${from} AND ${of} < ${value(end)})`;
}

const lastCodePoint = 0x10ffff;
const beforeSurrogates = 0xd7ff;
const afterSurrogates = 0xe000;

/** The first text that follows every text with this prefix, as SQLite orders text: by code points. */
function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === lastCodePoint) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  const next = last === beforeSurrogates ? afterSurrogates : last + 1;
  return String.fromCodePoint(...points, next);
}
