import { type Refusal, reject } from "../../../domain/decision.ts";
import { machineKind } from "../../../domain/machine/decide.ts";
import { reservationProblem } from "../../../domain/network/check-reservation.ts";
import { networkKind } from "../../../domain/network/decide.ts";
import { networkStream } from "../../../domain/network/events.ts";
import { cidrContains, type Ipv4 } from "../../../domain/values/ipv4.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import { type MachineId, machineStream } from "../../../domain/values/machine-id.ts";
import type { SubnetName } from "../../../domain/values/slug.ts";
import type { UserErrorCode } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";

type Reading = Pick<GraphqlContext, "log">;
type Refused = Refusal<UserErrorCode>;

/** The subnet in which an address may be reserved, decided on the log itself: a view could lag. */
export async function subnetOf(
  address: Ipv4,
  { log }: Reading,
): Promise<{ readonly outcome: "found"; readonly subnet: SubnetName } | Refused> {
  const { codec, decider } = networkKind;
  const recorded = await log.readStream(networkStream);
  const network = recorded.map(codec.read).reduce(decider.evolve, decider.initial);
  const subnet = [...network.values()].find(({ cidr }) => cidrContains(cidr, address))?.name;
  if (!subnet) {
    const message = `no subnet that is served holds ${address}: define it first, or correct the address`;
    return reject("ADDRESS_OUTSIDE_SUBNET", message);
  }
  const problem = reservationProblem(network, { subnet, address });
  return problem ? { outcome: "rejected", rejection: problem } : { outcome: "found", subnet };
}

/** For whom: one of both is given. */
interface Holder {
  readonly mac: MacAddress | undefined;
  readonly machineId: MachineId | undefined;
}

/** The interface that an address is to be reserved for. A machine stands for its interface when it has just one. */
export async function interfaceOf(
  { mac, machineId }: Holder,
  { log }: Reading,
): Promise<{ readonly outcome: "found"; readonly mac: MacAddress } | Refused> {
  if (mac !== undefined) return { outcome: "found", mac };
  const recorded = machineId === undefined ? [] : await log.readStream(machineStream(machineId));
  const { codec, decider } = machineKind;
  const machine = recorded.map(codec.read).reduce(decider.evolve, decider.initial);
  if (machine.status === "unknown" || machine.status === "retired") {
    return reject("MACHINE_UNKNOWN", "no machine in service has this id: look the machine up again");
  }
  const [only, ...others] = machine.macs;
  if (only !== undefined && others.length === 0) return { outcome: "found", mac: only };
  return reject("INTERFACE_AMBIGUOUS", `the machine has the interfaces ${machine.macs.join(", ")}`);
}
