import type { Command } from "commander";
import { interfaces } from "../collections/network.ts";
import type { Host } from "../host.ts";
import { addCount } from "./count.ts";
import { addList } from "./list.ts";
import { interfaceLookup } from "./lookups.ts";
import { addShow } from "./show.ts";

/** `interfaces`: network interfaces of machines. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, interfaces, host);
  addShow(parent, { collection: interfaces, lookup: interfaceLookup }, host);
  addCount(parent, interfaces, host);
}
