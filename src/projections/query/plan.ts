import { fromSql, idOf, idsSql, type Looks } from "./compile.ts";
import { conjunctsOf, type Normal, type NormalGroup, type NormalTerm } from "./normal-form.ts";
import type { IdRange } from "./query.ts";
import { QueryError } from "./query-error.ts";
import type { Sizes } from "./sizes.ts";
import { type CollectionSource, columnOfTerm, indexOf } from "./source.ts";
import { joined, type Sql, sql, value } from "./sql.ts";

/** How the rows that a condition may hold for are come by. The whole condition is looked at on each of them. */
export type Access =
  | Unordered
  /** The index of the order, or of one value whose rows are in the order, until the page is full. */
  | { readonly by: "order"; readonly lead: Lead | undefined; readonly budget: number | undefined };

/** A term that a walk along an index keeps to. */
export interface Lead {
  readonly part: NormalTerm;
  readonly index: string;
}

/** The few rows of some ids, which an index gives, or all rows in a range of ids. They are yet to be sorted. */
export interface Unordered {
  readonly by: "ids" | "scan";
  readonly looks: Looks;
  readonly from: Sql;
  /** What the rows are picked by, besides what is left of the condition. */
  readonly where: Sql;
  /** What of the condition is yet to be looked at. */
  readonly rest: Normal;
}

/** What ways of reading cost, as measured with 100,000 machines. */
export interface Costs {
  /** Rows that are fetched by id without asking for something better. */
  readonly fetched: number;
  /** Rows fetched by id that cost as much as a walk through all rows, as a share of them. */
  readonly fetchedShare: number;
  /** The same of rows that are fetched in the order of their ids: they lie beside one another. */
  readonly fetchedInOrderShare: number;
  /** Rows of a collection that is not to be looked at whole, to count them: 100 ms. */
  readonly counted: number;
  /** Rows that a walk along an index may look at, before all rows are looked at instead. */
  readonly walked: number;
}

/**
 * 1,000 fetches take 2 ms, and 0.7 ms in the order of ids; a walk through all 100,000 rows takes 15 ms, and one of
 * 2,000 rows in an order 5 ms.
 */
export const measuredCosts: Costs = {
  fetched: 1_000,
  fetchedShare: 0.1,
  fetchedInOrderShare: 0.3,
  counted: 50_000,
  walked: 2_000,
};

interface PlanInput {
  readonly source: CollectionSource;
  readonly sizes: Sizes;
  readonly costs: Costs;
  readonly range: IdRange;
  readonly normal: Normal;
}

/**
 * How all rows of a condition are found, in no order, to be sorted or counted.
 *
 * @throws QueryError when there may be too many to look at
 */
export function accessToAll(input: PlanInput): Unordered {
  const { source, sizes, costs, range } = input;
  const ids = fewestIds(input);
  const scanned = Math.min(sizes.total(), (range.below ?? Infinity) - (range.from ?? 0));
  const share = ids?.isInOrder ? costs.fetchedInOrderShare : costs.fetchedShare;
  const few = ids && ids.size <= Math.max(costs.fetched, scanned * share);
  const access = few ? fetched(input, ids) : scan(input);
  if (source.scannable || (few ? ids.size : scanned) <= costs.counted) return access;
  if (ids && ids.size <= costs.counted) return fetched(input, ids);
  throw new QueryError("there are too many of these to count: ask for less, such as for a shorter time");
}

function fetched({ source, normal }: PlanInput, { ids, part }: Driver): Unordered {
  const others = conjunctsOf(normal).filter((each) => each !== part);
  const rest: Normal = others.length === 0 ? true : { group: "all", of: others };
  return { by: "ids", looks: "few", from: fromSql(source, ids), where: sql`1`, rest };
}

function scan({ source, normal, range: { from, below } }: PlanInput): Unordered {
  const bounds = [
    sql`1`,
    ...(from === undefined ? [] : [sql`${idOf(source)} > ${value(from)}`]),
    ...(below === undefined ? [] : [sql`${idOf(source)} < ${value(below)}`]),
  ];
  const where = joined(bounds, " AND ");
  return { by: "scan", looks: "most", from: fromSql(source, undefined), where, rest: normal };
}

/** How the first `limit` rows in an order are found. */
export function accessToPage(
  input: PlanInput,
  order: { readonly field: string; readonly limit: number },
): Access {
  const { source, sizes, normal, costs } = input;
  const ids = fewestIds(input);
  const lead = leadOf(input, order.field);
  const isWalkable = lead !== undefined || indexOf(source, order.field) !== undefined;
  if (ids && ids.size <= costs.fetched) return fetched(input, ids);
  if (!source.scannable) {
    if (!isWalkable) throw new Error(`${source.table} cannot be ordered by what has no index`);
    return { by: "order", lead, budget: undefined };
  }
  const share = sizes.share(normal) / (lead ? sizes.share(lead.part) || 1 : 1);
  const all = accessToAll(input);
  // A walk may look at half as many rows as would be fetched without it.
  const budget = Math.max(costs.walked, all.by === "ids" && ids ? Math.floor(ids.size / 2) : 0);
  return isWalkable && 2 * order.limit <= share * budget ? { by: "order", lead, budget } : all;
}

interface Driver {
  readonly part: NormalTerm | NormalGroup;
  readonly ids: Sql;
  readonly size: number;
  readonly isInOrder: boolean;
}

/** The part of the condition that the fewest rows meet, as far as indexes can give their ids. */
function fewestIds({ source, sizes, normal }: PlanInput): Driver | undefined {
  const drivers = conjunctsOf(normal).flatMap((part) => {
    const ids = idsOf(part, source);
    const size = ids && sizes.of(part);
    return ids && size !== undefined ? [{ part, ids, size, isInOrder: isInOrder(part, source) }] : [];
  });
  return drivers.toSorted((a, b) => a.size - b.size)[0];
}

function idsOf(part: NormalTerm | NormalGroup, source: CollectionSource): Sql | undefined {
  if ("term" in part) return idsSql(part, source);
  if (part.group === "all") return undefined;
  const ids = part.of.map((each) => idsOf(each, source)).filter((each) => each !== undefined);
  return ids.length === part.of.length ? sql`${joined(ids, " UNION ")}` : undefined;
}

/** Whether an index gives the ids in their order: one value of a column or a label does. */
function isInOrder(part: NormalTerm | NormalGroup, source: CollectionSource): boolean {
  if (!("term" in part && isOne(part))) return false;
  if ("label" in part.term) return source.labelsOf?.on === undefined;
  const { of, field } = columnOfTerm(source, part.term);
  return of === undefined && indexOf(source, field) !== undefined;
}

const isOne = ({ term }: NormalTerm) => "in" in term && term.in.length === 1;

/**
 * A term that leads a walk, so that only rows for which it holds are passed: one that bounds the order's own field,
 * or one that asks for one value of an index whose entries are in the order then.
 */
function leadOf({ source, sizes, normal }: PlanInput, order: string): Lead | undefined {
  const leads = conjunctsOf(normal).flatMap((part) => {
    if (!("term" in part) || part.negated || "label" in part.term) return [];
    const { of, field } = columnOfTerm(source, part.term);
    if (of || field === source.id) return [];
    const index = leadingIndex(source, part, { field, order });
    return index === undefined ? [] : [{ part, index }];
  });
  return leads.toSorted((a, b) => sizes.share(a.part) - sizes.share(b.part))[0];
}

/** The index whose entries for which the term holds are in the order. `field`: what the term looks at. */
function leadingIndex(
  source: CollectionSource,
  part: NormalTerm,
  { field, order }: { readonly field: string; readonly order: string },
): string | undefined {
  if (isOne(part))
    return order === source.id || order === field ? indexOf(source, field) : indexOf(source, field, order);
  const isRange = !("in" in part.term) && field === order;
  return isRange ? indexOf(source, field) : undefined;
}
