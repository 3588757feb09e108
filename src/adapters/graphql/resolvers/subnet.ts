import { networkStream } from "../../../domain/network/events.ts";
import { SubnetName } from "../../../domain/values/slug.ts";
import type { AddressUsageResolvers, QueryResolvers, SubnetResolvers } from "../__generated__/resolvers.ts";
import { batched } from "../batch.ts";
import type { GraphqlContext } from "../context.ts";
import type { AddressUsageConnectionModel, SubnetConnectionModel } from "../list-models.ts";
import { type Listing, type PastList, readConnectionThen } from "../listing/connection.ts";
import type { Past } from "../models.ts";
import { nodeId } from "../node-id.ts";
import { inPast } from "../page.ts";
import { shown, thenOf } from "../positions.ts";
import { leasePage } from "./lease.ts";
import { pickerNames, policyNames } from "./names.ts";

const subnetListing: Listing = { type: "Subnet", names: { unknownMachines: policyNames } };
const usageListing: Listing = { type: "AddressUsage" };

export const subnetQueries: Pick<QueryResolvers, "subnet" | "subnets" | "addressUsage"> = {
  async subnet(_root, { name, at, minPosition }, context) {
    await shown(context, minPosition);
    const wanted = SubnetName.safeParse(name).data;
    const past = await thenOf(context, at);
    if (!past) return (wanted && context.views.leases.findSubnet(wanted)) ?? null;
    return (wanted && (await pastSubnet(wanted, past, context))) ?? null;
  },

  async subnets(_root, { minPosition, at, ...args }, context): Promise<SubnetConnectionModel> {
    await shown(context, minPosition);
    const { views, pastLists, clock } = context;
    const past = await thenOf(context, at);
    // Before the page is read: a decision on what it shows must not pass when that has changed meanwhile.
    const revision = await networkRevision(context, past);
    const listed = { collection: views.lists.subnets, listing: subnetListing, nowMs: clock().getTime() };
    const page = await readConnectionThen(past && pastLists(past).subnets(), listed, args);
    return { ...inPast(page, past), revision };
  },

  async addressUsage(_root, { minPosition, at, ...args }, context): Promise<AddressUsageConnectionModel> {
    await shown(context, minPosition);
    const { views, pastLists, clock } = context;
    const past = await thenOf(context, at);
    const listed = { collection: views.lists.addressUsage, listing: usageListing, nowMs: clock().getTime() };
    return inPast(await readConnectionThen(past && pastLists(past).addressUsage(), listed, args), past);
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
  usage: async ({ name, past }, _args, context) =>
    served(name, past ? await pastUsage(name, past, context) : await usageByName(name, context)),
  leases: ({ name, past }, args, context) =>
    leasePage(args, { scope: { column: "subnet", eq: name }, past }, context),
  definedAt: ({ definedAtMs }) => definedAtMs,
  changedAt: ({ changedAtMs }) => changedAtMs,
};

export const AddressUsage: AddressUsageResolvers = {
  id: ({ subnet }) => nodeId("AddressUsage", subnet),
  subnet: async ({ subnet, past }, _args, context) =>
    served(subnet, past ? await pastSubnet(subnet, past, context) : await subnetByName(subnet, context)),
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

function pastSubnet(name: SubnetName, past: Past, { pastLists }: GraphqlContext) {
  return named(pastLists(past).subnets(), name, past);
}

function pastUsage(name: SubnetName, past: Past, { pastLists }: GraphqlContext) {
  return named(pastLists(past).addressUsage(), name, past);
}

async function named<Row>(list: PastList<Row>, name: SubnetName, past: Past) {
  const row = await list.read((rows) => rows.find(name));
  return row && { ...row, past };
}

/** One view has both, from the definition of a subnet to its end. */
function served<Row>(name: SubnetName, row: Row | null | undefined): Row {
  if (!row) throw new Error(`subnet ${name} is shown in half`);
  return row;
}

/** How the API says that a stream has no event. */
const noStream = -1;

/** Of the stream that subnets and classes share, from the log: a decision is held against it. */
export async function networkRevision(
  { log }: Pick<GraphqlContext, "log">,
  past: Past | undefined,
): Promise<number> {
  const events = await log.readStream(networkStream, { newestOnly: past === undefined });
  const newest = events.findLast(({ position }) => past === undefined || position <= past.position);
  return newest?.revision ?? noStream;
}
