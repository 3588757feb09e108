import type { Command } from "commander";
import { accessRoles, principals, tokens } from "../collections/access.ts";
import { bootEnvironments } from "../collections/boot-environments.ts";
import type { Collection } from "../collections/collection.ts";
import { events } from "../collections/events.ts";
import { machines } from "../collections/machines.ts";
import { addressUsage, interfaces, leases, reservations, subnets } from "../collections/network.ts";
import { runs } from "../collections/runs.ts";

/** The collection behind each noun that lists one. */
const collectionByNoun: Readonly<Record<string, Collection>> = {
  machines,
  interfaces,
  leases,
  subnets,
  reservations,
  bootenvs: bootEnvironments,
  runs,
  events,
  principals,
  roles: accessRoles,
  tokens,
};

/** What `--columns`, `--sort` and `--by` can be, and `--for` of `wait`, for the noun on the command line. */
export function columnNames(noun: Command | undefined, of: string): readonly string[] {
  const collection = noun && collectionByNoun[noun.name()];
  if (!collection) return [];
  const { columns, facets = [] } = collection;
  switch (of) {
    case "names":
      return columns.map(({ name }) => name);
    case "column":
      return columns.filter(({ order }) => order !== undefined).flatMap(({ name }) => [name, `${name}:desc`]);
    case "facets":
      return facets.map((facet) => facet.toLowerCase());
    default:
      return [];
  }
}

/** Every collection that a command lists. */
export const listedCollections: readonly Collection[] = [...Object.values(collectionByNoun), addressUsage];
