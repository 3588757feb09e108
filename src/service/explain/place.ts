import type { ReceivingWire } from "../../boot/dhcp/exchange.ts";
import { type ClientLocation, createSubnetTable, type SubnetTable } from "../../boot/dhcp/subnets.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import type { BootStep, ClientHints } from "../../domain/ports/boot-explainer.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";

/** What is done about DHCP on a wire. */
export interface ServedWire extends ReceivingWire {
  readonly mode: "serve" | "proxy" | "boot-server" | "off";
}

/** The wire that the client's messages come in by, and how that is known. */
interface WirePlace {
  readonly wire: ServedWire;
  readonly because: string;
}

/**
 * The log does not say by which wire a message came: so the one that is named, the only one, or the one whose network
 * has the client's newest address. `undefined`: the configuration has no such wire.
 */
export function wireOf(
  { wire: named }: Pick<ClientHints, "wire">,
  wires: readonly ServedWire[],
  isNear: (wire: ServedWire) => boolean,
): WirePlace | undefined {
  const [first, second] = wires;
  if (named !== undefined) {
    const wire = wires.find(({ name }) => name === named);
    return wire && { wire, because: "as asked" };
  }
  if (!first) return undefined;
  if (!second) return { wire: first, because: "there is no other" };
  const near = wires.find(isNear);
  if (near) return { wire: near, because: "the client's newest address is of its network" };
  return { wire: first, because: "the log does not say which one the client is on, and this is the first" };
}

/** The table of subnets as the DHCP service has it. */
export function subnetsOf(events: readonly RecordedEvent[]): SubnetTable {
  const table = createSubnetTable();
  for (const event of events) table.apply(event);
  return table;
}

/** Tells the subnet, and the subnets that it shares its wire with. `subnet`: the one that answers, if any does. */
export function subnetSteps(
  location: ClientLocation,
  wire: ReceivingWire,
  subnet: Subnet | undefined,
): readonly BootStep[] {
  const words = locationWords(location, wire);
  const { network } = location;
  if (!network || !subnet) {
    const outcome = `none: ${location.address} is of no subnet that is served`;
    return [{ step: "subnet", outcome, because: words }];
  }
  const told: BootStep = { step: "subnet", outcome: `${subnet.name}, ${subnet.cidr}`, because: words };
  if (subnet.sharedNetwork === null) return [told];
  const names = network.subnets.map(({ name }) => name).join(", ");
  const because = `these subnets share it, and a client may have an address of any, in this order: ${names}`;
  return [told, { step: "shared-network", outcome: subnet.sharedNetwork, because }];
}

/** What says where the client is, in words. */
function locationWords({ by, address }: ClientLocation, wire: ReceivingWire): string {
  switch (by) {
    case "link-selection":
      return `its relay says that it is on the link of ${address} (option 82, link selection)`;
    case "subnet-selection":
      return `it asks for the subnet of ${address} (option 118)`;
    case "relay":
      return `its messages come by the relay ${address} (giaddr)`;
    case "client-address":
      return `it uses ${address}`;
    case "wire":
      return `it is on wire ${wire.name}, where this server is ${address}`;
  }
}
