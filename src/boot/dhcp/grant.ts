import type { BoundAddress } from "../../domain/address/state.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { AddressCheck } from "./address-check.ts";
import type { ChangeAddress } from "./change-address.ts";
import { type ChangeLimit, isRenewalDue, type Newcomer } from "./change-limit.ts";
import type { DhcpCounters } from "./counters.ts";
import type { BootAnswerFor, Exchange } from "./exchange.ts";
import type { Allocator, Prospect } from "./leases/allocator.ts";
import { isNewcomer } from "./newcomer.ts";
import type { DhcpPacket } from "./packet.ts";
import type { SettingsFor } from "./settings.ts";
import type { Judge } from "./verdict.ts";

export interface GrantOptions {
  readonly allocator: Allocator;
  readonly judge: Judge;
  readonly addressCheck: AddressCheck;
  readonly fenced: () => boolean;
  readonly change: ChangeAddress;
  readonly changes: ChangeLimit;
  readonly settingsFor: SettingsFor;
  readonly bootAnswer: BootAnswerFor;
  readonly counters: DhcpCounters;
}

/** Answers a DHCPREQUEST. A DHCPACK leaves only after the lease is in the log (RFC 2131 s. 3.1, step 4). */
export function grantAddress(options: GrantOptions) {
  const { allocator, judge, addressCheck, fenced, counters } = options;
  const shares = sharesOf(options);
  const acknowledge = acknowledgement(options);
  const record = recordLease(options);

  async function grant(exchange: Exchange, found: Prospect): Promise<DhcpPacket | undefined> {
    const { client } = exchange;
    const before = allocator.leases.get(found.address)?.binding;
    const share = shares.of(exchange, found, before);
    if (typeof share === "string") return withoutChange(share, { exchange, found, before });
    const result = await record(exchange, found, { before, isGivingWay: share.newcomer !== undefined });
    if (!result || result.outcome === "busy") return undefined;
    if (result.outcome === "refused") return refuse(exchange, result.rejection.message);
    if (result.isRecorded) shares.count(exchange, share);
    allocator.endOffer(client);
    return acknowledge(exchange, found, result.isRecorded ? undefined : result.binding);
  }

  /** Who has a running lease keeps it, however that came about; others hear nothing. */
  function withoutChange(broken: BrokenLimit, { exchange, found, before }: Asked): DhcpPacket | undefined {
    allocator.endOffer(exchange.client);
    if (found.standing === "current") return acknowledge(exchange, found, before);
    counters[broken]++;
    return undefined;
  }

  /** A log that was restored does not know who got what since, so nobody is told that he is wrong. */
  function refuse({ request, reply }: Exchange, why: string): DhcpPacket | undefined {
    if (fenced()) return remainSilent();
    counters.refused++;
    return reply.refusal(request, why);
  }

  function remainSilent(): undefined {
    counters.silent++;
  }

  /** Who renews uses the address itself, so a probe would find that client there. */
  function isFree({ request, nowMs }: Exchange, found: Prospect): boolean {
    return request.clientAddress !== undefined || addressCheck.check(found, nowMs) === "free";
  }

  return async (exchange: Exchange): Promise<DhcpPacket | undefined> => {
    const verdict = judge(exchange.request, exchange.client, exchange.nowMs);
    switch (verdict.outcome) {
      case "nak":
        return refuse(exchange, verdict.message);
      case "silence":
        return remainSilent();
      case "grant":
        if (isFree(exchange, verdict.found)) return grant(exchange, verdict.found);
        counters.probing++;
        return undefined;
    }
  };
}

/** A counter. */
type BrokenLimit = "changeLimit" | "newcomerLimit";

interface Asked {
  readonly exchange: Exchange;
  readonly found: Prospect;
  /** The address as it is before anything happens. */
  readonly before: BoundAddress | undefined;
}

/** What the event of a grant counts towards. */
interface Share {
  /** It moves a lease of which enough is over, and bounds itself. */
  readonly isDue: boolean;
  /** `undefined`: the client is known here. */
  readonly newcomer: Newcomer | undefined;
}

function sharesOf({ allocator, changes }: GrantOptions) {
  return {
    /** What an event would count towards, or which limit it would break. */
    of(
      { request, client, nowMs }: Exchange,
      found: Prospect,
      before: BoundAddress | undefined,
    ): Share | BrokenLimit {
      const { subnet } = found;
      const isDue = isRenewalDue(before, client, { cacheThreshold: subnet.cacheThreshold, nowMs });
      if (!isDue && !changes.admitsChange(client, nowMs)) return "changeLimit";
      const newcomer = isNewcomer(found, client, allocator.leases) ? { request, subnet } : undefined;
      if (newcomer && !changes.admitsNewcomer(newcomer, nowMs)) return "newcomerLimit";
      return { isDue, newcomer };
    },

    count({ client, nowMs }: Exchange, { isDue, newcomer }: Share): void {
      if (!isDue) changes.countChange(client, nowMs);
      if (newcomer) changes.countNewcomer(newcomer, nowMs);
    },
  };
}

function recordLease({ change, settingsFor }: GrantOptions) {
  return (
    exchange: Exchange,
    { address, subnet }: Prospect,
    { before, isGivingWay }: { readonly before: BoundAddress | undefined; readonly isGivingWay: boolean },
  ) => {
    const { request, client, nowMs } = exchange;
    return change(
      exchange,
      { address, isGivingWay },
      {
        type: "GrantLease",
        subnet: subnet.name,
        holder: { mac: client.mac, clientId: client.clientId, hostname: request.hostname },
        keys: [...client.keys],
        relay: request.relay ?? relayBefore(exchange, before),
        leaseSeconds: settingsFor(request, subnet).leaseSeconds.value,
        cacheThreshold: subnet.cacheThreshold,
        nowMs,
      },
    );
  };
}

function acknowledgement({ settingsFor, bootAnswer, counters }: GrantOptions) {
  /** `unmoved`: the lease whose end stays where it is; `undefined`: a whole one begins. */
  return (
    exchange: Exchange,
    { address, subnet }: Prospect,
    unmoved: BoundAddress | undefined,
  ): DhcpPacket => {
    const { request, reply, nowMs } = exchange;
    const settings = settingsFor(request, subnet);
    const leaseSeconds = unmoved ? remainingSeconds(unmoved, nowMs) : settings.leaseSeconds.value;
    const boot = bootAnswer(exchange, { address, settings });
    counters.acknowledged++;
    return reply.lease("ack", request, { address, subnet, settings, leaseSeconds, boot });
  };
}

/** A client that renews talks past its relay (RFC 2131 s. 4.4.5), and is behind it all the same. */
function relayBefore({ request }: Exchange, before: BoundAddress | undefined): Ipv4 | null {
  return request.clientAddress ? (before?.relay ?? null) : null;
}

/** What is left of a lease that did not move; no more than a whole one, should it begin after now. */
function remainingSeconds(binding: BoundAddress, nowMs: number): number {
  if (binding.status !== "leased") throw new Error("a lease was granted, and the address is not leased");
  const leftSeconds = Math.floor((binding.untilMs - nowMs) / 1000);
  return Math.max(1, Math.min(leftSeconds, binding.leaseSeconds));
}
