import { type Refusal, type Rejection, reject } from "../../../domain/decision.ts";
import { machineKind } from "../../../domain/machine/decide.ts";
import { reservationProblem } from "../../../domain/network/check-reservation.ts";
import type { Subnet } from "../../../domain/network/subnet.ts";
import { cidrContains, type Ipv4 } from "../../../domain/values/ipv4.ts";
import { type MachineId, machineStream } from "../../../domain/values/machine-id.ts";
import { keyOfMac, type ReservationKey } from "../../../domain/values/reservation-key.ts";
import type { UserErrorCode } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { networkNow } from "../network-state.ts";
import type { ReservationHolder } from "./reservation-input.ts";

type Reading = Pick<GraphqlContext, "log">;
type Refused = Refusal<UserErrorCode>;
type KeyFound = { readonly outcome: "found"; readonly key: ReservationKey };

/** The subnet in which an address may be reserved, decided on the log itself: a view could lag. */
export async function subnetOf(
  address: Ipv4,
  { log }: Reading,
): Promise<{ readonly outcome: "found"; readonly subnet: Subnet } | Refused> {
  const network = await networkNow(log);
  const subnet = [...network.subnets.values()].find(({ cidr }) => cidrContains(cidr, address));
  if (!subnet) {
    const message = `no subnet that is served holds ${address}: define it first, or correct the address`;
    return reject("ADDRESS_OUTSIDE_SUBNET", message);
  }
  const problem = reservationProblem(network, { subnet: subnet.name, address });
  return problem ? { outcome: "rejected", rejection: problem } : { outcome: "found", subnet };
}

/** The key of the client that an address is to be reserved for. A machine stands for its only interface. */
export async function keyOf(holder: ReservationHolder, reading: Reading): Promise<KeyFound | Refused> {
  return typeof holder === "string" ? { outcome: "found", key: holder } : keyOfMachine(holder, reading);
}

async function keyOfMachine(
  { machineId }: { readonly machineId: MachineId },
  { log }: Reading,
): Promise<KeyFound | Refused> {
  const recorded = await log.readStream(machineStream(machineId));
  const { codec, decider } = machineKind;
  const machine = recorded.map(codec.read).reduce(decider.evolve, decider.initial);
  if (machine.status === "unknown" || machine.status === "retired") {
    return reject("MACHINE_UNKNOWN", "no machine in service has this id: look the machine up again");
  }
  const [only, ...others] = machine.macs;
  if (only !== undefined && others.length === 0) return { outcome: "found", key: keyOfMac(only) };
  return reject("INTERFACE_AMBIGUOUS", `the machine has the interfaces ${machine.macs.join(", ")}`);
}

/**
 * That the client has another reservation in the subnet, as far as the view shows. Each address decides for itself, so
 * two that are asked for at one moment may both pass; the client then gets one of them.
 */
export function otherReservation(
  { address, subnet, key }: { readonly address: Ipv4; readonly subnet: Subnet; readonly key: ReservationKey },
  { views }: Pick<GraphqlContext, "views">,
): Rejection<"RESERVATION_EXISTS"> | undefined {
  const other = views.leases
    .reservationsFor(key)
    .find((each) => each !== address && cidrContains(subnet.cidr, each));
  if (!other) return undefined;
  const message = `${other} of subnet ${subnet.name} is reserved for ${key}, and a client has one address in a subnet`;
  return { code: "RESERVATION_EXISTS", message };
}
