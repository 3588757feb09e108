import type { Count } from "./collection.ts";
import { filterSql } from "./compile.ts";
import { accessToAll } from "./plan.ts";
import type { Query } from "./query.ts";
import { sql } from "./sql.ts";

/**
 * How many rows of the query there are. When that is likely more than `exactMax`, it is told from what the
 * indexes know. (Default: always counted)
 */
export function countOf(query: Query, exactMax = Number.POSITIVE_INFINITY): Count {
  const { source, statements, sizes, normal } = query;
  if (normal === true) return { count: sizes.total(), estimated: false };
  if (normal === false) return { count: 0, estimated: false };
  const known = "term" in normal ? sizes.counted(normal) : undefined;
  if (known !== undefined) return { count: known, estimated: false };
  const likely = Math.round(sizes.share(normal) * sizes.total());
  if (likely > exactMax) return { count: likely, estimated: true };
  const { from, where, looks, rest } = accessToAll(query);
  const found = statements.get(
    sql`SELECT count(*) AS rows ${from} WHERE ${where} AND ${filterSql(rest, source, looks)}`,
  );
  return { count: Number(found?.["rows"]), estimated: false };
}
