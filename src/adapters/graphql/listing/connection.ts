import { checkCondition } from "../../../projections/query/check.ts";
import type { Collection, Count, FacetCounts, Key } from "../../../projections/query/collection.ts";
import type { Condition, Subject } from "../../../projections/query/condition.ts";
import { QueryError } from "../../../projections/query/query-error.ts";
import type { SearchColumns } from "../../../projections/query/search.ts";
import type { OrderDirection } from "../__generated__/resolvers.ts";
import { type ApiErrorCode, apiError } from "../errors.ts";
import { type Page, type PageArguments, type Paging, readPage } from "../page.ts";
import { conditionOf, type FilterInput } from "./filter.ts";
import { columnNamed, type Naming } from "./naming.ts";
import { searched } from "./search.ts";

/** How a collection is listed in the schema. */
export interface Listing extends Naming {
  /** Of its objects: `Machine` is listed by `MachineConnection`. */
  readonly type: string;
}

/** What a field that lists is asked for. `orderBy`: the schema has a default for each. */
export interface ListArguments extends PageArguments {
  readonly filter?: FilterInput | null | undefined;
  readonly search?: string | null | undefined;
  readonly orderBy: { readonly field: string; readonly direction: OrderDirection };
}

/** What is listed, whoever asks. */
export interface Listed<Row> {
  readonly collection: Collection<Row> & SearchColumns;
  readonly listing: Listing;
  /** What holds besides the conditions of the caller. (Default: nothing) */
  readonly scope?: Condition | undefined;
  /** What `now` means in a search, milliseconds UTC. */
  readonly nowMs: number;
}

/** A page of a collection. What only some callers ask for is read when they do. */
export interface Connection<Node> extends Page<Node> {
  readonly naming: Naming;
  count(precision: "estimate" | "exact"): Count | Promise<Count>;
  /** In the order of the subjects. */
  facets(subjects: readonly Subject[]): readonly FacetCounts[] | Promise<readonly FacetCounts[]>;
}

/** A connection that knows its counts at once. */
interface PresentConnection<Node> extends Connection<Node> {
  count(precision: "estimate" | "exact"): Count;
  facets(subjects: readonly Subject[]): readonly FacetCounts[];
}

/** A collection as it was, which is there while it is read. */
export interface PastList<Row> {
  /** `ask` may be called again, so it must do nothing but read. */
  read<Result>(ask: (collection: Collection<Row> & SearchColumns) => Result): Promise<Result>;
}

/** Different facets that one connection counts: each costs a walk through an index. */
const facetsMax = 20;

/**
 * Reads a page of what a caller asks for.
 *
 * @throws GraphQLError `INPUT_INVALID` or `CURSOR_INVALID`
 */
export function readConnection<Row>(listed: Listed<Row>, args: ListArguments): PresentConnection<Row> {
  const { collection, listing } = listed;
  const where = whereOf(listed, args);
  const orderBy = { column: columnNamed(args.orderBy.field), descending: args.orderBy.direction === "DESC" };
  const paging: Paging<Key> = {
    type: `${listing.type}Connection`,
    order: `${orderBy.column} ${args.orderBy.direction}`,
    isKey,
  };
  const page = readPage(paging, args, (request) => {
    const code = request.after || request.before ? "CURSOR_INVALID" : "INPUT_INVALID";
    return understood(() => collection.page({ where, orderBy, ...request }), code);
  });
  return { ...page, naming: listing, ...countsOf(collection, where) };
}

/**
 * The same of a list of the past; of `listed` when there is none.
 *
 * @throws as `readConnection`
 */
export async function readConnectionThen<Row>(
  list: PastList<Row> | undefined,
  listed: Listed<Row>,
  args: ListArguments,
): Promise<Connection<Row>> {
  if (!list) return readConnection(listed, args);
  const page = await list.read((collection) => readConnection({ ...listed, collection }, args));
  return {
    ...page,
    count: (precision) => list.read(() => page.count(precision)),
    facets: (subjects) => list.read(() => page.facets(subjects)),
  };
}

/** Counts, each made once however often a document asks for it. */
function countsOf<Row>(collection: Collection<Row>, where: Condition | undefined) {
  const counts = new Map<string, Count>();
  const facets = new Map<string, FacetCounts>();
  return {
    count: (precision: "estimate" | "exact") =>
      remembered(counts, precision, () => collection.count(where, precision)),
    facets(subjects: readonly Subject[]) {
      const asked = subjects.map((subject) => ({ subject, key: JSON.stringify(subject) }));
      const missing = new Map(asked.map(({ subject, key }) => [key, subject]));
      for (const key of facets.keys()) missing.delete(key);
      if (facets.size + missing.size > facetsMax) {
        const message = `at most ${facetsMax} facets are counted at once`;
        throw apiError("INPUT_INVALID", message, { field: "facets" });
      }
      const counted = [...understood(() => collection.facets([...missing.values()], where))];
      for (const key of missing.keys()) {
        const counts = counted.shift();
        if (counts) facets.set(key, counts);
      }
      return asked.flatMap(({ key }) => facets.get(key) ?? []);
    },
  };
}

/**
 * Everything that must hold of a row; `undefined`: nothing.
 *
 * @throws GraphQLError `INPUT_INVALID`
 */
export function whereOf<Row>(
  { collection, listing, scope, nowMs }: Listed<Row>,
  { filter, search }: Pick<ListArguments, "filter" | "search">,
): Condition | undefined {
  const conditions = [
    scope,
    filter ? conditionOf(filter, collection, listing) : undefined,
    search ? searched(search, collection, nowMs) : undefined,
  ].filter((condition) => condition !== undefined);
  const where = conditions.length > 0 ? { all: conditions } : undefined;
  understood(() => checkCondition(where, collection));
  return where;
}

/** What `ask` answers. @throws GraphQLError of the `code` when the question does not fit the collection */
function understood<Result>(ask: () => Result, code: ApiErrorCode = "INPUT_INVALID"): Result {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QueryError) throw apiError(code, error.message);
    throw error;
  }
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** The collection says whether it fits the order. */
function isKey(value: unknown): value is Key {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [ordered, id] = value as readonly unknown[];
  return isScalar(id) && (ordered === null || isScalar(ordered));
}

function isScalar(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
