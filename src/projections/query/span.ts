import { columnOf } from "./check.ts";
import type { Key, PageQuery } from "./collection.ts";
import { isById } from "./keyset.ts";
import type { Query } from "./query.ts";
import { QueryError } from "./query-error.ts";
import type { Span } from "./read-page.ts";
import { tableOf } from "./source.ts";

/** A page as it is read. */
export interface PageSpan {
  readonly span: Span;
  /** Whether it is read from its end, so that the rows come in reverse. */
  readonly reversed: boolean;
}

/** @throws QueryError when there is no such order */
export function spanOf(query: Query, request: PageQuery): PageSpan {
  const { source } = query;
  const { after, before, limit, orderBy = source.defaultOrder } = request;
  const column = columnOf(source, orderBy.column);
  if (!column.ordered) throw new QueryError(`nothing is ordered by ${orderBy.column}`);
  const reversed = request.fromEnd ?? (before !== undefined && after === undefined);
  const reading = {
    source,
    column,
    descending: orderBy.descending !== reversed,
    nullable: tableOf(source).columns[column.field]?.nullable ?? false,
    walked: false,
  };
  const [start, end] = reversed ? [before, after] : [after, before];
  return { span: narrowed(query, { reading, start, end, limit }), reversed };
}

/** Where rows are ordered by id, a range of ids is where to begin and to end. */
function narrowed({ range: { from, below } }: Query, span: Span): Span {
  if (!isById(span.reading)) return span;
  const [start, end] = span.reading.descending ? [below, from] : [from, below];
  const further = (a: Key | undefined, b: number | undefined, sign: 1 | -1): Key | undefined => {
    if (b === undefined || (a && sign * (Number(a[1]) - b) > 0)) return a;
    return [b, b];
  };
  const direction = span.reading.descending ? -1 : 1;
  return {
    ...span,
    start: further(span.start, start, direction),
    end: further(span.end, end, direction === 1 ? -1 : 1),
  };
}
