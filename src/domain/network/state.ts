import type { ClientClassName, SubnetName } from "../values/slug.ts";
import type { ClientClass } from "./client-class.ts";
import type { NetworkEvent } from "./events.ts";
import type { Subnet } from "./subnet.ts";

/** What is served, and to whom what. */
export interface Network {
  /** The subnets that are served, by name. No two overlap. */
  readonly subnets: ReadonlyMap<SubnetName, Subnet>;
  /** Every subnet that a class names is one of these. */
  readonly classes: ReadonlyMap<ClientClassName, ClientClass>;
}

export const emptyNetwork: Network = { subnets: new Map(), classes: new Map() };

/** The network one event later: the same object when nothing of it changed. */
export function evolve(network: Network, event: NetworkEvent): Network {
  const { subnets, classes } = network;
  switch (event.type) {
    case "SubnetDefined":
    case "SubnetChanged":
      return { subnets: new Map(subnets).set(event.data.subnet.name, event.data.subnet), classes };
    case "SubnetRetired":
      return { subnets: without(subnets, event.data.name), classes };
    case "ClientClassDefined":
    case "ClientClassChanged":
      return { subnets, classes: new Map(classes).set(event.data.class.name, event.data.class) };
    case "ClientClassRetired":
      return { subnets, classes: without(classes, event.data.name) };
    case "RogueServerSeen":
    case "PxeRequestsSuppressed":
      return network;
  }
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  return new Map([...map].filter(([each]) => each !== key));
}
