import type { MacAddress } from "../../../domain/values/mac-address.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import type { LeaseResolvers, QueryResolvers, ReservationResolvers } from "../__generated__/resolvers.ts";
import { batched } from "../batch.ts";
import type { GraphqlContext } from "../context.ts";
import type { LeaseConnectionModel, ReservationConnectionModel } from "../list-models.ts";
import { type ListArguments, type Listing, readConnection } from "../listing/connection.ts";
import { nodeId } from "../node-id.ts";
import { shown } from "../positions.ts";
import { present } from "./machine-reference.ts";
import { leaseStatusNames } from "./names.ts";

const leaseListing: Listing = {
  type: "Lease",
  names: { status: leaseStatusNames },
  nodes: { machineId: "Machine" },
};

const reservationListing: Listing = { type: "Reservation", names: { status: leaseStatusNames } };

export const leaseQueries: Pick<QueryResolvers, "leases" | "reservations"> = {
  async leases(_root, { minPosition, ...args }, context) {
    await shown(context, minPosition);
    return leasePage(args, undefined, context);
  },

  async reservations(_root, { minPosition, ...args }, context): Promise<ReservationConnectionModel> {
    await shown(context, minPosition);
    const { views, clock } = context;
    const listed = {
      collection: views.lists.reservations,
      listing: reservationListing,
      nowMs: clock().getTime(),
    };
    return readConnection(listed, args);
  },
};

export const Lease: LeaseResolvers = {
  id: ({ address }) => nodeId("Lease", address),
  address: ({ address }) => address,
  subnet: ({ subnet }) => subnet,
  status: ({ status }) => leaseStatusNames[status],
  reservedFor: ({ reservedFor }) => reservedFor,
  holder: ({ mac, clientId, hostname }) => (mac === null ? null : { mac, clientId, hostname }),
  machine: ({ mac }, _args, context) => (mac === null ? null : machineByMac(mac, context)),
  relay: ({ relay }) => relay,
  leaseSeconds: ({ leaseSeconds }) => leaseSeconds,
  until: ({ untilMs }) => untilMs,
  changedAt: ({ changedAtMs }) => changedAtMs,
  revision: ({ revision }) => revision,
  position: ({ position }) => position,
};

export const Reservation: ReservationResolvers = {
  id: ({ address }) => nodeId("Reservation", address),
  address: ({ address }) => address,
  key: ({ address, reservedFor }) => {
    if (reservedFor === null) throw new Error(`${address} is listed as reserved, and is not`);
    return reservedFor;
  },
  mac: ({ reservedMac }) => reservedMac,
  machine: ({ reservedMac }, _args, context) =>
    reservedMac === null ? null : machineByMac(reservedMac, context),
  subnet: ({ subnet }) => subnet,
  lease: (row) => row,
};

/** A page of addresses; of those of a scope when it is given. */
export function leasePage(
  args: ListArguments,
  scope: Condition | undefined,
  { views, clock }: GraphqlContext,
): LeaseConnectionModel {
  const nowMs = clock().getTime();
  return readConnection({ collection: views.lists.leases, listing: leaseListing, scope, nowMs }, args);
}

/** The machine that has an interface; each interface that a page names is looked up once. */
const machineByMac = batched((macs: readonly MacAddress[], { views }) => {
  const found = macs.flatMap((mac) => {
    const snapshot = views.machines.findByMac(mac);
    return snapshot ? [[mac, present(snapshot)] as const] : [];
  });
  return new Map(found);
});
