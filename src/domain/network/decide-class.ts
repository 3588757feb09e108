import { accept, type Rejection, reject } from "../decision.ts";
import { same } from "../values/same.ts";
import type { ClientClassName } from "../values/slug.ts";
import { optionsProblem } from "./check-options.ts";
import { type ClientClass, clientClassesMax } from "./client-class.ts";
import type { NetworkDecision, NetworkRejectionCode } from "./decision.ts";
import type { Network } from "./state.ts";

export function defineClass(defined: ClientClass, network: Network): NetworkDecision {
  const { name } = defined;
  const before = network.classes.get(name);
  if (same(defined, before)) return accept();
  if (before) {
    return reject("CLASS_EXISTS", `client class ${name} is defined: change it, or choose another name`);
  }
  if (network.classes.size >= clientClassesMax) {
    return reject("CLASSES_TOO_MANY", `the network has ${clientClassesMax} client classes: retire one first`);
  }
  const problem = classProblem(defined, network);
  if (problem) return reject(problem.code, problem.message);
  return accept({ type: "ClientClassDefined", data: { class: defined } });
}

export function changeClass(changed: ClientClass, network: Network): NetworkDecision {
  const before = network.classes.get(changed.name);
  if (!before) return unknownClass(changed.name);
  if (same(changed, before)) return accept();
  const problem = classProblem(changed, network);
  if (problem) return reject(problem.code, problem.message);
  return accept({ type: "ClientClassChanged", data: { class: changed } });
}

export function retireClass(name: ClientClassName, { classes }: Network): NetworkDecision {
  return classes.has(name) ? accept({ type: "ClientClassRetired", data: { name } }) : unknownClass(name);
}

function classProblem(
  { name, match, options }: ClientClass,
  { subnets }: Network,
): Rejection<NetworkRejectionCode> | undefined {
  const { machineLabels, ...lists } = match;
  const asksNothing = Object.values(lists).every((part) => part === null);
  if (asksNothing && Object.keys(machineLabels ?? {}).length === 0) {
    const message = `every client would be of class ${name}: say which are, or set the options of each subnet`;
    return { code: "CLASS_MATCHES_ALL", message };
  }
  const unknown = match.subnets?.find((each) => !subnets.has(each));
  if (unknown !== undefined) {
    const message = `no subnet is called ${unknown}, which client class ${name} names: define it first`;
    return { code: "SUBNET_UNKNOWN", message };
  }
  return optionsProblem(options);
}

function unknownClass(name: ClientClassName): NetworkDecision {
  return reject("CLASS_UNKNOWN", `no client class is called ${name}: define it first, or correct the name`);
}
