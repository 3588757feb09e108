import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { ClientClassRow } from "../../projections/client-classes.ts";
import type { BootEnvironmentRow } from "../../projections/views/boot-environments.ts";
import type { InterfaceRow } from "../../projections/views/fleet-tables.ts";
import type { AddressRow, UsageRow } from "../../projections/views/leases.ts";
import type { SubnetRow } from "../../projections/views/leases-reader.ts";
import type { PrincipalRow, RoleRow, TokenRow } from "../access/access-views.ts";
import type { FeedItem } from "./feeds/feed.ts";
import type { Connection } from "./listing/connection.ts";
import type { MachineModel, Past, RunModel } from "./models.ts";

/** What was looked up in a look at the past. */
export interface MaybePast {
  /** (Default: as it is now) */
  readonly past?: Past | undefined;
}

/** An interface that a machine has. */
export type InterfaceModel = InterfaceRow & MaybePast;
/** An address that something ever happened to. */
export type AddressModel = AddressRow & MaybePast;
export type SubnetModel = SubnetRow & MaybePast;
/** How full a subnet is. */
export type AddressUsageModel = UsageRow & MaybePast;
/** An address that is set aside. */
export type ReservationModel = AddressRow & MaybePast;

/** One who may use the API. */
export type PrincipalModel = PrincipalRow & MaybePast;
export type AccessTokenModel = TokenRow & MaybePast;

export type PrincipalConnectionModel = Connection<PrincipalModel>;
export type AccessTokenConnectionModel = Connection<AccessTokenModel>;
export type AccessRoleConnectionModel = Connection<RoleRow>;
export type MachineConnectionModel = Connection<MachineModel>;
export type InterfaceConnectionModel = Connection<InterfaceModel>;
export type LeaseConnectionModel = Connection<AddressModel>;
export type SubnetConnectionModel = Connection<SubnetModel> & { readonly revision: number };
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
