import type { Command } from "commander";
import { runs } from "../collections/runs.ts";
import type { Host } from "../host.ts";
import { addCount } from "./count.ts";
import { addListOfMachine } from "./list.ts";
import { runLookup } from "./lookups.ts";
import { addShow } from "./show.ts";
import { addWait, runWait } from "./wait.ts";
import { addWatch, runFeed } from "./watch.ts";

/** `runs`: attempts to bring a machine into a wanted state. */
export function addCommands(parent: Command, host: Host): void {
  addListOfMachine(
    parent,
    { collection: runs, ofMachine: ({ machineId }) => ({ machineId: { eq: machineId } }) },
    host,
  );
  addShow(parent, { collection: runs, lookup: runLookup }, host);
  addCount(parent, runs, host);
  addWatch(parent, runFeed, host);
  addWait(parent, runWait, host);
}
