import { environmentCollection } from "../../../projections/collections/boot-environments.ts";
import { fleetCollection } from "../../../projections/collections/fleet.ts";
import { interfaceCollection } from "../../../projections/collections/interfaces.ts";
import {
  addressUsageCollection,
  clientClassCollection,
  leaseCollection,
  reservationCollection,
  subnetCollection,
} from "../../../projections/collections/leases.ts";
import { runCollection } from "../../../projections/collections/runs.ts";
import type { KeptView } from "../../../projections/past/kept-views.ts";
import type { SearchableCollection } from "../../../projections/query/sql-collection.ts";
import type { ViewConnection } from "../../../projections/view-connection.ts";
import { unseen } from "./unseen.ts";

/** Where a list of the past is read: its view, and the table that is searched. */
export interface ListSource<Row> {
  readonly view: KeptView;
  readonly table: string;
  readonly collection: (connection: ViewConnection) => SearchableCollection<Row>;
}

export const listSources = {
  machines: source("fleet", "fleet", (from) => unseen(fleetCollection(from))),
  interfaces: source("fleet", "interface", (from) => unseen(interfaceCollection(from))),
  leases: source("leases", "address", leaseCollection),
  reservations: source("leases", "address", reservationCollection),
  subnets: source("leases", "subnet", subnetCollection),
  addressUsage: source("leases", "usage", addressUsageCollection),
  clientClasses: source("leases", "clientClass", clientClassCollection),
  bootEnvironments: source("bootEnvironments", "latest", environmentCollection),
  runs: source("runs", "facts", runCollection),
} as const;

function source<Row>(
  view: KeptView,
  table: string,
  collection: ListSource<Row>["collection"],
): ListSource<Row> {
  return { view, table, collection };
}
