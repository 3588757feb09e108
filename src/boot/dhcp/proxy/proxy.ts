import type { RemoteInfo } from "node:dgram";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import { createGenerationMap } from "../../generation-map.ts";
import type { BootAnswer, BootPlace } from "../boot-answer.ts";
import type { BootLink } from "../boot-link.ts";
import type { ReceivingWire } from "../exchange.ts";
import { type DhcpPacket, noAddress } from "../packet.ts";
import { type BootClient, type DhcpRequest, readRequest } from "../request.ts";
import type { DhcpReply } from "../respond.ts";
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
}

export interface ProxyOptions {
  readonly link: BootLink;
  /** What a client is to boot, in the name of our address on the wire; `undefined`: nothing. */
  readonly answer: (
    wire: ReceivingWire,
    asking: { readonly request: DhcpRequest; readonly client: BootClient; readonly place: BootPlace },
  ) => BootAnswer | undefined;
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
  /** The interface that asked on port 4011 from the address last; `undefined`: none did in the last four hours. */
  macAt(address: Ipv4): MacAddress | undefined;
  readonly counters: ProxyCounters;
}

/** How long it is believed who has an address: a boot and an installation, milliseconds. */
const rememberedMs = 4 * 3_600_000;
/** Addresses to keep in mind; the half that was used last stays. */
const rememberedMax = 20_000;

export function createProxy({ link, answer, clock }: ProxyOptions): ProxyDhcp {
  const counters: ProxyCounters = { offered: 0, confirmed: 0, silent: 0 };
  const holders = createGenerationMap<Ipv4, { readonly mac: MacAddress; readonly untilMs: number }>(
    rememberedMax,
  );

  /** Which boot the message belongs to. `undefined`: it asks for none. */
  function placeOf(request: DhcpRequest, address: Ipv4 | undefined): BootPlace | undefined {
    const { boot } = link(request, clock().getTime(), true);
    return boot && { mac: request.mac, bootId: boot.bootId, address };
  }

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
    const found = place && answer(wire, { request, client, place });
    if (!found) return undefined;
    holders.set(address, { mac: request.mac, untilMs: clock().getTime() + rememberedMs });
    return bootServerAck(request, wire.address, found);
  }

  function counted(
    what: "offered" | "confirmed",
    request: DhcpRequest | undefined,
    packet: DhcpPacket | undefined,
  ): DhcpReply | undefined {
    counters[request && packet ? what : "silent"]++;
    return request && packet && { packet, sizeMax: request.sizeMax };
  }

  return {
    counters,

    async offer(packet, wire) {
      const request = readRequest(packet);
      const isAsking = request?.type === "discover" && request.boot;
      return counted("offered", request, isAsking ? offerTo(request, isAsking, wire) : undefined);
    },

    async confirm(packet, wire, from) {
      const request = readRequest(packet);
      // The address is part of what the script's URL is bound to: it is the one that the answer goes to.
      const address = from.address as Ipv4;
      const isHonest = packet.ciaddr === noAddress || packet.ciaddr === address;
      const isAsking = request?.type === "request" || request?.type === "inform";
      if (!request || !isAsking || !isHonest || from.port === 0)
        return counted("confirmed", request, undefined);
      return counted("confirmed", request, confirmTo(request, wire, address));
    },

    macAt(address) {
      const holder = holders.get(address);
      return holder && clock().getTime() < holder.untilMs ? holder.mac : undefined;
    },
  };
}
