import { accept, type Decider, type Decision, reject } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import { same } from "../values/same.ts";
import type { SubnetName } from "../values/slug.ts";
import { type SubnetProblemCode, subnetProblem } from "./check-subnet.ts";
import type { NetworkCommand } from "./commands.ts";
import { type NetworkEvent, networkCodec } from "./events.ts";
import { emptyNetwork, evolve, type Network } from "./state.ts";
import type { Subnet } from "./subnet.ts";

/** Why a subnet is not defined, changed or retired. */
export type NetworkRejectionCode =
  | SubnetProblemCode
  /** Another subnet has the name. */
  | "SUBNET_EXISTS"
  /** No subnet of this name is served. */
  | "SUBNET_UNKNOWN";

type NetworkDecision = Decision<NetworkEvent, NetworkRejectionCode>;

export const networkDecider: Decider<Network, NetworkCommand, NetworkEvent, NetworkRejectionCode> = {
  initial: emptyNetwork,
  decide(command, network) {
    switch (command.type) {
      case "DefineSubnet":
        return define(command.subnet, network);
      case "ChangeSubnet":
        return change(command.subnet, network);
      case "RetireSubnet":
        return retire(command.name, network);
    }
  },
  evolve,
};

/** The stream `network`. */
export const networkKind: StreamKind<Network, NetworkCommand, NetworkEvent, NetworkRejectionCode> = {
  decider: networkDecider,
  codec: networkCodec,
};

function define(subnet: Subnet, network: Network): NetworkDecision {
  const served = network.get(subnet.name);
  if (same(subnet, served)) return accept();
  if (served) {
    return reject(
      "SUBNET_EXISTS",
      `subnet ${subnet.name} is defined as ${served.cidr}: change it, or choose another name`,
    );
  }
  const problem = subnetProblem(subnet, network.values());
  if (problem) return reject(problem.code, problem.message);
  return accept({ type: "SubnetDefined", data: { subnet } });
}

function change(subnet: Subnet, network: Network): NetworkDecision {
  const served = network.get(subnet.name);
  if (!served) return unknownSubnet(subnet.name);
  if (same(subnet, served)) return accept();
  const others = [...network.values()].filter(({ name }) => name !== subnet.name);
  const problem = subnetProblem(subnet, others);
  if (problem) return reject(problem.code, problem.message);
  return accept({ type: "SubnetChanged", data: { subnet } });
}

function retire(name: SubnetName, network: Network): NetworkDecision {
  if (!network.has(name)) return unknownSubnet(name);
  return accept({ type: "SubnetRetired", data: { name } });
}

function unknownSubnet(name: SubnetName): NetworkDecision {
  return reject("SUBNET_UNKNOWN", `no subnet is called ${name}: define it first, or correct the name`);
}
