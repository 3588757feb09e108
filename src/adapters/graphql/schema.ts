import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLSchema } from "graphql";
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
import { Subnet, SubnetConnection, subnetQueries } from "./resolvers/subnet.ts";
import { CaughtUp, EventFeedItem, Heartbeat, Subscription } from "./resolvers/subscription.ts";
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
  SubnetConnection,
  BootEnvironment,
  Event,
  EventFeedItem,
  CaughtUp,
  Heartbeat,
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
  return makeExecutableSchema({
    typeDefs,
    resolvers,
    resolverValidationOptions: { requireResolversToMatchSchema: "error" },
  });
}
