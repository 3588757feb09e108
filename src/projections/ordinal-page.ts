import type { SqlValue } from "./table.ts";
import type { TableReader } from "./table-reader.ts";

/** A page of rows in the order of the log. */
export interface OrdinalPage {
  /** `ordinal` of a row: exclusive, in the direction of reading. (Default: read from the end that comes first) */
  readonly after?: number;
  /** Most rows, from 1. */
  readonly limit: number;
  /** (Default: false, oldest first) */
  readonly newestFirst?: boolean;
}

/** Ordinals between which a page must stay, both ends included. */
export interface OrdinalSpan {
  readonly first: number;
  readonly last: number;
}

const everything: OrdinalSpan = { first: 0, last: Number.MAX_SAFE_INTEGER };

/** Reads the rows for which `condition` holds, in the order of their column `ordinal`. */
export function ordinalPages<Row>(
  table: TableReader<Row>,
  condition: string,
): (parameters: readonly SqlValue[], page: OrdinalPage, span?: OrdinalSpan) => readonly Row[] {
  const where = `WHERE ${condition === "" ? "" : `${condition} AND`} ordinal >= ? AND ordinal <= ?`;
  const oldestFirst = table.many(`${where} ORDER BY ordinal LIMIT ?`);
  const newestFirst = table.many(`${where} ORDER BY ordinal DESC LIMIT ?`);
  return (parameters, page, { first, last } = everything) => {
    const { after, limit } = page;
    if (page.newestFirst)
      return newestFirst(...parameters, first, Math.min(last, (after ?? Infinity) - 1), limit);
    return oldestFirst(...parameters, Math.max(first, (after ?? -1) + 1), last, limit);
  };
}

/** The page of several sources together, given the same page of each. */
export function mergedPages<Row extends { readonly ordinal: number }>(
  sources: readonly (readonly Row[])[],
  { limit, newestFirst }: OrdinalPage,
): readonly Row[] {
  const [only, ...others] = sources;
  if (only && others.length === 0) return only;
  const direction = newestFirst ? -1 : 1;
  return sources
    .flat()
    .sort((a, b) => direction * (a.ordinal - b.ordinal))
    .slice(0, limit);
}
