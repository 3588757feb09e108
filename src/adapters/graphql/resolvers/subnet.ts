import { networkStream } from "../../../domain/network/events.ts";
import { SubnetName } from "../../../domain/values/slug.ts";
import type { AddressUsageResolvers, QueryResolvers, SubnetResolvers } from "../__generated__/resolvers.ts";
import { batched } from "../batch.ts";
import type { GraphqlContext } from "../context.ts";
import type { AddressUsageConnectionModel, SubnetConnectionModel } from "../list-models.ts";
import { type Listing, readConnection } from "../listing/connection.ts";
import { nodeId } from "../node-id.ts";
import { shown } from "../positions.ts";
import { leasePage } from "./lease.ts";
import { pickerNames, policyNames } from "./names.ts";

const subnetListing: Listing = { type: "Subnet", names: { unknownMachines: policyNames } };
const usageListing: Listing = { type: "AddressUsage" };

export const subnetQueries: Pick<QueryResolvers, "subnet" | "subnets" | "addressUsage"> = {
  async subnet(_root, { name, minPosition }, context) {
    await shown(context, minPosition);
    const wanted = SubnetName.safeParse(name).data;
    return (wanted && context.views.leases.findSubnet(wanted)) ?? null;
  },

  async subnets(_root, { minPosition, ...args }, context): Promise<SubnetConnectionModel> {
    await shown(context, minPosition);
    const { views, clock } = context;
    // Before the page is read: a decision on what it shows must not pass when that has changed meanwhile.
    const revision = await networkRevision(context);
    const listed = { collection: views.lists.subnets, listing: subnetListing, nowMs: clock().getTime() };
    return { ...readConnection(listed, args), revision };
  },

  async addressUsage(_root, { minPosition, ...args }, context): Promise<AddressUsageConnectionModel> {
    await shown(context, minPosition);
    const { views, clock } = context;
    const listed = { collection: views.lists.addressUsage, listing: usageListing, nowMs: clock().getTime() };
    return readConnection(listed, args);
  },
};

export const Subnet: SubnetResolvers = {
  id: ({ name }) => nodeId("Subnet", name),
  name: ({ name }) => name,
  cidr: ({ definition }) => definition.cidr,
  ranges: ({ definition }) => definition.ranges,
  routers: ({ definition }) => definition.routers,
  dnsServers: ({ definition }) => definition.dnsServers,
  domainName: ({ definition }) => definition.domainName,
  leaseSeconds: ({ definition }) => definition.leaseSeconds,
  unknownMachines: ({ definition }) => policyNames[definition.unknownMachines],
  sharedNetwork: ({ definition }) => definition.sharedNetwork,
  exclusions: ({ definition }) => definition.exclusions,
  picker: ({ definition }) => pickerNames[definition.picker],
  cacheThreshold: ({ definition }) => definition.cacheThreshold,
  probeBeforeOffer: ({ definition }) => definition.probeBeforeOffer,
  options: ({ definition }) => definition.options,
  usage: async ({ name }, _args, context) => served(name, await usageByName(name, context)),
  leases: ({ name }, args, context) => leasePage(args, { column: "subnet", eq: name }, context),
  definedAt: ({ definedAtMs }) => definedAtMs,
  changedAt: ({ changedAtMs }) => changedAtMs,
};

export const AddressUsage: AddressUsageResolvers = {
  id: ({ subnet }) => nodeId("AddressUsage", subnet),
  subnet: async ({ subnet }, _args, context) => served(subnet, await subnetByName(subnet, context)),
  total: ({ total }) => total ?? 0,
  leased: ({ leased }) => leased,
  reserved: ({ reserved }) => reserved,
  declined: ({ declined }) => declined,
  free: ({ free }) => free ?? 0,
  usedPercent: ({ usedPercent }) => usedPercent ?? 0,
};

const subnetByName = batched((names: readonly SubnetName[], { views }) => {
  const found = names.flatMap((name) => views.lists.subnets.find(name) ?? []);
  return new Map(found.map((subnet) => [subnet.name, subnet]));
});

const usageByName = batched((names: readonly SubnetName[], { views }) => {
  const found = names.flatMap((name) => views.lists.addressUsage.find(name) ?? []);
  return new Map(found.map((usage) => [usage.subnet, usage]));
});

/** One view has both, from the definition of a subnet to its end. */
function served<Row>(name: SubnetName, row: Row | null): Row {
  if (!row) throw new Error(`subnet ${name} is shown in half`);
  return row;
}

/** How the API says that a stream has no event. */
const noStream = -1;

/** Of the stream that subnets and classes share, from the log: a decision is held against it. */
export async function networkRevision({ log }: Pick<GraphqlContext, "log">): Promise<number> {
  const [newest] = await log.readStream(networkStream, { newestOnly: true });
  return newest?.revision ?? noStream;
}
