import type { MacAddress } from "../../../domain/values/mac-address.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import type { LeaseResolvers, QueryResolvers, ReservationResolvers } from "../__generated__/resolvers.ts";
import { batched } from "../batch.ts";
import type { GraphqlContext } from "../context.ts";
import type { LeaseConnectionModel, ReservationConnectionModel } from "../list-models.ts";
import { type ListArguments, type Listing, readConnectionThen } from "../listing/connection.ts";
import type { Past } from "../models.ts";
import { nodeId } from "../node-id.ts";
import { inPast } from "../page.ts";
import { shown, thenOf } from "../positions.ts";
import { machineAsOf } from "./machine-past.ts";
import { present } from "./machine-reference.ts";
import { leaseStatusNames } from "./names.ts";

const leaseListing: Listing = {
  type: "Lease",
  names: { status: leaseStatusNames },
  nodes: { machineId: "Machine" },
};

const reservationListing: Listing = { type: "Reservation", names: { status: leaseStatusNames } };

export const leaseQueries: Pick<QueryResolvers, "leases" | "reservations"> = {
  async leases(_root, { minPosition, at, ...args }, context) {
    await shown(context, minPosition);
    return leasePage(args, { past: await thenOf(context, at) }, context);
  },

  async reservations(_root, { minPosition, at, ...args }, context): Promise<ReservationConnectionModel> {
    await shown(context, minPosition);
    const { views, pastLists, clock } = context;
    const past = await thenOf(context, at);
    const listed = {
      collection: views.lists.reservations,
      listing: reservationListing,
      nowMs: clock().getTime(),
    };
    return inPast(await readConnectionThen(past && pastLists(past).reservations(), listed, args), past);
  },
};

export const Lease: LeaseResolvers = {
  id: ({ address }) => nodeId("Lease", address),
  address: ({ address }) => address,
  subnet: ({ subnet }) => subnet,
  status: ({ status }) => leaseStatusNames[status],
  reservedFor: ({ reservedFor }) => reservedFor,
  holder: ({ mac, clientId, hostname }) => (mac === null ? null : { mac, clientId, hostname }),
  machine: ({ mac, past }, _args, context) => (mac === null ? null : machineWith(mac, past, context)),
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
  machine: ({ reservedMac, past }, _args, context) =>
    reservedMac === null ? null : machineWith(reservedMac, past, context),
  subnet: ({ subnet }) => subnet,
  lease: (row) => row,
};

/** Which addresses. */
interface Wanted {
  /** (Default: all) */
  readonly scope?: Condition;
  /** `undefined`: as they are now. */
  readonly past: Past | undefined;
}

/** A page of addresses. */
export async function leasePage(
  args: ListArguments,
  { scope, past }: Wanted,
  { views, pastLists, clock }: GraphqlContext,
): Promise<LeaseConnectionModel> {
  const listed = {
    collection: views.lists.leases,
    listing: leaseListing,
    scope,
    nowMs: clock().getTime(),
  };
  return inPast(await readConnectionThen(past && pastLists(past).leases(), listed, args), past);
}

/** The machine that has an interface, or had it at a moment. */
async function machineWith(mac: MacAddress, past: Past | undefined, context: GraphqlContext) {
  if (!past) return machineByMac(mac, context);
  return (await machineAsOf({ mac }, past, context)) ?? null;
}

/** The machine that has an interface; each interface that a page names is looked up once. */
const machineByMac = batched((macs: readonly MacAddress[], { views }) => {
  const found = macs.flatMap((mac) => {
    const snapshot = views.machines.findByMac(mac);
    return snapshot ? [[mac, present(snapshot)] as const] : [];
  });
  return new Map(found);
});
