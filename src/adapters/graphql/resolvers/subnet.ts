import { networkStream } from "../../../domain/network/events.ts";
import { SubnetName } from "../../../domain/values/slug.ts";
import type { SubnetRow } from "../../../projections/views/leases-reader.ts";
import type { QueryResolvers, SubnetResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { nodeId } from "../node-id.ts";
import { type Paging, readPage } from "../page.ts";
import { shown } from "../positions.ts";
import { policyNames } from "./names.ts";

const paging: Paging<SubnetRow, SubnetName> = {
  type: "SubnetConnection",
  keyOf: ({ name }) => name,
  isKey: (value): value is SubnetName => SubnetName.safeParse(value).success,
};

export const subnetQueries: Pick<QueryResolvers, "subnet" | "subnets"> = {
  async subnet(_root, { name, minPosition }, context) {
    await shown(context, minPosition);
    const wanted = SubnetName.safeParse(name).data;
    return (wanted && context.views.leases.findSubnet(wanted)) ?? null;
  },

  async subnets(_root, { minPosition, ...page }, context) {
    await shown(context, minPosition);
    const revision = await networkRevision(context);
    const subnets = readPage(paging, page, ({ first, after }) =>
      context.views.leases.listSubnets({ limit: first, ...(after && { after }) }),
    );
    return { ...subnets, revision };
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
  usage: ({ addresses, leased, reserved, declined }) => ({ total: addresses, leased, reserved, declined }),
};

/** How the API says that a stream has no event. */
const noStream = -1;

/** Of the stream that all subnets share, from the log: a decision is held against it. */
async function networkRevision({ log }: Pick<GraphqlContext, "log">): Promise<number> {
  const [newest] = await log.readStream(networkStream, { newestOnly: true });
  return newest?.revision ?? noStream;
}
