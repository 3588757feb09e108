/**
 * What a column of a collection holds, and so which tests it takes:
 * `text` eq, in, prefix; `id` and `enum` eq, in; `boolean` eq; `number` and `time` (milliseconds UTC) eq, in,
 * from, below; `address` (dotted IPv4) eq, in, within; `mac` (canonical) eq, in, prefix. All take exists.
 */
export type ColumnKind = "text" | "id" | "enum" | "boolean" | "number" | "time" | "address" | "mac";

/** What may be asked of one column of a collection. */
export interface QueryColumn {
  readonly kind: ColumnKind;
  /** Every value, of an `enum`. */
  readonly values?: readonly string[];
  /** Whether `orderBy` may name it. A row without a value comes before every row with one. (Default: false) */
  readonly ordered?: boolean;
  /** Whether `facet` may name it. (Default: false) */
  readonly faceted?: boolean;
  /**
   * Whether a row may have several values, such as the addresses of a machine: a test holds when one value
   * passes it. (Default: false)
   */
  readonly many?: boolean;
}

/** The columns of a collection by name. `labels`: whether conditions may name labels. */
export interface QueryColumns {
  readonly columns: Readonly<Record<string, QueryColumn>>;
  readonly labels: boolean;
}
