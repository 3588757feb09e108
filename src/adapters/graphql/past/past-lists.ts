import type { MachineSnapshot } from "../../../domain/machine/snapshot.ts";
import type { ClientClassRow } from "../../../projections/client-classes.ts";
import { TooManyPastsError } from "../../../projections/past/copier.ts";
import type { KeptView } from "../../../projections/past/kept-views.ts";
import type { PastViews } from "../../../projections/past/past-views.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import type { SearchableCollection } from "../../../projections/query/sql-collection.ts";
import type { ViewConnection } from "../../../projections/view-connection.ts";
import type { BootEnvironmentRow } from "../../../projections/views/boot-environments.ts";
import { bulkChangesReader, type OpenBulkChangeRow } from "../../../projections/views/bulk-changes.ts";
import type { FleetRow, InterfaceRow } from "../../../projections/views/fleet-tables.ts";
import type { AddressRow, UsageRow } from "../../../projections/views/leases.ts";
import type { SubnetRow } from "../../../projections/views/leases-reader.ts";
import type { RunRow } from "../../../projections/views/runs.ts";
import { apiError } from "../errors.ts";
import { forbidden } from "../guard/forbidden.ts";
import { guardCollection } from "../guard/guard-collection.ts";
import { reachCondition, type Seen, type Sight } from "../guard/sight.ts";
import type { PastList } from "../listing/connection.ts";
import type { Past } from "../models.ts";
import type { Lists } from "../read-models.ts";
import { interfacesThen } from "./interfaces-then.ts";
import { type ListSource, listSources } from "./list-sources.ts";

/** What can be listed as it was after an event. Asking for a list throws `FORBIDDEN` when nothing of it is seen. */
export interface PastLists {
  machines(): PastList<FleetRow>;
  interfaces(): PastList<InterfaceRow>;
  /** Those of one machine, as it was then, which the caller sees. */
  interfacesOf(machine: MachineSnapshot): SearchableCollection<InterfaceRow>;
  leases(): PastList<AddressRow>;
  reservations(): PastList<AddressRow>;
  subnets(): PastList<SubnetRow>;
  addressUsage(): PastList<UsageRow>;
  clientClasses(): PastList<ClientClassRow>;
  bootEnvironments(): PastList<BootEnvironmentRow>;
  runs(): PastList<RunRow>;
  /** At most `limit`, the oldest first. */
  openBulkChanges(limit: number): Promise<readonly OpenBulkChangeRow[]>;
}

/** Where the past is read, whoever asks. */
export interface PastSources {
  readonly pasts: PastViews;
  /** The fleet as it is now. */
  readonly fleet: ViewConnection;
  /** Every machine as it is now. */
  readonly machines: Lists["machines"];
}

/** Who asks for the lists of which moment. */
interface Asking {
  readonly past: Past;
  readonly sight: Sight;
  readonly actor: string;
}

/** Most machines of somebody who is limited to some, for lists of the past: a question names each of them. */
const pastMachinesMax = 2_000;
/** Of them, as many as one term of a condition may name. */
const idsOfTerm = 500;

/**
 * The lists of a moment, for one caller. Whoever is limited to some machines sees the past of those that they see now:
 * labels may have been others then.
 */
export function pastLists(sources: PastSources, { past, sight, actor }: Asking): PastLists {
  const { pasts, fleet } = sources;

  function read<Result>(view: KeptView, table: string, ask: (connection: ViewConnection) => Result) {
    return asApiErrors(() => pasts.read({ view, table, place: past }, ask));
  }

  function list<Row>(from: ListSource<Row>, where: Condition | undefined): PastList<Row> {
    return {
      read: (ask) =>
        read(from.view, from.table, (connection) => ask(limitedTo(from.collection(connection), where))),
    };
  }

  /** Rows that belong to machines. */
  const ofMachines =
    <Row>(seen: Seen, from: ListSource<Row>) =>
    () =>
      list(from, machinesSeen(seen, sight, sources.machines));

  /** Rows that all are seen, or none. */
  const whole =
    <Row>(kind: "network" | "environments", from: ListSource<Row>) =>
    () => {
      sight.need(kind);
      return list(from, undefined);
    };

  return {
    machines: ofMachines("machines", listSources.machines),
    interfaces: ofMachines("machines", listSources.interfaces),
    interfacesOf(machine) {
      if (!sight.sees("machines", machine.id)) throw forbidden(scopes.machines);
      return interfacesThen(machine, past, fleet);
    },
    leases: ofMachines("leases", listSources.leases),
    reservations: ofMachines("leases", listSources.reservations),
    subnets: whole("network", listSources.subnets),
    addressUsage: whole("network", listSources.addressUsage),
    clientClasses: whole("network", listSources.clientClasses),
    bootEnvironments: whole("environments", listSources.bootEnvironments),
    runs: ofMachines("runs", listSources.runs),
    async openBulkChanges(limit) {
      sight.need("machines");
      // What somebody else began may be about machines that the caller does not see.
      const page = sight.reach("machines") === "all" ? { limit } : { limit, actor };
      return read("bulkChanges", "open", (connection) => bulkChangesReader(connection).open(page));
    },
  };
}

/** The scope that a refusal names. */
const scopes = {
  machines: "machines:read",
  leases: "leases:read",
  runs: "runs:read",
  events: "events:read",
} as const satisfies Record<Seen, string>;

/** That a row is of a machine that the caller sees now; `undefined`: all are seen. */
function machinesSeen(seen: Seen, sight: Sight, machines: Lists["machines"]): Condition | undefined {
  sight.need(seen);
  const reach = sight.reach(seen);
  if (typeof reach === "string") return undefined;
  const found = machines.page({ where: reachCondition(reach), limit: pastMachinesMax + 1 });
  if (found.length > pastMachinesMax) {
    throw forbidden(
      scopes[seen],
      `on every machine, or on at most ${pastMachinesMax}, for lists of the past`,
    );
  }
  const ids = found.map(({ row }) => row.id);
  const parts = Math.ceil(ids.length / idsOfTerm);
  return {
    any: Array.from({ length: parts }, (_, part) => ({
      column: "machineId",
      in: ids.slice(part * idsOfTerm, (part + 1) * idsOfTerm),
    })),
  };
}

function limitedTo<Row>(
  collection: SearchableCollection<Row>,
  where: Condition | undefined,
): SearchableCollection<Row> {
  // Nothing of a machine is found by its name here: that is folded from its stream.
  return where ? guardCollection(collection, { where: () => where, sees: () => false }) : collection;
}

async function asApiErrors<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TooManyPastsError) throw apiError("TOO_MANY_PASTS", error.message);
    throw error;
  }
}
