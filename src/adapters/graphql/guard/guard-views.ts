import type { Rights } from "../../../domain/access/rights.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import type { SearchableCollection } from "../../../projections/query/sql-collection.ts";
import type { EventPlace, Lists, ReadModels } from "../read-models.ts";
import { guardCollection } from "./guard-collection.ts";
import type { Owners } from "./owners.ts";
import { eventsCondition, type Kind, reachCondition, type Seen, type Sight } from "./sight.ts";

export interface ViewGuard {
  /** What the caller may do now. */
  readonly rights: () => Rights;
  readonly sight: Sight;
  readonly owners: Owners;
  /** `user:<name>`: who asks. */
  readonly actor: string;
}

/**
 * What one caller sees of the views. A missing scope throws `FORBIDDEN`; what is out of the caller's reach is not
 * there.
 */
export function guardViews(views: ReadModels, guard: ViewGuard): ReadModels {
  const { sight, actor } = guard;
  const seen = <Row>(kind: Seen, row: Row | undefined, machineId: string | null | undefined) => {
    sight.need(kind);
    return row !== undefined && sight.sees(kind, machineId) ? row : undefined;
  };
  const event = (row: ReturnType<ReadModels["events"]["findById"]>) => {
    sight.need("events");
    return row && sight.seesEvent(row) ? row : undefined;
  };
  const { machines, runs, leases, environments, timeline, events, bulkChanges, projector } = views;
  return {
    lists: guardLists(views.lists, guard),
    machines: {
      find: (id) => seen("machines", machines.find(id), id),
      findByMac(mac) {
        const machine = machines.findByMac(mac);
        return seen("machines", machine, machine?.id);
      },
      findByName(name) {
        const machine = machines.findByName(name);
        return seen("machines", machine, machine?.id);
      },
    },
    runs: {
      find(id) {
        const run = runs.find(id);
        return seen("runs", run, run?.machineId);
      },
      listBoots(id, page) {
        return seen("runs", runs.find(id), runs.find(id)?.machineId) ? runs.listBoots(id, page) : [];
      },
    },
    leases: guardLeases(leases, guard),
    environments: {
      latest(name) {
        sight.need("environments");
        return environments.latest(name);
      },
    },
    timeline: {
      listByMachine(machineId, page) {
        sight.need("events");
        return sight.sees("events", machineId) ? timeline.listByMachine(machineId, page) : [];
      },
      findBoot: (id) => timeline.findBoot(id),
    },
    events: {
      findById: (id) => event(events.findById(id)),
      machineAt(position) {
        const id = events.machineAt(position);
        return sight.sees("events", id) ? id : undefined;
      },
      // Places in the log tell of no event.
      findByPosition: (position) => placeOf(events.findByPosition(position)),
      positionBefore: (ordinal) => events.positionBefore(ordinal),
      lastUntil: (timeMs) => placeOf(events.lastUntil(timeMs)),
    },
    bulkChanges: {
      open(page) {
        sight.need("machines");
        // What somebody else began may be about machines that the caller does not see.
        return bulkChanges.open(sight.reach("machines") === "all" ? page : { ...page, actor });
      },
    },
    projector: {
      status: () => projector.status(),
      waitFor: (position, options) => projector.waitFor(position, options),
      rebuild(view) {
        sight.need("operate");
        return projector.rebuild(view);
      },
      retry(view) {
        sight.need("operate");
        return projector.retry(view);
      },
    },
  };
}

function guardLeases(leases: ReadModels["leases"], { sight, owners }: ViewGuard): ReadModels["leases"] {
  /** What is known of the network as a whole. */
  const whole = <Asked, Found>(find: (asked: Asked) => Found) => {
    return (asked: Asked): Found => {
      sight.need("network");
      return find(asked);
    };
  };
  return {
    find(address) {
      sight.need("leases");
      return sight.sees("leases", owners.ofAddress(address)) ? leases.find(address) : undefined;
    },
    findSubnet: whole(leases.findSubnet),
    findClass: whole(leases.findClass),
    reservationsFor: whole(leases.reservationsFor),
    endangered: whole(leases.endangered),
  };
}

function guardLists(lists: Lists, { rights, sight, owners }: ViewGuard): Lists {
  /** Rows that belong to machines, which their labels tell. */
  function ofMachines<Row>(
    kind: Seen,
    collection: SearchableCollection<Row>,
    machineOf: (row: Row) => string | null | undefined,
  ): SearchableCollection<Row> {
    const where = () => machinesSeen(kind, sight);
    return guardCollection(collection, { where, sees: (row) => sight.sees(kind, machineOf(row)) });
  }
  /** Rows that all are seen, or none. */
  function whole<Row>(kind: Kind, collection: SearchableCollection<Row>): SearchableCollection<Row> {
    const where = () => {
      sight.need(kind);
      return undefined;
    };
    return guardCollection(collection, { where, sees: () => true });
  }
  return {
    machines: ofMachines("machines", lists.machines, ({ id }) => id),
    interfaces: ofMachines("machines", lists.interfaces, ({ machineId }) => machineId),
    leases: ofMachines("leases", lists.leases, ({ mac }) => owners.ofInterface(mac)),
    reservations: ofMachines("leases", lists.reservations, ({ reservedMac }) =>
      owners.ofInterface(reservedMac),
    ),
    subnets: whole("network", lists.subnets),
    addressUsage: whole("network", lists.addressUsage),
    clientClasses: whole("network", lists.clientClasses),
    bootEnvironments: whole("environments", lists.bootEnvironments),
    runs: ofMachines("runs", lists.runs, ({ machineId }) => machineId),
    events: guardCollection(lists.events, {
      where() {
        sight.need("events");
        return eventsCondition(sight, rights());
      },
      sees: (row) => sight.seesEvent(row),
    }),
    checkpoints: whole("service", lists.checkpoints),
  };
}

function placeOf(row: EventPlace | undefined): EventPlace | undefined {
  return row && { ordinal: row.ordinal, position: row.position };
}

function machinesSeen(kind: Seen, sight: Sight): Condition | undefined {
  sight.need(kind);
  const reach = sight.reach(kind);
  return typeof reach === "string" ? undefined : reachCondition(reach);
}
