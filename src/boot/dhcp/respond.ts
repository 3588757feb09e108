import type { Subnet } from "../../domain/network/subnet.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootLink } from "./boot-link.ts";
import type { DhcpCounters } from "./counters.ts";
import type { Exchange } from "./exchange.ts";
import type { Allocator } from "./leases/allocator.ts";
import type { DhcpPacket } from "./packet.ts";
import type { Replies } from "./reply.ts";
import { type DhcpRequest, readRequest } from "./request.ts";
import type { WorkLimit } from "./work-limit.ts";

/** An answer, and how long its client takes one, in octets. */
export interface DhcpReply {
  readonly packet: DhcpPacket;
  readonly sizeMax: number;
}

/** Answers one message. `undefined`: the client hears nothing. */
export type Respond = (packet: DhcpPacket) => Promise<DhcpReply | undefined>;

/** What is done about each kind of message. */
export interface Services {
  readonly offer: (exchange: Exchange) => DhcpPacket | undefined;
  readonly grant: (exchange: Exchange) => Promise<DhcpPacket | undefined>;
  readonly decline: (exchange: Exchange) => Promise<void>;
  readonly release: (exchange: Exchange) => Promise<void>;
}

export interface RespondOptions {
  readonly allocator: Allocator;
  /** Address of this server on its wire. */
  readonly serverAddress: Ipv4;
  readonly clock: () => Date;
  readonly link: BootLink;
  readonly limit: WorkLimit;
  readonly services: Services;
  readonly reply: Replies;
  readonly counters: DhcpCounters;
}

export function createRespond(options: RespondOptions): Respond {
  const { allocator, serverAddress, clock, link, limit, services, reply, counters } = options;

  /** The relay says where the client is; else the address that it uses does; else it is on this wire. */
  function subnetOf({ relay, clientAddress }: DhcpRequest): Subnet | undefined {
    const { subnets } = allocator;
    if (relay) return subnets.containing(relay);
    const own = clientAddress && subnets.containing(clientAddress);
    return own ?? subnets.containing(serverAddress);
  }

  async function answer(exchange: Exchange): Promise<DhcpPacket | undefined> {
    switch (exchange.request.type) {
      case "discover":
        return services.offer(exchange);
      case "request":
        return services.grant(exchange);
      case "decline":
        await services.decline(exchange);
        return undefined;
      case "release":
        await services.release(exchange);
        return undefined;
      case "inform":
        return inform(exchange);
    }
  }

  /** The client has an address from elsewhere and asks about the network. */
  function inform({ request, client }: Exchange): DhcpPacket | undefined {
    if (!request.clientAddress) return undefined;
    counters.acknowledged++;
    return reply.information(request, client.subnet);
  }

  return async (packet) => {
    const request = readRequest(packet);
    if (!request) {
      counters.notRequests++;
      return undefined;
    }
    counters[request.type]++;
    const subnet = subnetOf(request);
    if (!subnet) {
      counters.foreignNetwork++;
      return undefined;
    }
    if (request.type === "discover" && !limit.hasRoomForDiscover()) {
      counters.shed++;
      return undefined;
    }
    const { mac, clientId, identity, sizeMax } = request;
    const nowMs = clock().getTime();
    const client = { subnet, mac, clientId, identity };
    const answered = await answer({ request, client, link: link(request, nowMs), nowMs });
    return answered && { packet: answered, sizeMax };
  };
}
