import { makeExecutableSchema } from "@graphql-tools/schema";
import { buildSchema, type GraphQLSchema } from "graphql";
import type { Resolvers } from "./__generated__/resolvers.ts";
import { addressMutations, LeasePayload } from "./mutations/address.ts";
import { DeployMachinePayload, deployMutations } from "./mutations/deploy.ts";
import { MachinePayload, machineMutations } from "./mutations/machine.ts";
import { networkMutations, SubnetPayload } from "./mutations/network.ts";
import { RebuildViewPayload, rebuildMutations } from "./mutations/rebuild.ts";
import { ServicePayload, serviceMutations } from "./mutations/service.ts";
import { BootEnvironment, bootEnvironmentQueries } from "./resolvers/boot-environment.ts";
import { Event, eventQueries } from "./resolvers/event.ts";
import { Inventory } from "./resolvers/inventory.ts";
import { Lease, leaseQueries } from "./resolvers/lease.ts";
import { Machine, machineQueries } from "./resolvers/machine.ts";
import { Run, runQueries } from "./resolvers/run.ts";
import { ServiceStatus, serviceQueries, ViewStatus } from "./resolvers/service.ts";
import { Subnet, subnetQueries } from "./resolvers/subnet.ts";
import { EventFeedItem, Subscription } from "./resolvers/subscription.ts";
import { TimelineEntry } from "./resolvers/timeline.ts";
import { scalars } from "./scalars.ts";

const resolvers: Resolvers = {
  ...scalars,
  Query: {
    ...machineQueries,
    ...runQueries,
    ...leaseQueries,
    ...subnetQueries,
    ...bootEnvironmentQueries,
    ...eventQueries,
    ...serviceQueries,
  },
  Mutation: {
    ...networkMutations,
    ...addressMutations,
    ...machineMutations,
    ...deployMutations,
    ...serviceMutations,
    ...rebuildMutations,
  },
  Subscription,
  Machine,
  Inventory,
  Run,
  TimelineEntry,
  Lease,
  Subnet,
  BootEnvironment,
  Event,
  EventFeedItem,
  ServiceStatus,
  ViewStatus,
  MachinePayload,
  DeployMachinePayload,
  LeasePayload,
  SubnetPayload,
  ServicePayload,
  RebuildViewPayload,
};

/** The API's schema with its resolvers. `typeDefs`: the text of `schema.graphql`. */
export function createApiSchema(typeDefs: string): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs,
    resolvers,
    resolverValidationOptions: { requireResolversToMatchSchema: "error" },
  });
  // graphql-tools puts our scalars, which know how to parse, over the declared ones, which have a description.
  const declared = buildSchema(typeDefs);
  for (const name of Object.keys(scalars)) {
    const scalar = schema.getType(name);
    if (scalar) scalar.description = declared.getType(name)?.description;
  }
  return schema;
}
