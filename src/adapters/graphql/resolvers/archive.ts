import type { LogArchiveResolvers, QueryResolvers } from "../__generated__/resolvers.ts";

export const archiveQueries: Pick<QueryResolvers, "logArchives"> = {
  logArchives: (_root, _args, { archives }) => archives(),
};

export const LogArchive: Pick<LogArchiveResolvers, "events"> = {
  events: ({ after, through }) => through - after,
};
