import { Ipv4 } from "../../../domain/values/ipv4.ts";
import { MacAddress } from "../../../domain/values/mac-address.ts";
import { RunId } from "../../../domain/values/run-id.ts";
import type { NodeResolvers, QueryResolvers, ResolversParentTypes } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { type NodeType, nodeOf } from "../node-id.ts";
import { shown, thenOf } from "../positions.ts";
import { eventById } from "./event.ts";
import { machineIdOf, present } from "./machine-reference.ts";
import { findersThen } from "./node-then.ts";
import { runNow } from "./run.ts";

/** An object with the name of its type. */
type NodeModel = ResolversParentTypes["Node"] & { readonly __typename?: NodeType };

type Find = (
  name: string,
  context: GraphqlContext,
) => ResolversParentTypes["Node"] | undefined | Promise<ResolversParentTypes["Node"] | undefined>;

/** How the object of an id is found. Names that are none find nothing. */
const finders: Readonly<Record<NodeType, Find>> = {
  Machine(name, { views }) {
    const id = machineIdOf(name);
    const snapshot = id && views.machines.find(id);
    return snapshot && present(snapshot);
  },
  Interface(name, { views }) {
    const mac = MacAddress.safeParse(name).data;
    return mac && views.lists.interfaces.find(mac);
  },
  Run: (name, context) => runNow(RunId.safeParse(name).data, context),
  Lease(name, { views }) {
    const address = Ipv4.safeParse(name).data;
    return address && views.lists.leases.find(address);
  },
  Reservation(name, { views }) {
    const address = Ipv4.safeParse(name).data;
    return address && views.lists.reservations.find(address);
  },
  Subnet: (name, { views }) => views.lists.subnets.find(name),
  AddressUsage: (name, { views }) => views.lists.addressUsage.find(name),
  ClientClass: (name, { views }) => views.lists.clientClasses.find(name),
  BootEnvironment: (name, { views }) => views.lists.bootEnvironments.find(name),
  Event: (name, context) => eventById(name, context),
  Principal: (name, { access }) => access.principals.find(name),
  AccessToken: (name, { access }) => access.tokens.find(name),
  AccessRole: (name, { access }) => access.roles.find(name),
};

export const nodeQueries: Pick<QueryResolvers, "node"> = {
  async node(_root, { id, at, minPosition }, context) {
    await shown(context, minPosition);
    const past = await thenOf(context, at);
    const named = nodeOf(id);
    if (!named) return null;
    const { type, name } = named;
    const found = past ? await findersThen[type](name, past, context) : await finders[type](name, context);
    // The models do not tell what they are, or of which moment, so it is written on them.
    return found ? { ...found, ...(past && { past }), __typename: type } : null;
  },
};

export const Node: NodeResolvers = {
  __resolveType({ __typename }: NodeModel) {
    if (!__typename) throw new Error("an object came as a node without the name of its type");
    return __typename;
  },
};
