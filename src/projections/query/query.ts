import { conjunctsOf, type Normal } from "./normal-form.ts";
import type { Costs } from "./plan.ts";
import { type Sizes, sizesOf } from "./sizes.ts";
import { type CollectionSource, columnOfTerm } from "./source.ts";
import { name, sql, value } from "./sql.ts";
import type { Statements } from "./statements.ts";

/** What one query works with. */
export interface Query extends Engine {
  readonly sizes: Sizes;
  readonly normal: Normal;
  /** Ids between which the rows lie, as far as the condition says so. */
  readonly range: IdRange;
}

/** Both exclusive; `undefined` is no bound. */
export interface IdRange {
  readonly from: number | undefined;
  readonly below: number | undefined;
}

/** What every query of a collection shares. */
export interface Engine {
  readonly source: CollectionSource;
  readonly statements: Statements;
  readonly costs: Costs;
}

export function queryOn(engine: Engine, normal: Normal): Query {
  const { source, statements } = engine;
  const sizes = sizesOf(source, statements);
  return { ...engine, sizes, normal, range: rangeOf(source, statements, normal) };
}

/** Turns ranges of what grows with the id into ranges of ids. */
function rangeOf(source: CollectionSource, statements: Statements, normal: Normal): IdRange {
  let from: number | undefined;
  let below: number | undefined;
  for (const part of conjunctsOf(normal)) {
    if (!("term" in part) || part.negated || "label" in part.term) continue;
    const column = columnOfTerm(source, part.term);
    if (!column.growsWithId) continue;
    const bounds = part.term as { readonly from?: number; readonly below?: number };
    const firstId = firstIdFrom(source, statements, column.field);
    if (bounds.from !== undefined) from = Math.max(from ?? -1, firstId(bounds.from) - 1);
    if (bounds.below !== undefined) below = Math.min(below ?? Number.MAX_SAFE_INTEGER, firstId(bounds.below));
  }
  return { from, below };
}

/** The first id at which a growing column has reached a value; past every id when none has. */
function firstIdFrom({ table, id }: CollectionSource, statements: Statements, field: string) {
  return (bound: number): number => {
    const from = sql`SELECT ${name(id)} AS id FROM ${name(table)} WHERE ${name(field)} >= ${value(bound)}`;
    const first = statements.get(sql`${from} ORDER BY ${name(field)}, ${name(id)} LIMIT 1`);
    return Number(first?.["id"] ?? Number.MAX_SAFE_INTEGER);
  };
}
