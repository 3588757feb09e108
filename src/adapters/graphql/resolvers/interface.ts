import type { MachineSnapshot } from "../../../domain/machine/snapshot.ts";
import { type Ipv4, ipv4FromNumber } from "../../../domain/values/ipv4.ts";
import type { MachineId } from "../../../domain/values/machine-id.ts";
import type { InterfaceResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import { batched } from "../batch.ts";
import type { GraphqlContext } from "../context.ts";
import type { InterfaceConnectionModel } from "../list-models.ts";
import {
  type ListArguments,
  type Listing,
  readConnection,
  readConnectionThen,
} from "../listing/connection.ts";
import type { MachineModel, Past } from "../models.ts";
import { nodeId } from "../node-id.ts";
import { inPast } from "../page.ts";
import { shown, thenOf } from "../positions.ts";
import { machineThen } from "./machine-past.ts";
import { interfaceSourceNames } from "./names.ts";

const listing: Listing = {
  type: "Interface",
  names: { source: interfaceSourceNames },
  nodes: { machineId: "Machine" },
};

/** Addresses that are read for a page of machines. Two hundred machines with many interfaces have fewer. */
const addressesMax = 10_000;

export const interfaceQueries: Pick<QueryResolvers, "interfaces"> = {
  async interfaces(_root, { minPosition, at, ...args }, context) {
    await shown(context, minPosition);
    const { views, pastLists, clock } = context;
    const past = await thenOf(context, at);
    const listed = { collection: views.lists.interfaces, listing, nowMs: clock().getTime() };
    return inPast(await readConnectionThen(past && pastLists(past).interfaces(), listed, args), past);
  },
};

export const Interface: InterfaceResolvers = {
  id: ({ mac }) => nodeId("Interface", mac),
  mac: ({ mac }) => mac,
  machine: ({ machineId, past }, _args, context) =>
    machineId === null ? null : machineThen({ id: machineId }, past, context),
  name: ({ name }) => name,
  driver: ({ driver }) => driver,
  address: ({ address }) => (address === null ? null : ipv4FromNumber(address)),
  subnet: ({ subnet }) => subnet,
  source: ({ source }) => interfaceSourceNames[source],
  seenAt: ({ seenAtMs }) => seenAtMs,
};

/** A page of the interfaces of a machine, now or then. */
export function interfacesOfMachine(
  { snapshot, past }: MachineModel,
  args: ListArguments,
  { views, pastLists, clock }: GraphqlContext,
): InterfaceConnectionModel {
  const scope = { column: "machineId", eq: snapshot.id };
  const collection = past ? pastLists(past).interfacesOf(snapshot) : views.lists.interfaces;
  return inPast(readConnection({ collection, listing, scope, nowMs: clock().getTime() }, args), past);
}

/** The addresses that the interfaces of a machine held a lease of at a moment, lowest first. */
export function addressesThen(
  machine: MachineSnapshot,
  past: Past,
  { pastLists }: GraphqlContext,
): readonly Ipv4[] {
  const orderBy = { column: "address", descending: false };
  const found = pastLists(past).interfacesOf(machine).page({ orderBy, limit: addressesMax });
  return found.flatMap(({ row: { address } }) => (address === null ? [] : [ipv4FromNumber(address)]));
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
