import { accept, reject } from "../decision.ts";
import { same } from "../values/same.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { MachineEvent } from "./events.ts";
import type { ActiveMachine, Machine } from "./state.ts";

/** The first boot of a machine that nobody knew, or that was only announced; every later one is not news. */
export function discover(
  { mac, architecture }: CommandOf<"DiscoverMachine">,
  machine: Machine,
): MachineDecision {
  if (machine.status === "retired") {
    return reject("MACHINE_RETIRED", `the machine of ${mac} is retired: release its claim of the address`);
  }
  if (machine.status !== "unknown" && machine.seen) return accept();
  return accept({ type: "MachineDiscovered", data: { mac, architecture } });
}

/**
 * Records what the agent found, when it is news.
 *
 * The discovery agent runs on machines that are discovered or ready, and on those that an intent sent it to. At any
 * other time its token is in the wrong hands, or a request was long under way; neither may change what operators are
 * told of the machine.
 */
export function reportInventory(
  { inventory }: CommandOf<"ReportInventory">,
  machine: ActiveMachine,
): MachineDecision {
  const news: readonly MachineEvent[] = same(inventory, machine.inventory)
    ? []
    : [{ type: "InventoryReported", data: { inventory } }];
  const answered = answeredIntent(machine);
  if (answered.length > 0 || news.length === 0 || isDiscoverable(machine))
    return accept(...news, ...answered);
  return reject(
    "INVENTORY_NOT_EXPECTED",
    `the machine is ${machine.status}: its inventory is taken while it is discovered or ready, or when asked for`,
  );
}

function isDiscoverable({ status }: ActiveMachine): boolean {
  return status === "discovered" || status === "ready";
}

/** An intent that was never served is still to come: this is the report of an agent from before. */
function answeredIntent({ discoveryIntent }: ActiveMachine): readonly MachineEvent[] {
  if (!discoveryIntent || discoveryIntent.servings === 0) return [];
  return [{ type: "DiscoveryIntentConsumed", data: { run: discoveryIntent.run } }];
}

export function addInterface({ mac }: CommandOf<"AddInterface">, machine: ActiveMachine): MachineDecision {
  if (machine.macs.includes(mac)) return accept();
  return accept({ type: "InterfaceAdded", data: { mac } });
}
