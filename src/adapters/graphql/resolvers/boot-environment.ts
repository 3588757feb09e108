import { EnvironmentName } from "../../../domain/values/slug.ts";
import type { BootEnvironmentRow } from "../../../projections/views/boot-environments.ts";
import type { BootEnvironmentResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import { nodeId } from "../node-id.ts";
import { type Paging, readPage } from "../page.ts";
import { shown } from "../positions.ts";
import { purposeNames } from "./names.ts";

const paging: Paging<BootEnvironmentRow, EnvironmentName> = {
  type: "BootEnvironmentConnection",
  keyOf: ({ name }) => name,
  isKey: (value): value is EnvironmentName => EnvironmentName.safeParse(value).success,
};

export const bootEnvironmentQueries: Pick<QueryResolvers, "bootEnvironments"> = {
  async bootEnvironments(_root, { minPosition, ...page }, context) {
    await shown(context, minPosition);
    return readPage(paging, page, ({ first, after }) =>
      context.views.environments.list({ limit: first, ...(after && { after }) }),
    );
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
