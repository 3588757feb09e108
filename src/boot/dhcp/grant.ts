import type { BoundAddress } from "../../domain/address/state.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { ChangeAddress } from "./change-address.ts";
import type { DhcpCounters } from "./counters.ts";
import type { BootAnswerFor, Exchange } from "./exchange.ts";
import type { Allocator } from "./leases/allocator.ts";
import type { DhcpPacket } from "./packet.ts";
import type { ProbeGate } from "./probe-gate.ts";
import type { Replies } from "./reply.ts";
import type { Judge } from "./verdict.ts";

export interface GrantOptions {
  readonly allocator: Allocator;
  readonly judge: Judge;
  readonly gate: ProbeGate;
  readonly fenced: () => boolean;
  readonly change: ChangeAddress;
  readonly reply: Replies;
  readonly bootAnswer: BootAnswerFor;
  readonly counters: DhcpCounters;
}

/** Answers a DHCPREQUEST. A DHCPACK leaves only after the lease is in the log (RFC 2131 s. 3.1, step 4). */
export function grantAddress(options: GrantOptions) {
  const { allocator, judge, gate, fenced, change, reply, bootAnswer, counters } = options;

  async function grant(exchange: Exchange, address: Ipv4): Promise<DhcpPacket | undefined> {
    const { request, client, nowMs } = exchange;
    const { subnet, mac, clientId } = client;
    const { leaseSeconds } = subnet;
    const holder = { mac, clientId, hostname: request.hostname };
    const relay = request.relay ?? relayBefore(exchange, address);
    const result = await change(exchange, address, {
      type: "GrantLease",
      subnet: subnet.name,
      holder,
      relay,
      leaseSeconds,
      nowMs,
    });
    if (!result || result.outcome === "busy") return undefined;
    if (result.outcome === "refused")
      return fenced() ? undefined : refuse(exchange, result.rejection.message);
    allocator.endOffer(client);
    counters.acknowledged++;
    const seconds = result.isRecorded ? leaseSeconds : remainingSeconds(result.binding, nowMs);
    const boot = bootAnswer(exchange, address);
    return reply.lease("ack", request, { address, subnet, leaseSeconds: seconds, boot });
  }

  /** A client that renews talks past its relay (RFC 2131 s. 4.4.5), and is behind it all the same. */
  function relayBefore({ request }: Exchange, address: Ipv4): Ipv4 | null {
    if (!request.clientAddress) return null;
    return allocator.leases.get(address)?.binding.relay ?? null;
  }

  function refuse({ request }: Exchange, why: string): DhcpPacket {
    counters.refused++;
    return reply.refusal(request, why);
  }

  /** An address that is nobody's is granted under the fence only when a probe found nobody there. */
  function isHeldBack(address: Ipv4, isNew: boolean, nowMs: number): boolean {
    return fenced() && isNew && gate.check(address, nowMs) !== "free";
  }

  return async (exchange: Exchange): Promise<DhcpPacket | undefined> => {
    const verdict = judge(exchange.request, exchange.client, exchange.nowMs);
    switch (verdict.outcome) {
      case "nak":
        return refuse(exchange, verdict.message);
      case "silence":
        counters.silent++;
        return undefined;
      case "grant":
        if (!isHeldBack(verdict.address, verdict.isNew, exchange.nowMs))
          return grant(exchange, verdict.address);
        counters.probing++;
        return undefined;
    }
  };
}

/** What is left of a lease that did not move. */
function remainingSeconds(binding: BoundAddress | undefined, nowMs: number): number {
  if (binding?.status !== "leased") throw new Error("a lease was granted, and the address is not leased");
  return Math.max(1, Math.floor((binding.untilMs - nowMs) / 1000));
}
