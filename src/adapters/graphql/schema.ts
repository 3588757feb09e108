import { makeExecutableSchema } from "@graphql-tools/schema";
import { buildSchema, type GraphQLSchema } from "graphql";
import type { QueryResolvers, Resolvers } from "./__generated__/resolvers.ts";
import { guardFields, queryKinds, subscriptionKinds } from "./guard/guard-fields.ts";
import { connectionFields } from "./listing/fields.ts";
import {
  accessMutations,
  IssueTokenPayload,
  PrincipalPayload,
  RevokeTokenPayload,
} from "./mutations/access.ts";
import { AccessRolePayload, accessRoleMutations } from "./mutations/access-role.ts";
import { addressMutations, LeasePayload } from "./mutations/address.ts";
import { BackupPayload, backupMutations } from "./mutations/backup.ts";
import { bulkMutations, ChangeMachinesPayload } from "./mutations/bulk/bulk.ts";
import { checkpointMutations, SignCheckpointPayload } from "./mutations/checkpoint.ts";
import { ClientClassPayload, clientClassMutations } from "./mutations/client-class.ts";
import { DeployMachinePayload, deployMutations } from "./mutations/deploy.ts";
import { ImportMachinesPayload, importMutations } from "./mutations/import/import.ts";
import { MachinePayload, machineMutations } from "./mutations/machine.ts";
import { networkMutations, SubnetPayload } from "./mutations/network.ts";
import { PublishBootEnvironmentPayload, publishMutations } from "./mutations/publish.ts";
import { RebuildViewPayload, RetryViewPayload, rebuildMutations } from "./mutations/rebuild.ts";
import { registerMutations } from "./mutations/register.ts";
import { ServicePayload, serviceMutations } from "./mutations/service.ts";
import { CancelVerificationPayload, VerifyLogPayload, verifyMutations } from "./mutations/verify.ts";
import { AccessRole, AccessToken, accessQueries, LabelSelector, Principal } from "./resolvers/access.ts";
import { archiveQueries, LogArchive } from "./resolvers/archive.ts";
import {
  BootDecision,
  BootStep,
  bootDecisionQueries,
  DhcpAnswer,
  ScriptAnswer,
  SourcedOption,
} from "./resolvers/boot-decision.ts";
import { BootEnvironment, bootEnvironmentQueries } from "./resolvers/boot-environment.ts";
import { bulkChangeQueries, OpenBulkChange } from "./resolvers/bulk-change.ts";
import { Checkpoint, checkpointQueries, LogSigning } from "./resolvers/checkpoint.ts";
import { ClientClass, clientClassQueries, DhcpOption } from "./resolvers/client-class.ts";
import { Event, eventQueries } from "./resolvers/event.ts";
import { Interface, interfaceQueries } from "./resolvers/interface.ts";
import { Inventory } from "./resolvers/inventory.ts";
import { Lease, leaseQueries, Reservation } from "./resolvers/lease.ts";
import { Machine, machineQueries } from "./resolvers/machine.ts";
import { Node, nodeQueries } from "./resolvers/node.ts";
import { Run, runQueries } from "./resolvers/run.ts";
import { Backup, ServiceStatus, serviceQueries, ViewBuild, ViewStatus } from "./resolvers/service.ts";
import { AddressUsage, Subnet, subnetQueries } from "./resolvers/subnet.ts";
import {
  EventFeedItem,
  Gap,
  MachineChange,
  MachineFeedItem,
  RunFeedItem,
  Subscription,
} from "./resolvers/subscription.ts";
import { TimelineEntry } from "./resolvers/timeline.ts";
import { Diff, travelQueries, Why } from "./resolvers/travel.ts";
import {
  Verification,
  VerificationFinding,
  VerificationReport,
  ViewCheck,
  verificationQueries,
} from "./resolvers/verification.ts";
import { scalars } from "./scalars.ts";

const resolvers: Resolvers = {
  ...scalars,
  Query: guardFields<QueryResolvers>(
    {
      ...nodeQueries,
      ...machineQueries,
      ...bootDecisionQueries,
      ...interfaceQueries,
      ...runQueries,
      ...leaseQueries,
      ...subnetQueries,
      ...clientClassQueries,
      ...bootEnvironmentQueries,
      ...eventQueries,
      ...serviceQueries,
      ...verificationQueries,
      ...checkpointQueries,
      ...archiveQueries,
      ...bulkChangeQueries,
      ...travelQueries,
      ...accessQueries,
    },
    queryKinds,
  ),
  Mutation: {
    ...networkMutations,
    ...clientClassMutations,
    ...addressMutations,
    ...machineMutations,
    ...registerMutations,
    ...importMutations,
    ...bulkMutations,
    ...publishMutations,
    ...deployMutations,
    ...serviceMutations,
    ...backupMutations,
    ...checkpointMutations,
    ...verifyMutations,
    ...rebuildMutations,
    ...accessMutations,
    ...accessRoleMutations,
  },
  Subscription: guardFields(Subscription, subscriptionKinds),
  Node,
  Machine,
  MachineConnection: connectionFields,
  BootDecision,
  Diff,
  Why,
  BootStep,
  DhcpAnswer,
  SourcedOption,
  ScriptAnswer,
  Inventory,
  Interface,
  InterfaceConnection: connectionFields,
  Run,
  RunConnection: connectionFields,
  TimelineEntry,
  Lease,
  LeaseConnection: connectionFields,
  Reservation,
  ReservationConnection: connectionFields,
  Subnet,
  SubnetConnection: connectionFields,
  AddressUsage,
  AddressUsageConnection: connectionFields,
  ClientClass,
  ClientClassConnection: connectionFields,
  DhcpOption,
  BootEnvironment,
  BootEnvironmentConnection: connectionFields,
  Event,
  EventConnection: connectionFields,
  CheckpointConnection: connectionFields,
  EventFeedItem,
  MachineFeedItem,
  MachineChange,
  RunFeedItem,
  Gap,
  ServiceStatus,
  LogSigning,
  LogArchive,
  Checkpoint,
  Backup,
  ViewBuild,
  ViewStatus,
  MachinePayload,
  OpenBulkChange,
  ImportMachinesPayload,
  ChangeMachinesPayload,
  PublishBootEnvironmentPayload,
  DeployMachinePayload,
  LeasePayload,
  SubnetPayload,
  ClientClassPayload,
  ServicePayload,
  BackupPayload,
  RebuildViewPayload,
  RetryViewPayload,
  VerifyLogPayload,
  CancelVerificationPayload,
  Verification,
  VerificationReport,
  VerificationFinding,
  ViewCheck,
  SignCheckpointPayload,
  Principal,
  PrincipalConnection: connectionFields,
  AccessToken,
  AccessTokenConnection: connectionFields,
  AccessRole,
  AccessRoleConnection: connectionFields,
  LabelSelector,
  PrincipalPayload,
  IssueTokenPayload,
  RevokeTokenPayload,
  AccessRolePayload,
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
