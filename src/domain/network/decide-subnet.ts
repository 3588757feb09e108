import { accept, reject } from "../decision.ts";
import { same } from "../values/same.ts";
import type { SubnetName } from "../values/slug.ts";
import { subnetProblem } from "./check-subnet.ts";
import type { NetworkDecision } from "./decision.ts";
import type { Network } from "./state.ts";
import type { Subnet } from "./subnet.ts";

export function defineSubnet(subnet: Subnet, { subnets }: Network): NetworkDecision {
  const served = subnets.get(subnet.name);
  if (same(subnet, served)) return accept();
  if (served) {
    return reject(
      "SUBNET_EXISTS",
      `subnet ${subnet.name} is defined as ${served.cidr}: change it, or choose another name`,
    );
  }
  const problem = subnetProblem(subnet, subnets.values());
  if (problem) return reject(problem.code, problem.message);
  return accept({ type: "SubnetDefined", data: { subnet } });
}

export function changeSubnet(subnet: Subnet, { subnets }: Network): NetworkDecision {
  const served = subnets.get(subnet.name);
  if (!served) return unknownSubnet(subnet.name);
  if (same(subnet, served)) return accept();
  const others = [...subnets.values()].filter(({ name }) => name !== subnet.name);
  const problem = subnetProblem(subnet, others);
  if (problem) return reject(problem.code, problem.message);
  return accept({ type: "SubnetChanged", data: { subnet } });
}

/** A class that named a subnet which is no more would never match, and say so to nobody. */
export function retireSubnet(name: SubnetName, { subnets, classes }: Network): NetworkDecision {
  if (!subnets.has(name)) return unknownSubnet(name);
  const naming = [...classes.values()].find(({ match }) => match.subnets?.includes(name));
  if (naming) {
    return reject(
      "SUBNET_IN_CLASS",
      `client class ${naming.name} names subnet ${name}: change the class first`,
    );
  }
  return accept({ type: "SubnetRetired", data: { name } });
}

function unknownSubnet(name: SubnetName): NetworkDecision {
  return reject("SUBNET_UNKNOWN", `no subnet is called ${name}: define it first, or correct the name`);
}
