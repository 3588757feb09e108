import { Ipv4 } from "../../../domain/values/ipv4.ts";
import { MacAddress } from "../../../domain/values/mac-address.ts";
import { RunId } from "../../../domain/values/run-id.ts";
import type { ResolversParentTypes } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { PastList } from "../listing/connection.ts";
import type { Past } from "../models.ts";
import type { NodeType } from "../node-id.ts";
import { accessOf } from "./access.ts";
import { eventById } from "./event.ts";
import { machineAsOf } from "./machine-past.ts";
import { runThen } from "./run.ts";

/** Any object. */
type Found = ResolversParentTypes["Node"];

type Find = (
  name: string,
  past: Past,
  context: GraphqlContext,
) => Found | undefined | Promise<Found | undefined>;

/** The one row of a list for which a column has this value. Names that are none find nothing. */
async function only<Row>(
  list: PastList<Row>,
  column: string,
  name: string | undefined,
): Promise<Row | undefined> {
  if (name === undefined) return undefined;
  const [found] = await list.read((rows) => rows.page({ where: { column, eq: name }, limit: 1 }));
  return found?.row;
}

/** How the object of an id is found as it was at a moment. */
export const findersThen: Readonly<Record<NodeType, Find>> = {
  Machine: (id, past, context) => machineAsOf({ id }, past, context),
  Interface: (mac, past, { pastLists }) =>
    only(pastLists(past).interfaces(), "mac", MacAddress.safeParse(mac).data),
  async Run(name, past, context) {
    const id = RunId.safeParse(name).data;
    return id && runThen(id, past, context);
  },
  Lease: (address, past, { pastLists }) =>
    only(pastLists(past).leases(), "address", Ipv4.safeParse(address).data),
  Reservation: (address, past, { pastLists }) =>
    only(pastLists(past).reservations(), "address", Ipv4.safeParse(address).data),
  Subnet: (name, past, { pastLists }) => only(pastLists(past).subnets(), "name", name),
  AddressUsage: (name, past, { pastLists }) => only(pastLists(past).addressUsage(), "subnet", name),
  ClientClass: (name, past, { pastLists }) => only(pastLists(past).clientClasses(), "name", name),
  BootEnvironment: (name, past, { pastLists }) => only(pastLists(past).bootEnvironments(), "name", name),
  async Event(id, { position }, context) {
    const event = await eventById(id, context);
    return event && event.position <= position ? event : undefined;
  },
  Principal: async (id, past, context) => (await accessOf(past, context)).principals.find(id),
  AccessToken: async (id, past, context) => (await accessOf(past, context)).tokens.find(id),
  AccessRole: async (name, past, context) => (await accessOf(past, context)).roles.find(name),
};
