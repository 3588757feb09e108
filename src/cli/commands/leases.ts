import type { Command } from "commander";
import { leases } from "../collections/network.ts";
import type { Host } from "../host.ts";
import { addCount } from "./count.ts";
import { addList } from "./list.ts";
import { leaseLookup } from "./lookups.ts";
import { addShow } from "./show.ts";

/** `leases`: who has which address. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, leases, host);
  addShow(parent, { collection: leases, lookup: leaseLookup }, host);
  addCount(parent, leases, host);
}
