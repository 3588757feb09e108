import type { Condition } from "../../../projections/query/condition.ts";
import { parseSearch, type SearchColumns } from "../../../projections/query/search.ts";
import { apiError } from "../errors.ts";

/**
 * The condition that a search text states; `undefined`: none.
 *
 * @throws GraphQLError `INPUT_INVALID` with every problem and where in the text it is
 */
export function searched(text: string, columns: SearchColumns, nowMs: number): Condition | undefined {
  const { condition, problems } = parseSearch(text, columns, nowMs);
  if (!problems) return condition;
  const [first] = problems;
  const message = `search, column ${first?.column}: ${first?.message}`;
  throw apiError("INPUT_INVALID", message, { field: "search", problems });
}
