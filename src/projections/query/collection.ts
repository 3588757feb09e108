import type { QueryColumns } from "./column.ts";
import type { Condition, Scalar } from "./condition.ts";

/**
 * Where a row stands in an order: its value in the order's column, then what names the row. JSON can hold it.
 * It stays valid when its row is gone.
 */
export type Key = readonly [value: Scalar | null, id: string | number];

/** An order of rows. Rows with the same value, or none, are ordered by what names them, in the same direction. */
export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

/** A page of rows, in the order asked for whether it is read forward or backward. */
export interface PageQuery {
  /** (Default: every row) */
  readonly where?: Condition | undefined;
  /** (Default: the collection's `defaultOrder`) */
  readonly orderBy?: Order | undefined;
  /** The rows that follow this key, exclusive. */
  readonly after?: Key | undefined;
  /** The last rows ahead of this key, exclusive. */
  readonly before?: Key | undefined;
  /** Most rows, from 1. */
  readonly limit: number;
  /** Read from the end: the last `limit` rows of what `after` and `before` leave. (Default: only if `before` is given and `after` is not) */
  readonly fromEnd?: boolean | undefined;
}

export interface Found<Row> {
  readonly row: Row;
  readonly key: Key;
}

export interface Count {
  readonly count: number;
  readonly estimated: boolean;
}

export interface FacetValue {
  /** `null`: rows without a value. */
  readonly value: Scalar | null;
  readonly count: number;
}

/** How many rows have each value. */
export interface FacetCounts {
  /** The most frequent values, at most `facetValuesMax`; equally frequent ones by value. */
  readonly values: readonly FacetValue[];
  /** Rows whose value is not among `values`. */
  readonly others: number;
}

/** Rows that can be searched, ordered, paged and counted. Everything is read from one position of the log. */
export interface Collection<Row> extends QueryColumns {
  readonly defaultOrder: Order;
  /** @throws QueryError when a condition, an order or a key does not fit the columns */
  page(query: PageQuery): readonly Found<Row>[];
  /** `estimate`: exact up to 10,000 rows, beyond that it may be estimated. @throws QueryError */
  count(where: Condition | undefined, precision: "estimate" | "exact"): Count;
  /** `subject`: a faceted column, or a label. @throws QueryError */
  facet(
    subject: { readonly column: string } | { readonly label: string },
    where: Condition | undefined,
  ): FacetCounts;
  /** The same of several subjects, for less than each by itself takes. In their order. @throws QueryError */
  facets(
    subjects: readonly ({ readonly column: string } | { readonly label: string })[],
    where: Condition | undefined,
  ): readonly FacetCounts[];
  /** The row that is named by this, as conditions have it: a machine's id, an address, a place in the log. */
  find(id: Scalar): Row | undefined;
}
