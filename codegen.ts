import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema.graphql",
  generates: {
    "src/adapters/graphql/__generated__/resolvers.ts": {
      plugins: ["typescript", "typescript-resolvers"],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        avoidOptionals: { defaultValue: true },
        resolversNonOptionalTypename: false,
        contextType: "../context.ts#GraphqlContext",
        scalars: {
          ByteCount: "number",
          CIDR: "../../../domain/values/ipv4.ts#Ipv4Cidr",
          // Milliseconds UTC.
          DateTime: "number",
          EventPosition: "string",
          IPv4: "../../../domain/values/ipv4.ts#Ipv4",
          JSON: "unknown",
          MAC: "../../../domain/values/mac-address.ts#MacAddress",
          Sha256: "../../../domain/values/sha256.ts#Sha256",
        },
        mappers: {
          BootEnvironment:
            "../../../projections/views/boot-environments.ts#BootEnvironmentRow as BootEnvironmentModel",
          CaughtUp: "../feed.ts#FeedMark as FeedMarkModel",
          DeployMachinePayload: "../models.ts#DeploymentOutcome",
          Event: "../../../domain/ports/event-store.ts#RecordedEvent as EventModel",
          EventFeedItem: "../feed.ts#FeedItem as FeedItemModel",
          Heartbeat: "../feed.ts#FeedMark as FeedMarkModel",
          Inventory: "../../../domain/machine/inventory.ts#Inventory as InventoryModel",
          Lease: "../../../projections/views/leases.ts#AddressRow as AddressModel",
          LeasePayload: "../models.ts#AddressOutcome",
          Machine: "../models.ts#MachineModel",
          MachinePayload: "../models.ts#MachineOutcome",
          RebuildViewPayload: "../models.ts#RebuildOutcome",
          Run: "../models.ts#RunModel",
          ServicePayload: "../models.ts#ServiceOutcome",
          ServiceStatus: "../models.ts#ServiceModel",
          Subnet: "../../../projections/views/leases-reader.ts#SubnetRow as SubnetModel",
          SubnetPayload: "../models.ts#SubnetOutcome",
          TimelineEntry: "../models.ts#TimelineEntryModel",
          ViewStatus: "../../../projections/projector.ts#ViewStatus as ViewModel",
        },
      },
    },
  },
};
export default config;
