import type { SubnetName } from "../values/slug.ts";
import type { NetworkEvent } from "./events.ts";
import type { Subnet } from "./subnet.ts";

/** The subnets that are served, by name. No two overlap. */
export type Network = ReadonlyMap<SubnetName, Subnet>;

export const emptyNetwork: Network = new Map();

export function evolve(network: Network, event: NetworkEvent): Network {
  switch (event.type) {
    case "SubnetDefined":
    case "SubnetChanged":
      return new Map(network).set(event.data.subnet.name, event.data.subnet);
    case "SubnetRetired":
      return new Map([...network].filter(([name]) => name !== event.data.name));
    case "PxeRequestsSuppressed":
      return network;
  }
}
