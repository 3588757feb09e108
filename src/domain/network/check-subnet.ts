import type { Rejection } from "../decision.ts";
import { cidrBounds, type Ipv4, ipv4FromNumber, ipv4Number } from "../values/ipv4.ts";
import { type OptionProblemCode, subnetOptionsProblem } from "./check-options.ts";
import type { AddressRange, Subnet } from "./subnet.ts";

/** What is wrong with the definition of a subnet. */
export type SubnetProblemCode =
  /** The network shares addresses with one that is served already. */
  | "SUBNETS_OVERLAP"
  /** A range ends before it begins. */
  | "RANGE_REVERSED"
  /** A range reaches beyond the subnet. */
  | "RANGE_OUTSIDE_SUBNET"
  /** A range holds the subnet's network or broadcast address, which no machine may have (RFC 1122 s. 3.2.1.3). */
  | "RANGE_NOT_LEASABLE"
  /** Two ranges of the subnet share addresses. */
  | "RANGES_OVERLAP"
  /** An exclusion is not within one of the ranges, so it excludes nothing, or ends before it begins. */
  | "EXCLUSION_OUTSIDE_RANGES"
  /** Two exclusions of the subnet share addresses. */
  | "EXCLUSIONS_OVERLAP"
  /** A router is not reachable without another router: it has no host address of the subnet. */
  | "ROUTER_OUTSIDE_SUBNET"
  /** A range would lease a router's address to a machine, and no exclusion keeps it from that. */
  | "ROUTER_IN_RANGE";

type Problem = Rejection<SubnetProblemCode | OptionProblemCode>;

/** The first thing that is wrong with a subnet, in itself or beside `others`; `undefined`: nothing is. */
export function subnetProblem(subnet: Subnet, others: Iterable<Subnet>): Problem | undefined {
  return (
    overlapProblem(subnet, others) ??
    rangesProblem(subnet) ??
    exclusionsProblem(subnet) ??
    routersProblem(subnet) ??
    subnetOptionsProblem(subnet.options)
  );
}

function overlapProblem({ cidr }: Subnet, others: Iterable<Subnet>): Problem | undefined {
  const { first, last } = cidrBounds(cidr);
  for (const other of others) {
    const bounds = cidrBounds(other.cidr);
    if (bounds.first > last || first > bounds.last) continue;
    const message = `${cidr} overlaps ${other.cidr} of subnet ${other.name}: choose another network`;
    return { code: "SUBNETS_OVERLAP", message };
  }
  return undefined;
}

function rangesProblem(subnet: Subnet): Problem | undefined {
  const ordered = inOrder(subnet.ranges);
  for (const [index, range] of ordered.entries()) {
    const problem = rangeProblem(range, subnet) ?? neighboursProblem(ordered[index - 1], range);
    if (problem) return problem;
  }
  return undefined;
}

function rangeProblem(range: AddressRange, { cidr }: Subnet): Problem | undefined {
  const bounds = cidrBounds(cidr);
  const [first, last] = [ipv4Number(range.first), ipv4Number(range.last)];
  if (first > last) {
    const message = `range ${shown(range)} ends before it begins: swap its ends`;
    return { code: "RANGE_REVERSED", message };
  }
  if (first < bounds.first || last > bounds.last) {
    const message = `range ${shown(range)} reaches beyond ${cidr}: keep it within ${hosts(bounds)}`;
    return { code: "RANGE_OUTSIDE_SUBNET", message };
  }
  if (first === bounds.first || last === bounds.last) {
    const which = first === bounds.first ? "network" : "broadcast";
    const message = `range ${shown(range)} holds the ${which} address of ${cidr}: keep it within ${hosts(bounds)}`;
    return { code: "RANGE_NOT_LEASABLE", message };
  }
  return undefined;
}

/** `range` begins where `before` does, or later. */
function neighboursProblem(before: AddressRange | undefined, range: AddressRange): Problem | undefined {
  if (!before || ipv4Number(before.last) < ipv4Number(range.first)) return undefined;
  const message = `ranges ${shown(before)} and ${shown(range)} overlap: make one range of them`;
  return { code: "RANGES_OVERLAP", message };
}

function exclusionsProblem({ ranges, exclusions }: Subnet): Problem | undefined {
  const ordered = inOrder(exclusions);
  for (const [index, exclusion] of ordered.entries()) {
    const [first, last] = [ipv4Number(exclusion.first), ipv4Number(exclusion.last)];
    if (first > last || !ranges.some((range) => isIn(range, first) && isIn(range, last))) {
      const message = `exclusion ${shown(exclusion)} is not within one range: keep it in a range, or leave it out`;
      return { code: "EXCLUSION_OUTSIDE_RANGES", message };
    }
    const before = ordered[index - 1];
    if (before && ipv4Number(before.last) >= first) {
      const message = `exclusions ${shown(before)} and ${shown(exclusion)} overlap: make one of them`;
      return { code: "EXCLUSIONS_OVERLAP", message };
    }
  }
  return undefined;
}

function routersProblem({ cidr, ranges, exclusions, routers }: Subnet): Problem | undefined {
  const bounds = cidrBounds(cidr);
  for (const router of routers) {
    const number = ipv4Number(router);
    if (number <= bounds.first || number >= bounds.last) {
      const message = `router ${router} is no host of ${cidr}: give it an address of ${hosts(bounds)}`;
      return { code: "ROUTER_OUTSIDE_SUBNET", message };
    }
    const range = ranges.find((each) => isIn(each, number));
    if (range && !exclusions.some((each) => isIn(each, number))) {
      const message = `router ${router} is in range ${shown(range)} and could be leased: leave it out, or exclude it`;
      return { code: "ROUTER_IN_RANGE", message };
    }
  }
  return undefined;
}

function inOrder(ranges: readonly AddressRange[]): readonly AddressRange[] {
  return ranges.toSorted((one, other) => ipv4Number(one.first) - ipv4Number(other.first));
}

function isIn({ first, last }: AddressRange, number: number): boolean {
  return ipv4Number(first) <= number && number <= ipv4Number(last);
}

function shown({ first, last }: AddressRange): string {
  return `${first}-${last}`;
}

function hosts({ first, last }: { readonly first: number; readonly last: number }): `${Ipv4}-${Ipv4}` {
  return `${ipv4FromNumber(first + 1)}-${ipv4FromNumber(last - 1)}`;
}
