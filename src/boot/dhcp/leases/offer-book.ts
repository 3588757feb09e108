import type { LeaseIdentity } from "../../../domain/values/client-id.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { ClientNetwork, WireKey } from "../subnets.ts";
import { createQueue } from "./queue.ts";
import { createWireMap } from "./wire-map.ts";

/** How long an offered address is kept for the client that it was offered to, milliseconds. */
const offerMs = 30_000;

/** Most offers at a time; one more ends the oldest. An offer promises nothing (RFC 2131 s. 3.1). */
export const offersMax = 10_000;

/** Whom an address is offered. */
export interface OfferTaker {
  readonly network: Pick<ClientNetwork, "key">;
  readonly identity: LeaseIdentity;
}

/** Addresses that were offered and not yet asked for. Only memory: a restart forgets them. */
export interface OfferBook {
  /** Ends the client's offer of another address. */
  hold(client: OfferTaker, address: Ipv4, nowMs: number): void;
  addressOf(client: OfferTaker, nowMs: number): Ipv4 | undefined;
  /** Whether the address is kept for anybody else. */
  isHeldFromOthers(address: Ipv4, client: OfferTaker, nowMs: number): boolean;
  /** The client took the offer, or took another server's. */
  end(client: OfferTaker): void;
  readonly size: number;
}

interface Offer {
  readonly wire: WireKey;
  readonly identity: LeaseIdentity;
  readonly address: Ipv4;
  untilMs: number;
  /** Since it was last put in line. */
  isExtended: boolean;
}

/** `ended` hears of each address that is no longer held. */
export function createOfferBook(ended: (address: Ipv4) => void): OfferBook {
  const byClient = createWireMap<LeaseIdentity, Offer>();
  const byAddress = new Map<Ipv4, Offer>();
  /** In the order they were made or extended; some ended since. */
  const made = createQueue<Offer>();

  function drop(offer: Offer): void {
    byClient.delete(offer.wire, offer.identity);
    if (byAddress.get(offer.address) === offer) byAddress.delete(offer.address);
    ended(offer.address);
  }

  function isLive(offer: Offer): boolean {
    return byClient.get(offer.wire, offer.identity) === offer;
  }

  /** A clock that was set back ends an offer, too: otherwise it would keep its address until the clock has caught up. */
  function isOver({ untilMs }: Offer, nowMs: number): boolean {
    return untilMs <= nowMs || untilMs > nowMs + offerMs;
  }

  /** Ends offers that are over, and the oldest while there are too many. */
  function sweep(nowMs: number): void {
    for (let oldest = made.peek(); oldest; oldest = made.peek()) {
      if (!isLive(oldest)) {
        made.shift();
      } else if (isOver(oldest, nowMs) || byClient.size > offersMax) {
        made.shift();
        drop(oldest);
      } else if (oldest.isExtended) {
        // It goes to the back of the line, or ended offers would pile up behind it.
        made.shift();
        oldest.isExtended = false;
        made.push(oldest);
      } else {
        return;
      }
    }
  }

  return {
    get size() {
      return byClient.size;
    },

    hold({ network: { key: wire }, identity }, address, nowMs) {
      const before = byClient.get(wire, identity);
      if (before?.address === address) {
        before.untilMs = nowMs + offerMs;
        before.isExtended = true;
        return;
      }
      if (before) drop(before);
      const offer = { wire, identity, address, untilMs: nowMs + offerMs, isExtended: false };
      byClient.set(wire, identity, offer);
      byAddress.set(address, offer);
      made.push(offer);
      sweep(nowMs);
    },

    addressOf({ network, identity }, nowMs) {
      sweep(nowMs);
      return byClient.get(network.key, identity)?.address;
    },

    isHeldFromOthers(address, { network, identity }, nowMs) {
      sweep(nowMs);
      const offer = byAddress.get(address);
      return offer !== undefined && (offer.identity !== identity || offer.wire !== network.key);
    },

    end({ network, identity }) {
      const offer = byClient.get(network.key, identity);
      if (offer) drop(offer);
    },
  };
}
