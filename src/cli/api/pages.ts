import { valueAt } from "../output/cell.ts";
import type { Api, Row } from "./api.ts";

export interface PagesQuery {
  readonly document: string;
  /** The field of `Query` that the document asks for. */
  readonly field: string;
  readonly variables: Row;
  /** How many objects at most; `Infinity`: all. */
  readonly limit: number;
  /** Most objects of one page. */
  readonly pageMax: number;
}

/** A page, and whether there are objects behind it. */
export interface Page {
  readonly rows: readonly Row[];
  readonly more: boolean;
}

/** Page after page of a connection, until as many objects came as were asked for. */
export async function* pages(api: Api, query: PagesQuery): AsyncGenerator<Page, void, undefined> {
  const { document, field, variables, pageMax } = query;
  let left = query.limit;
  let after: unknown;
  while (left > 0) {
    const data = await api.ask(document, { ...variables, first: Math.min(left, pageMax), after });
    const rows = rowsOf(data, field);
    const more = valueAt(data, `${field}.pageInfo.hasNextPage`) === true;
    after = valueAt(data, `${field}.pageInfo.endCursor`);
    left -= rows.length;
    yield { rows, more };
    if (!more || rows.length === 0) return;
  }
}

/** The objects of one page that an answer holds. */
export function rowsOf(data: Row, field: string): readonly Row[] {
  const nodes = valueAt(data, `${field}.nodes`);
  if (!Array.isArray(nodes)) throw new Error(`the API answers no list of ${field}`);
  return nodes as readonly Row[];
}
