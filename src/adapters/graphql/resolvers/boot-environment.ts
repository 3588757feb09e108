import type { BootEnvironmentResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import type { BootEnvironmentConnectionModel } from "../list-models.ts";
import { type Listing, readConnectionThen } from "../listing/connection.ts";
import { nodeId } from "../node-id.ts";
import { shown, thenOf } from "../positions.ts";
import { purposeNames } from "./names.ts";

const listing: Listing = { type: "BootEnvironment", names: { purpose: purposeNames } };

export const bootEnvironmentQueries: Pick<QueryResolvers, "bootEnvironments"> = {
  async bootEnvironments(
    _root,
    { minPosition, at, ...args },
    context,
  ): Promise<BootEnvironmentConnectionModel> {
    await shown(context, minPosition);
    const { views, pastLists, clock } = context;
    const past = await thenOf(context, at);
    const listed = { collection: views.lists.bootEnvironments, listing, nowMs: clock().getTime() };
    return readConnectionThen(past && pastLists(past).bootEnvironments(), listed, args);
  },
};

export const BootEnvironment: BootEnvironmentResolvers = {
  id: ({ name }) => nodeId("BootEnvironment", name),
  name: ({ name }) => name,
  version: ({ version }) => version,
  digest: ({ digest }) => digest,
  description: ({ manifest }) => manifest.description,
  purpose: ({ manifest }) => purposeNames[manifest.purpose],
  files: ({ manifest }) => Object.entries(manifest.files).map(([name, kept]) => ({ name, ...kept })),
  publishedAt: ({ publishedAtMs }) => publishedAtMs,
};
