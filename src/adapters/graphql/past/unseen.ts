import type { Collection } from "../../../projections/query/collection.ts";
import { looksAt } from "../../../projections/query/condition.ts";
import { QueryError } from "../../../projections/query/query-error.ts";

const unkept = "seenAt";

/** When something was heard of last is not kept: who asks for it is told so, instead of finding nothing. */
export function unseen<Of extends Collection<unknown>>(collection: Of): Of {
  return {
    ...collection,
    page(query) {
      if (query.orderBy?.column === unkept || (query.where && looksAt(query.where, unkept)))
        throw new QueryError(`${unkept} is not kept of the past`);
      return collection.page(query);
    },
  };
}
