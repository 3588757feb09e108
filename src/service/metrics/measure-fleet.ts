import { fleetCollection } from "../../projections/collections/fleet.ts";
import { subnetCollection } from "../../projections/collections/leases.ts";
import { ProjectionBuildingError } from "../../projections/projection-building.ts";
import type { Projector } from "../../projections/projector.ts";
import { fleet } from "../../projections/views/fleet.ts";
import { leases } from "../../projections/views/leases.ts";
import type { Meter, Sample } from "./meter.ts";

/** Most subnets that are told one by one: operators define them, and few. */
const subnetsMax = 200;

/** Defines the metrics that read models answer: counts of what there is, as of the last event that they show. */
export function measureFleet(meter: Meter, projector: Pick<Projector, "connection">): void {
  const machines = fleetCollection(projector.connection(fleet.name));
  const subnets = subnetCollection(projector.connection(leases.name));

  const states = machines.columns["state"]?.values ?? [];
  meter.gauge(
    "ironledger_machines",
    whenBuilt(() => {
      const { values } = machines.facet({ column: "state" }, undefined);
      const counts = new Map(values.map(({ value, count }) => [value, count]));
      // A state that no machine is in any more is told as 0, where a series that ends would keep its last value.
      return states.map((state) => ({ labels: { state }, value: counts.get(state) ?? 0 }));
    }),
  );
  meter.gauge(
    "ironledger_subnet_addresses",
    whenBuilt(() =>
      subnets.page({ limit: subnetsMax }).flatMap(({ row: { name: subnet, ...counts } }) =>
        (["addresses", "leased", "reserved", "declined"] as const).map((use) => ({
          labels: { subnet, use: use === "addresses" ? "all" : use },
          value: counts[use],
        })),
      ),
    ),
  );
}

/** Nothing is told of a view that shows nothing yet. */
function whenBuilt(read: () => readonly Sample[]): () => readonly Sample[] {
  return () => {
    try {
      return read();
    } catch (error) {
      if (error instanceof ProjectionBuildingError) return [];
      throw error;
    }
  };
}
