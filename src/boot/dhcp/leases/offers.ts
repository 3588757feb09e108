import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import { createOfferBook, type OfferTaker } from "./offer-book.ts";

/** Whom something is offered. */
export interface OfferedClient extends OfferTaker {
  /** It belongs to a machine. */
  readonly isKnown: boolean;
}

/** Addresses that were offered to known machines, and to others. */
export interface Offers {
  /** Keeps the address for the client for 30 seconds. */
  hold(client: OfferedClient, address: Ipv4, nowMs: number): void;
  addressOf(client: OfferedClient, nowMs: number): Ipv4 | undefined;
  isHeldFromOthers(address: Ipv4, client: OfferedClient, nowMs: number): boolean;
  end(client: OfferedClient): void;
}

/**
 * Two books: those who make up MAC addresses shall not push offers to known machines out. `ended` hears of each address
 * that is no longer held.
 */
export function createOffers(ended: (address: Ipv4) => void): Offers {
  const toKnown = createOfferBook(ended);
  const toOthers = createOfferBook(ended);

  return {
    hold(client, address, nowMs) {
      const [book, other] = client.isKnown ? [toKnown, toOthers] : [toOthers, toKnown];
      other.end(client);
      book.hold(client, address, nowMs);
    },

    addressOf(client, nowMs) {
      return toKnown.addressOf(client, nowMs) ?? toOthers.addressOf(client, nowMs);
    },

    isHeldFromOthers(address, client, nowMs) {
      return (
        toKnown.isHeldFromOthers(address, client, nowMs) || toOthers.isHeldFromOthers(address, client, nowMs)
      );
    },

    end(client) {
      toKnown.end(client);
      toOthers.end(client);
    },
  };
}
