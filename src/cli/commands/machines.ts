import type { Command } from "commander";
import { machineDetailFields, machines } from "../collections/machines.ts";
import type { Host } from "../host.ts";
import { addCount } from "./count.ts";
import { addList } from "./list.ts";
import { addMachineVerb } from "./machine-changes.ts";
import { addImport } from "./machine-import.ts";
import { addRegister } from "./machine-register.ts";
import { addMachineShow } from "./machine-show.ts";
import { intentVerbs, machineVerbs } from "./machine-verbs.ts";
import { addWait, machineWait } from "./wait.ts";
import { addWatch, machineFeed } from "./watch.ts";

/** `machines`: everything about machines. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, machines, host);
  addMachineShow(parent, machineDetailFields, host);
  addCount(parent, machines, host);
  addWatch(parent, machineFeed, host);
  addWait(parent, machineWait, host);
  addRegister(parent, host);
  addImport(parent, host);
  for (const verb of machineVerbs) addMachineVerb(parent, verb, host);
  const intent = parent
    .command("boot-intent")
    .helpCommand(false)
    .description("what a machine is to boot next, once");
  for (const verb of intentVerbs) addMachineVerb(intent, verb, host);
}
