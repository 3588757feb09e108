import type { OpenBulkChangeResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import { shown, thenOf } from "../positions.ts";

/** Most bulk changes that are listed. */
const openMax = 100;

export const bulkChangeQueries: Pick<QueryResolvers, "openBulkChanges"> = {
  async openBulkChanges(_root, { minPosition, at }, context) {
    await shown(context, minPosition);
    const past = await thenOf(context, at);
    if (past) return context.pastLists(past).openBulkChanges(openMax);
    return context.views.bulkChanges.open({ limit: openMax });
  },
};

export const OpenBulkChange: Pick<OpenBulkChangeResolvers, "requestedAt"> = {
  requestedAt: ({ requestedAtMs }) => requestedAtMs,
};
