import type { Command } from "commander";
import { accessRoles, principals, tokens } from "../collections/access.ts";
import { bootEnvironments } from "../collections/boot-environments.ts";
import type { Collection } from "../collections/collection.ts";
import { events } from "../collections/events.ts";
import { filterColumns } from "../collections/filter-columns.ts";
import { machines } from "../collections/machines.ts";
import {
  addressUsage,
  clientClasses,
  interfaces,
  leases,
  reservations,
  subnets,
} from "../collections/network.ts";
import { runs } from "../collections/runs.ts";

/** The collection behind each noun that lists one. */
export const collectionByNoun: Readonly<Record<string, Collection>> = {
  machines,
  interfaces,
  leases,
  subnets,
  classes: clientClasses,
  reservations,
  bootenvs: bootEnvironments,
  runs,
  events,
  principals,
  roles: accessRoles,
  tokens,
};

/** What `--columns`, `--sort`, `--by`, `--filter` and `--for` can be, for the noun on the command line. */
export function columnNames(noun: Command | undefined, of: string): readonly string[] {
  // `wait` is mostly about machines.
  const collection = noun && collectionByNoun[noun.name() === "wait" ? "machines" : noun.name()];
  if (!collection) return [];
  const { columns, facets = [] } = collection;
  switch (of) {
    case "names":
      return columns.map(({ name }) => name);
    case "column":
      return columns.filter(({ order }) => order !== undefined).flatMap(({ name }) => [name, `${name}:desc`]);
    case "facets":
      return facets.map((facet) => facet.toLowerCase());
    case "search":
      return searchTerms(noun.name(), collection);
    case "condition":
      return valueTerms(collection, "=");
    default:
      return [];
  }
}

/** The terms that `--filter` can begin with: `state:failed`, `name:`. */
function searchTerms(noun: string, collection: Collection): readonly string[] {
  return [...(filterColumns[noun] ?? []).map((name) => `${name}:`), ...valueTerms(collection, ":")];
}

function valueTerms({ columns }: Collection, sign: "=" | ":"): readonly string[] {
  return columns.flatMap(({ name, values = [] }) =>
    values.map((value) => `${name}${sign}${value.toLowerCase()}`),
  );
}

/** Every collection that a command lists. */
export const listedCollections: readonly Collection[] = [...Object.values(collectionByNoun), addressUsage];
