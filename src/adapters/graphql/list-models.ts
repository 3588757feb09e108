import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { ClientClassRow } from "../../projections/client-classes.ts";
import type { BootEnvironmentRow } from "../../projections/views/boot-environments.ts";
import type { InterfaceRow } from "../../projections/views/fleet-tables.ts";
import type { AddressRow, UsageRow } from "../../projections/views/leases.ts";
import type { SubnetRow } from "../../projections/views/leases-reader.ts";
import type { FeedItem } from "./feeds/feed.ts";
import type { Connection } from "./listing/connection.ts";
import type { MachineModel, RunModel } from "./models.ts";

/** An interface that a machine has. */
export type InterfaceModel = InterfaceRow;
/** How full a subnet is. */
export type AddressUsageModel = UsageRow;
/** An address that is set aside. */
export type ReservationModel = AddressRow;

export type MachineConnectionModel = Connection<MachineModel>;
export type InterfaceConnectionModel = Connection<InterfaceModel>;
export type LeaseConnectionModel = Connection<AddressRow>;
export type SubnetConnectionModel = Connection<SubnetRow> & { readonly revision: number };
export type ClientClassConnectionModel = Connection<ClientClassRow> & { readonly revision: number };
export type AddressUsageConnectionModel = Connection<AddressUsageModel>;
export type ReservationConnectionModel = Connection<ReservationModel>;
export type BootEnvironmentConnectionModel = Connection<BootEnvironmentRow>;
export type RunConnectionModel = Connection<RunModel>;
export type EventConnectionModel = Connection<RecordedEvent>;

/** A machine that changed. `machine`: `undefined` when it is not shown any more. */
export interface MachineChangeModel {
  readonly __typename: "MachineChange";
  readonly machine: MachineModel | undefined;
  readonly machineId: string;
  readonly types: readonly string[];
  readonly left: boolean;
  readonly position: Position;
}

/** A run that went on. */
export interface RunChangeModel {
  readonly __typename: "RunChange";
  readonly run: RunModel;
  readonly types: readonly string[];
  readonly position: Position;
}

export type EventFeedItemModel = FeedItem<RecordedEvent>;
export type MachineFeedItemModel = FeedItem<MachineChangeModel>;
export type RunFeedItemModel = FeedItem<RunChangeModel>;
