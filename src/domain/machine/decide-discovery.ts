import { accept, reject } from "../decision.ts";
import { same } from "../values/same.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { ActiveMachine, Machine } from "./state.ts";

/** The first boot of an interface that nobody knew; every later one is not news. */
export function discover(
  { mac, architecture }: CommandOf<"DiscoverMachine">,
  machine: Machine,
): MachineDecision {
  switch (machine.status) {
    case "unknown":
      return accept({ type: "MachineDiscovered", data: { mac, architecture } });
    case "retired":
      return reject("MACHINE_RETIRED", `the machine of ${mac} is retired: release its claim of the address`);
    case "discovered":
    case "ready":
    case "allocated":
    case "deploying":
    case "deployed":
    case "failed":
    case "quarantined":
      return accept();
  }
}

/**
 * Records what the agent found, when it is news.
 *
 * The discovery agent runs on machines that are discovered or ready. At any other time its token is in the
 * wrong hands, or a request was long under way; neither may change what operators are told of the machine.
 */
export function reportInventory(
  { inventory }: CommandOf<"ReportInventory">,
  machine: ActiveMachine,
): MachineDecision {
  if (same(inventory, machine.inventory)) return accept();
  switch (machine.status) {
    case "discovered":
    case "ready":
      return accept({ type: "InventoryReported", data: { inventory } });
    case "allocated":
    case "deploying":
    case "deployed":
    case "failed":
    case "quarantined":
      return reject(
        "INVENTORY_NOT_EXPECTED",
        `the machine is ${machine.status}: its inventory is taken while it is discovered or ready`,
      );
  }
}

export function addInterface({ mac }: CommandOf<"AddInterface">, machine: ActiveMachine): MachineDecision {
  if (machine.macs.includes(mac)) return accept();
  return accept({ type: "InterfaceAdded", data: { mac } });
}
