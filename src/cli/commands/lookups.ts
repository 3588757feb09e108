import { accessRoles, principals, tokens } from "../collections/access.ts";
import { bootEnvironments } from "../collections/boot-environments.ts";
import type { Collection } from "../collections/collection.ts";
import { events } from "../collections/events.ts";
import { clientClasses, interfaces, leases, reservations, subnets } from "../collections/network.ts";
import { runs } from "../collections/runs.ts";
import type { Lookup } from "./show.ts";

/** The query for one run. */
export const runDocument = `query ($id: ID!, $minPosition: EventPosition) {
  run(id: $id, minPosition: $minPosition) { ${runs.fields} }
}`;

/** One run by its id. */
export const runLookup: Lookup = {
  argument: "run",
  document: runDocument,
  path: "run",
  variables: (id) => ({ id }),
};

/** One subnet by its name. */
export const subnetLookup: Lookup = {
  argument: "subnet",
  document: `query ($name: String!) { subnet(name: $name) { ${subnets.fields} } }`,
  path: "subnet",
  variables: (name) => ({ name }),
};

/** One boot environment by its name. */
export const bootEnvironmentLookup = lookupBy(bootEnvironments, { argument: "bootenv", key: "name" });
/** One client class by its name. */
export const clientClassLookup = lookupBy(clientClasses, { argument: "class", key: "name" });
/** One principal by its name. */
export const principalLookup = lookupBy(principals, { argument: "principal", key: "name" });
/** One token by its id. */
export const tokenLookup = lookupBy(tokens, { argument: "token", key: "tokenId" });
/** One access role by its name. */
export const accessRoleLookup = lookupBy(accessRoles, { argument: "role", key: "name" });
/** One address. */
export const leaseLookup = lookupBy(leases, { argument: "address", key: "address" });
/** One reserved address. */
export const reservationLookup = lookupBy(reservations, { argument: "address", key: "address" });
/** One interface by its hardware address. */
export const interfaceLookup = lookupBy(interfaces, { argument: "mac", key: "mac" });
/** One event by its id. */
export const eventLookup = lookupBy(events, { argument: "event", key: "eventId" });

/** One object of a list, by a field that no two of them share. */
function lookupBy(
  { field, type, fields }: Collection,
  { argument, key }: { readonly argument: string; readonly key: string },
): Lookup {
  return {
    argument,
    document: `query ($filter: ${type}Filter!) { ${field}(first: 1, filter: $filter) { nodes { ${fields} } } }`,
    path: `${field}.nodes.0`,
    variables: (name) => ({ filter: { [key]: { eq: name } } }),
  };
}
