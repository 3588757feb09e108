import type { Rejection } from "../decision.ts";
import { cidrBounds, type Ipv4, ipv4Number } from "../values/ipv4.ts";
import type { SubnetName } from "../values/slug.ts";
import type { Network } from "./state.ts";

/** Why an address cannot be reserved in a subnet. */
type ReservationProblemCode =
  /** No subnet of this name is served. */
  | "SUBNET_UNKNOWN"
  /** The address is not one that a machine of the subnet can have. */
  | "ADDRESS_OUTSIDE_SUBNET"
  /** The address is the subnet's router's. */
  | "ADDRESS_IS_ROUTER";

/**
 * Why an address may not be reserved in a subnet; `undefined`: it may. A reservation need not be in a range.
 *
 * Asked before `ReserveAddress`, because the stream of an address knows nothing of subnets.
 */
export function reservationProblem(
  network: Network,
  { subnet: name, address }: { readonly subnet: SubnetName; readonly address: Ipv4 },
): Rejection<ReservationProblemCode> | undefined {
  const subnet = network.subnets.get(name);
  if (!subnet) {
    return { code: "SUBNET_UNKNOWN", message: `no subnet is called ${name}: define it first` };
  }
  const { first, last } = cidrBounds(subnet.cidr);
  const number = ipv4Number(address);
  if (number <= first || number >= last) {
    const message = `${address} is no host address of ${subnet.cidr}, subnet ${name}: choose one that is`;
    return { code: "ADDRESS_OUTSIDE_SUBNET", message };
  }
  if (subnet.routers.includes(address)) {
    const message = `${address} is a router of subnet ${name}: choose another address`;
    return { code: "ADDRESS_IS_ROUTER", message };
  }
  return undefined;
}
