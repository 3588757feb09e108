import { accept, reject } from "../decision.ts";
import { newsOf } from "../values/keyed-change.ts";
import { same } from "../values/same.ts";
import { changeLabels, changeParams } from "./decide-labels.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { MachineEvent } from "./events.ts";
import type { ActiveMachine, Machine } from "./state.ts";

/** Announces a machine that nobody has seen. Announcing it again, with nothing that it does not have, is not news. */
export function register(command: CommandOf<"RegisterMachine">, machine: Machine): MachineDecision {
  switch (machine.status) {
    case "unknown":
      return begin(command);
    case "registered":
      if (isAnnounced(command, machine)) return accept();
      return reject(
        "MACHINE_EXISTS",
        "a machine was registered with one of these addresses, and not with all that is said here: change that one",
      );
    default:
      return reject(
        "MACHINE_EXISTS",
        `the machine is ${machine.status}: only one that was never seen can be registered`,
      );
  }
}

function isAnnounced(
  { macs, name, labels = {}, params = {} }: CommandOf<"RegisterMachine">,
  machine: ActiveMachine,
): boolean {
  return (
    same([...machine.macs].sort(), [...macs].sort()) &&
    machine.name === name &&
    newsOf(machine.labels, { set: labels, removed: [] }) === undefined &&
    newsOf(machine.params, { set: params, removed: [] }) === undefined
  );
}

function begin({ macs, name, labels = {}, params = {} }: CommandOf<"RegisterMachine">): MachineDecision {
  const labelled = changeLabels({}, labels, []);
  if (labelled.outcome === "rejected") return labelled;
  const parametrized = changeParams({}, params, []);
  if (parametrized.outcome === "rejected") return parametrized;
  const named: readonly MachineEvent[] =
    name === undefined ? [] : [{ type: "MachineRenamed", data: { name } }];
  return accept(
    { type: "MachineRegistered", data: { macs } },
    ...named,
    ...labelled.events,
    ...parametrized.events,
  );
}
