import type { RemoteInfo } from "node:dgram";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import type { BootAnswer, BootPlace } from "../boot-answer.ts";
import type { BootLink } from "../boot-link.ts";
import type { ReceivingWire } from "../exchange.ts";
import type { MessageLimit } from "../message-limit.ts";
import { type DhcpPacket, noAddress } from "../packet.ts";
import { type BootClient, type DhcpRequest, readRequest } from "../request.ts";
import type { DhcpReply } from "../respond.ts";
import { createAddressHolders } from "./address-holders.ts";
import { bootServerAck, httpOffer, pxeOffer } from "./answers.ts";

/** Where PXE clients ask a proxyDHCP server what to boot (PXE 2.1 s. 2.2.4). */
export const bootServerPort = 4011;

/** What became of messages on proxied wires since the start. */
export interface ProxyCounters {
  /** A client was told that there is something to boot. */
  offered: number;
  /** A client was told what. */
  confirmed: number;
  /** Not for a proxy to answer: other clients, other messages, firmware without a loader. */
  silent: number;
  /** One client said too much; it was not answered. */
  limited: number;
}

export interface ProxyOptions {
  readonly link: BootLink;
  /** What a client is to boot, in the name of our address on the wire; `undefined`: nothing. */
  readonly answer: (
    wire: ReceivingWire,
    asking: { readonly request: DhcpRequest; readonly client: BootClient; readonly place: BootPlace },
  ) => BootAnswer | undefined;
  readonly limit: Pick<MessageLimit, "admitsClient">;
  readonly clock: () => Date;
}

/**
 * Boots machines beside another DHCP server, which leases the addresses. Nothing here leases, acknowledges a lease or
 * refuses one, and no address's stream is written to.
 */
export interface ProxyDhcp {
  /** Answers on the port of DHCP servers: only a DHCPDISCOVER of firmware, and never with DHCPACK. */
  offer(packet: DhcpPacket, wire: ReceivingWire): Promise<DhcpReply | undefined>;
  /** Answers on port 4011, where a client comes from the address that it has. */
  confirm(packet: DhcpPacket, wire: ReceivingWire, from: RemoteInfo): Promise<DhcpReply | undefined>;
  /**
   * The interface that asked on port 4011 from the address last; `undefined`: none did in the last four hours, or it
   * has asked from another address since.
   */
  macAt(address: Ipv4): MacAddress | undefined;
  readonly counters: ProxyCounters;
}

export function createProxy({ link, answer, limit, clock }: ProxyOptions): ProxyDhcp {
  const counters: ProxyCounters = { offered: 0, confirmed: 0, silent: 0, limited: 0 };
  const holders = createAddressHolders();

  const placeOf = placeFinder({ link, clock });

  function offerTo(request: DhcpRequest, client: BootClient, wire: ReceivingWire): DhcpPacket | undefined {
    const place = placeOf(request, undefined);
    if (!place) return undefined;
    // What iPXE boots is named when its address is known.
    if (client.kind === "ipxe") return pxeOffer(request, wire.address);
    const found = answer(wire, { request, client, place });
    if (!found) return undefined;
    return found.isHttp ? httpOffer(request, wire.address, found.file) : pxeOffer(request, wire.address);
  }

  function confirmTo(request: DhcpRequest, wire: ReceivingWire, address: Ipv4): DhcpPacket | undefined {
    const client = request.boot;
    const place = client && placeOf(request, address);
    if (!place) return undefined;
    // Also when there is nothing for it: whoever had the address before has it no more.
    holders.holds(request.mac, address, clock().getTime());
    const found = answer(wire, { request, client, place });
    return found && bootServerAck(request, wire.address, found);
  }

  /** The message as far as it is to be answered; what is not is counted. */
  function admitted(packet: DhcpPacket): DhcpRequest | undefined {
    const request = readRequest(packet);
    if (!request) counters.silent++;
    else if (limit.admitsClient(request, clock().getTime())) return request;
    else counters.limited++;
    return undefined;
  }

  function counted(
    what: "offered" | "confirmed",
    { sizeMax }: DhcpRequest,
    packet: DhcpPacket | undefined,
  ): DhcpReply | undefined {
    counters[packet ? what : "silent"]++;
    return packet && { packet, sizeMax };
  }

  return {
    counters,

    async offer(packet, wire) {
      const request = admitted(packet);
      if (!request) return undefined;
      const client = request.type === "discover" ? request.boot : undefined;
      return counted("offered", request, client && offerTo(request, client, wire));
    },

    async confirm(packet, wire, from) {
      const request = admitted(packet);
      if (!request) return undefined;
      const isAsking = asksFrom(from, request);
      return counted(
        "confirmed",
        request,
        isAsking ? confirmTo(request, wire, from.address as Ipv4) : undefined,
      );
    },

    macAt: (address) => holders.holderOf(address, clock().getTime()),
  };
}

/** Finds which boot a message belongs to. `undefined`: it asks for none. */
function placeFinder({ link, clock }: Pick<ProxyOptions, "link" | "clock">) {
  return (request: DhcpRequest, address: Ipv4 | undefined): BootPlace | undefined => {
    const { boot } = link(request, clock().getTime(), true);
    return boot && { mac: request.mac, bootId: boot.bootId, address };
  };
}

/**
 * Whether a message on port 4011 can be answered. The address that it comes from is where the answer goes, and what the
 * script's URL is bound to: whoever says to have another one is not believed.
 */
function asksFrom({ address, port }: RemoteInfo, { type, packet: { ciaddr } }: DhcpRequest): boolean {
  const isHonest = ciaddr === noAddress || ciaddr === address;
  return (type === "request" || type === "inform") && isHonest && port !== 0;
}
