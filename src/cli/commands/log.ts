import type { Command } from "commander";
import type { Host } from "../host.ts";
import { addArchives } from "./log-archives.ts";
import { addCheckpoints } from "./log-checkpoints.ts";
import { addExport } from "./log-export.ts";
import { addVerify } from "./log-verify.ts";

/** `log`: what shows that the log is as it was, and takes it elsewhere. */
export function addCommands(parent: Command, host: Host): void {
  addVerify(parent, host);
  addExport(parent, host);
  addCheckpoints(parent, host);
  addArchives(parent, host);
}
