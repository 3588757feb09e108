import type { Collection } from "../../../projections/query/collection.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import { QueryError } from "../../../projections/query/query-error.ts";

const unkept = "seenAt";

/** When something was heard of last is not kept: who asks for it is told so, instead of finding nothing. */
export function unseen<Of extends Collection<unknown>>(collection: Of): Of {
  return {
    ...collection,
    page(query) {
      if (query.orderBy?.column === unkept || (query.where && asksFor(query.where, unkept)))
        throw new QueryError(`${unkept} is not kept of the past`);
      return collection.page(query);
    },
  };
}

function asksFor(condition: Condition, column: string): boolean {
  if ("not" in condition) return asksFor(condition.not, column);
  const parts = "all" in condition ? condition.all : "any" in condition ? condition.any : undefined;
  if (parts) return parts.some((part) => asksFor(part, column));
  return "column" in condition && condition.column === column;
}
