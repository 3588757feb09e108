import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { DhcpCounters } from "./counters.ts";
import type { BootAnswerFor, Exchange } from "./exchange.ts";
import type { Allocator } from "./leases/allocator.ts";
import type { DhcpPacket } from "./packet.ts";
import type { ProbeGate } from "./probe-gate.ts";
import type { Replies } from "./reply.ts";

export interface OfferOptions {
  readonly allocator: Allocator;
  readonly gate: ProbeGate;
  readonly fenced: () => boolean;
  readonly reply: Replies;
  readonly bootAnswer: BootAnswerFor;
  readonly counters: DhcpCounters;
}

/** Most addresses that one DHCPDISCOVER tries, when some turn out to be in use. */
const triesMax = 8;

/**
 * Answers a DHCPDISCOVER (RFC 2131 s. 4.3.1). Nothing is recorded: an offer promises nothing.
 *
 * While the log is fenced, an address that is not the client's already is probed first; the client hears nothing
 * until the probe is done, and asks again by itself.
 */
export function offerAddress({ allocator, gate, fenced, reply, bootAnswer, counters }: OfferOptions) {
  function findAddress({ request, client, nowMs }: Exchange): Ipv4 | undefined {
    const { requested } = request;
    const avoid = (address: Ipv4) => fenced() && gate.isInUse(address, nowMs);
    for (let tries = 0; tries < triesMax; tries++) {
      const address = allocator.choose(client, { requested, nowMs, avoid });
      if (!address) break;
      allocator.offer(client, address, nowMs);
      if (!fenced() || allocator.standing(address, client, nowMs) === "current") return address;
      const result = gate.check(address, nowMs);
      if (result === "free") return address;
      if (result === "in-use") continue;
      counters.probing++;
      return undefined;
    }
    counters.exhausted++;
    return undefined;
  }

  return (exchange: Exchange): DhcpPacket | undefined => {
    const address = findAddress(exchange);
    if (!address) return undefined;
    const { subnet } = exchange.client;
    counters.offered++;
    return reply.lease("offer", exchange.request, {
      address,
      subnet,
      leaseSeconds: subnet.leaseSeconds,
      boot: bootAnswer(exchange, address),
    });
  };
}
