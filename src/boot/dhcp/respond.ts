import type { BootLink } from "./boot-link.ts";
import type { DhcpCounters } from "./counters.ts";
import type { Exchange, ReceivingWire } from "./exchange.ts";
import type { Allocator } from "./leases/allocator.ts";
import type { DhcpPacket } from "./packet.ts";
import type { Receive } from "./receive.ts";
import type { Replies } from "./reply.ts";
import { readRequest } from "./request.ts";
import type { SettingsFor } from "./settings.ts";

/** An answer, and how long its client takes one, in octets. */
export interface DhcpReply {
  readonly packet: DhcpPacket;
  readonly sizeMax: number;
}

/** Answers one message, in the name of the wire that it came in by. `undefined`: the client hears nothing. */
export type Respond = (packet: DhcpPacket, wire: ReceivingWire) => Promise<DhcpReply | undefined>;

/** What is done about each kind of message. */
export interface Services {
  readonly offer: (exchange: Exchange) => DhcpPacket | undefined;
  readonly grant: (exchange: Exchange) => Promise<DhcpPacket | undefined>;
  readonly decline: (exchange: Exchange) => Promise<void>;
  readonly release: (exchange: Exchange) => Promise<void>;
}

export interface RespondOptions {
  readonly allocator: Allocator;
  readonly receive: Receive;
  readonly clock: () => Date;
  readonly link: BootLink;
  readonly services: Services;
  readonly settingsFor: SettingsFor;
  readonly replyFor: (wire: ReceivingWire) => Replies;
  readonly counters: DhcpCounters;
}

export function createRespond(options: RespondOptions): Respond {
  const { allocator, receive, clock, link, services, settingsFor, replyFor, counters } = options;

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

  /**
   * The client has an address from elsewhere and asks about the network. The answer goes to that address, so it must be
   * of the client's network: otherwise a forged message would aim answers at anybody.
   */
  function inform({ request, client, reply }: Exchange): DhcpPacket | undefined {
    const { clientAddress } = request;
    const subnet = clientAddress && allocator.subnets.subnetOn(client.network, clientAddress);
    if (!subnet) {
      counters.foreignNetwork++;
      return undefined;
    }
    counters.acknowledged++;
    return reply.information(request, subnet, settingsFor(request, subnet));
  }

  return async (packet, wire) => {
    const request = readRequest(packet);
    if (!request) {
      counters.notRequests++;
      return undefined;
    }
    counters[request.type]++;
    const nowMs = clock().getTime();
    const client = receive(request, wire, nowMs);
    if (typeof client === "string") {
      counters[client]++;
      return undefined;
    }
    const reply = replyFor(wire);
    const answered = await answer({ request, client, wire, reply, link: link(request, nowMs), nowMs });
    return answered && { packet: answered, sizeMax: request.sizeMax };
  };
}
