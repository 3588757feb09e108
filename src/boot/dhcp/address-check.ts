import type { Subnet } from "../../domain/network/subnet.ts";
import { cidrContains, type Ipv4 } from "../../domain/values/ipv4.ts";
import type { Prospect } from "./leases/allocator.ts";
import type { ProbeResult } from "./probe.ts";
import type { ProbeGate } from "./probe-gate.ts";

/** Asks the network about addresses that are handed out anew, where that is wanted. */
export interface AddressCheck {
  /** Whether the address may be handed out. `"pending"`: that will be known when the client asks again. */
  check(found: Prospect, nowMs: number): "free" | "in-use" | "pending";
  /** Whether somebody was found at the address lately, where that counts. Asks nobody. */
  isInUse(address: Ipv4, nowMs: number): boolean;
}

export interface AddressCheckOptions {
  readonly gate: ProbeGate;
  readonly fenced: () => boolean;
  /** Of this host on its wires, as they are now. */
  readonly ownAddresses: () => readonly Ipv4[];
  readonly subnetOf: (address: Ipv4) => Subnet | undefined;
}

/**
 * While the log is fenced every address is asked about, else those of subnets that say so. An address that is the
 * client's already is not.
 *
 * Silence on a wire of our own is a host with a firewall, since ARP tells of addresses without one. Behind a router it
 * mostly is nobody: few routers tell that a host is missing. So it is taken for a host where we are on the wire, and
 * while fenced, and for nobody else.
 */
export function addressCheck({ gate, fenced, ownAddresses, subnetOf }: AddressCheckOptions): AddressCheck {
  const isOnOwnWire = ({ cidr }: Subnet) => ownAddresses().some((address) => cidrContains(cidr, address));
  const isWanted = (subnet: Subnet) => subnet.probeBeforeOffer || fenced();

  function meaningOf(result: ProbeResult, subnet: Subnet): "free" | "in-use" {
    if (result !== "silent") return result;
    return fenced() || isOnOwnWire(subnet) ? "in-use" : "free";
  }

  return {
    check({ address, subnet, standing }, nowMs) {
      if (standing === "current" || !isWanted(subnet)) return "free";
      const result = gate.check(address, nowMs);
      return result === "pending" ? result : meaningOf(result, subnet);
    },

    isInUse(address, nowMs) {
      const result = gate.known(address, nowMs);
      const subnet = result && subnetOf(address);
      return subnet !== undefined && isWanted(subnet) && meaningOf(result ?? "free", subnet) === "in-use";
    },
  };
}
