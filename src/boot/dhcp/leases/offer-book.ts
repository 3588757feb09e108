import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import { createQueue } from "./queue.ts";

/** How long an offered address is kept for the client that it was offered to, milliseconds. */
const offerMs = 30_000;

/** Most offers at a time; one more ends the oldest. An offer promises nothing (RFC 2131 s. 3.1). */
export const offersMax = 10_000;

/** Addresses that were offered and not yet asked for. Only memory: a restart forgets them. */
export interface OfferBook {
  /** `client`: an identity within a subnet. Ends the client's offer of another address. */
  hold(client: string, address: Ipv4, nowMs: number): void;
  addressOf(client: string, nowMs: number): Ipv4 | undefined;
  /** Whether the address is kept for anybody else. */
  isHeldFromOthers(address: Ipv4, client: string, nowMs: number): boolean;
  /** The client took the offer, or took another server's. */
  end(client: string): void;
  readonly size: number;
}

interface Offer {
  readonly client: string;
  readonly address: Ipv4;
  untilMs: number;
  /** Since it was last put in line. */
  isExtended: boolean;
}

/** `ended` hears of each address that is no longer held. */
export function createOfferBook(ended: (address: Ipv4) => void): OfferBook {
  const byClient = new Map<string, Offer>();
  const byAddress = new Map<Ipv4, Offer>();
  /** In the order they were made or extended; some ended since. */
  const made = createQueue<Offer>();

  function drop(offer: Offer): void {
    byClient.delete(offer.client);
    if (byAddress.get(offer.address) === offer) byAddress.delete(offer.address);
    ended(offer.address);
  }

  function isLive(offer: Offer): boolean {
    return byClient.get(offer.client) === offer;
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

    hold(client, address, nowMs) {
      const before = byClient.get(client);
      if (before?.address === address) {
        before.untilMs = nowMs + offerMs;
        before.isExtended = true;
        return;
      }
      if (before) drop(before);
      const offer = { client, address, untilMs: nowMs + offerMs, isExtended: false };
      byClient.set(client, offer);
      byAddress.set(address, offer);
      made.push(offer);
      sweep(nowMs);
    },

    addressOf(client, nowMs) {
      sweep(nowMs);
      return byClient.get(client)?.address;
    },

    isHeldFromOthers(address, client, nowMs) {
      sweep(nowMs);
      const offer = byAddress.get(address);
      return offer !== undefined && offer.client !== client;
    },

    end(client) {
      const offer = byClient.get(client);
      if (offer) drop(offer);
    },
  };
}
