import type { ReceivingWire } from "./exchange.ts";
import type { Allocator, NetworkClient } from "./leases/allocator.ts";
import type { MessageLimit } from "./message-limit.ts";
import type { DhcpRequest } from "./request.ts";
import type { ClientMachines } from "./settings.ts";
import { type ClientNetwork, locationOf } from "./subnets.ts";
import type { WorkLimit } from "./work-limit.ts";

/** Why a message is left unanswered without a look at what it asks for: a counter. */
export type Dropped = "foreignNetwork" | "clientLimit" | "relayLimit" | "shed";

/** Finds out who sent a message, or why it is not listened to. */
export type Receive = (request: DhcpRequest, wire: ReceivingWire, nowMs: number) => NetworkClient | Dropped;

export interface ReceiveOptions {
  readonly allocator: Allocator;
  readonly machines: ClientMachines;
  readonly messages: MessageLimit;
  readonly limit: WorkLimit;
}

/**
 * Clients that the service knows something of are taken in however many others ask: those of machines, those with a
 * running lease, those with a reservation.
 */
export function receiveMessages({ allocator, machines, messages, limit }: ReceiveOptions): Receive {
  const { leases, subnets } = allocator;

  function isCountedOn({ isKnown, network, identity, keys }: NetworkClient, nowMs: number): boolean {
    if (isKnown) return true;
    const address = leases.addressOf(network.key, identity);
    const binding = address && leases.get(address)?.binding;
    if (binding?.status === "leased" && nowMs < binding.untilMs) return true;
    return leases.reservedFor(network.key, keys) !== undefined;
  }

  return (request, wire, nowMs) => {
    if (!messages.admitsClient(request, nowMs)) return "clientLimit";
    const network = locationOf(request, wire, subnets).network;
    if (!network) return "foreignNetwork";
    const client = new ReceivedClient(request, network, machines.isKnown(request.mac));
    if (!isCountedOn(client, nowMs) && !messages.admitsUnknown(request, wire, nowMs)) return "relayLimit";
    if (request.type === "discover" && !limit.hasRoomForDiscover(client.isKnown)) return "shed";
    return client;
  };
}

/** A client as its message tells of it, and what is known of it besides. */
class ReceivedClient implements NetworkClient {
  readonly network: ClientNetwork;
  readonly isKnown: boolean;
  readonly #request: DhcpRequest;

  constructor(request: DhcpRequest, network: ClientNetwork, isKnown: boolean) {
    this.#request = request;
    this.network = network;
    this.isKnown = isKnown;
  }

  get mac() {
    return this.#request.mac;
  }
  get clientId() {
    return this.#request.clientId;
  }
  get identity() {
    return this.#request.identity;
  }
  get keys() {
    return this.#request.keys;
  }
}
