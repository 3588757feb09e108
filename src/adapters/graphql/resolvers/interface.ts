import { type Ipv4, ipv4FromNumber } from "../../../domain/values/ipv4.ts";
import type { MachineId } from "../../../domain/values/machine-id.ts";
import type { InterfaceResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import { batched } from "../batch.ts";
import type { GraphqlContext } from "../context.ts";
import type { InterfaceConnectionModel } from "../list-models.ts";
import { type ListArguments, type Listing, readConnection } from "../listing/connection.ts";
import { nodeId } from "../node-id.ts";
import { shown } from "../positions.ts";
import { machineById } from "./machine-reference.ts";
import { interfaceSourceNames } from "./names.ts";

const listing: Listing = {
  type: "Interface",
  names: { source: interfaceSourceNames },
  nodes: { machineId: "Machine" },
};

/** Addresses that are read for a page of machines. Two hundred machines with many interfaces have fewer. */
const addressesMax = 10_000;

export const interfaceQueries: Pick<QueryResolvers, "interfaces"> = {
  async interfaces(_root, { minPosition, ...args }, context) {
    await shown(context, minPosition);
    return interfacePage(args, undefined, context);
  },
};

export const Interface: InterfaceResolvers = {
  id: ({ mac }) => nodeId("Interface", mac),
  mac: ({ mac }) => mac,
  machine: ({ machineId }, _args, context) => (machineId === null ? null : machineById(machineId, context)),
  name: ({ name }) => name,
  driver: ({ driver }) => driver,
  address: ({ address }) => (address === null ? null : ipv4FromNumber(address)),
  subnet: ({ subnet }) => subnet,
  source: ({ source }) => interfaceSourceNames[source],
  seenAt: ({ seenAtMs }) => seenAtMs,
};

/** A page of interfaces; of those of one machine when it is given. */
export function interfacePage(
  args: ListArguments,
  machineId: MachineId | undefined,
  { views, clock }: GraphqlContext,
): InterfaceConnectionModel {
  const scope = machineId && { column: "machineId", eq: machineId };
  return readConnection(
    { collection: views.lists.interfaces, listing, scope, nowMs: clock().getTime() },
    args,
  );
}

/** The addresses that the interfaces of a machine hold a lease of, lowest first. */
export const addressesOfMachine = batched((ids: readonly MachineId[], { views }) => {
  const addresses = new Map<MachineId, Ipv4[]>();
  const found = views.lists.interfaces.page({
    where: {
      all: [
        { column: "machineId", in: ids },
        { column: "address", exists: true },
      ],
    },
    orderBy: { column: "address", descending: false },
    limit: addressesMax,
  });
  for (const { row } of found) {
    if (row.machineId === null || row.address === null) continue;
    const known = addresses.get(row.machineId) ?? [];
    known.push(ipv4FromNumber(row.address));
    addresses.set(row.machineId, known);
  }
  return addresses;
});
