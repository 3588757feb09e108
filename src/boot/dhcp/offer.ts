import type { AddressCheck } from "./address-check.ts";
import type { ChangeLimit } from "./change-limit.ts";
import type { DhcpCounters } from "./counters.ts";
import type { BootAnswerFor, Exchange } from "./exchange.ts";
import type { Exhaustion } from "./exhaustion.ts";
import type { Allocator, Prospect } from "./leases/allocator.ts";
import { isNewcomer } from "./newcomer.ts";
import type { DhcpPacket } from "./packet.ts";
import type { SettingsFor } from "./settings.ts";

export interface OfferOptions {
  readonly allocator: Allocator;
  readonly addressCheck: AddressCheck;
  readonly changes: ChangeLimit;
  readonly settingsFor: SettingsFor;
  readonly bootAnswer: BootAnswerFor;
  readonly exhaustion: Exhaustion;
  readonly counters: DhcpCounters;
}

/** Most addresses that one DHCPDISCOVER tries, when some turn out to be in use. */
const triesMax = 8;

/**
 * Answers a DHCPDISCOVER (RFC 2131 s. 4.3.1). Nothing is recorded: an offer promises nothing.
 *
 * Where an address is to be asked about first, the client hears nothing until that is done, and asks again by itself.
 */
export function offerAddress(options: OfferOptions) {
  const { allocator, addressCheck, changes, settingsFor, bootAnswer, exhaustion, counters } = options;

  function findAddress(exchange: Exchange): Prospect | undefined {
    const { request, client, nowMs } = exchange;
    const { requested } = request;
    const avoid = (address: Prospect["address"]) => addressCheck.isInUse(address, nowMs);
    for (let tries = 0; tries < triesMax; tries++) {
      const found = allocator.choose(client, { requested, nowMs, avoid });
      if (!found) break;
      allocator.offer(client, found.address, nowMs);
      if (isOneTooMany(found, exchange)) return undefined;
      const result = addressCheck.check(found, nowMs);
      if (result === "free") return found;
      if (result === "in-use") continue;
      counters.probing++;
      return undefined;
    }
    exhaustion.note(client.network);
    counters.exhausted++;
    return undefined;
  }

  /** An offer that could not be taken would only keep the address from others. */
  function isOneTooMany(found: Prospect, { request, client, nowMs }: Exchange): boolean {
    if (!isNewcomer(found, client, allocator.leases)) return false;
    if (changes.admitsNewcomer({ request, subnet: found.subnet }, nowMs)) return false;
    allocator.endOffer(client);
    counters.newcomerLimit++;
    return true;
  }

  return (exchange: Exchange): DhcpPacket | undefined => {
    const found = findAddress(exchange);
    if (!found) return undefined;
    const { address, subnet } = found;
    const { request, reply } = exchange;
    const settings = settingsFor(request, subnet);
    const leaseSeconds = settings.leaseSeconds.value;
    const boot = bootAnswer(exchange, { address, settings });
    counters.offered++;
    return reply.lease("offer", request, { address, subnet, settings, leaseSeconds, boot });
  };
}
