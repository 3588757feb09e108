import type { OpenBulkChangeResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import { shown } from "../positions.ts";

/** Most bulk changes that are listed. */
const openMax = 100;

export const bulkChangeQueries: Pick<QueryResolvers, "openBulkChanges"> = {
  async openBulkChanges(_root, { minPosition }, context) {
    await shown(context, minPosition);
    return context.views.bulkChanges.open({ limit: openMax });
  },
};

export const OpenBulkChange: Pick<OpenBulkChangeResolvers, "requestedAt"> = {
  requestedAt: ({ requestedAtMs }) => requestedAtMs,
};
