import { showOption } from "../../../domain/network/option-formats.ts";
import type {
  ClientClassResolvers,
  DhcpOptionResolvers,
  QueryResolvers,
} from "../__generated__/resolvers.ts";
import type { ClientClassConnectionModel } from "../list-models.ts";
import { type Listing, readConnectionThen } from "../listing/connection.ts";
import { nodeId } from "../node-id.ts";
import { shown, thenOf } from "../positions.ts";
import { architectureNames } from "./names.ts";
import { networkRevision } from "./subnet.ts";

const listing: Listing = { type: "ClientClass" };

export const clientClassQueries: Pick<QueryResolvers, "clientClasses"> = {
  async clientClasses(_root, { minPosition, at, ...args }, context): Promise<ClientClassConnectionModel> {
    await shown(context, minPosition);
    const { views, pastLists, clock } = context;
    const past = await thenOf(context, at);
    // Before the page is read: a decision on what it shows must not pass when that has changed meanwhile.
    const revision = await networkRevision(context, past);
    const listed = { collection: views.lists.clientClasses, listing, nowMs: clock().getTime() };
    const page = await readConnectionThen(past && pastLists(past).clientClasses(), listed, args);
    return { ...page, revision };
  },
};

export const ClientClass: ClientClassResolvers = {
  id: ({ name }) => nodeId("ClientClass", name),
  name: ({ name }) => name,
  priority: ({ priority }) => priority,
  match: ({ definition: { match } }) => ({
    ...match,
    architectures: match.architectures?.map((each) => architectureNames[each]) ?? null,
  }),
  leaseSeconds: ({ definition }) => definition.leaseSeconds,
  options: ({ definition }) => definition.options,
  bootFile: ({ definition }) => definition.bootFile,
  definedAt: ({ definedAtMs }) => definedAtMs,
  changedAt: ({ changedAtMs }) => changedAtMs,
};

export const DhcpOption: DhcpOptionResolvers = {
  code: ({ code }) => code,
  name: (setting) => showOption(setting).name,
  value: (setting) => showOption(setting).text,
  octets: ({ value }) => value,
};
