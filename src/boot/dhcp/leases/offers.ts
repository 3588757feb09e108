import type { LeaseIdentity } from "../../../domain/values/client-id.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { ClientNetwork } from "../subnets.ts";
import { clientKey } from "./client-index.ts";
import { createOfferBook } from "./offer-book.ts";

/** Whom something is offered. */
export interface OfferedClient {
  readonly network: ClientNetwork;
  readonly identity: LeaseIdentity;
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
      const key = keyOf(client);
      const [book, other] = client.isKnown ? [toKnown, toOthers] : [toOthers, toKnown];
      other.end(key);
      book.hold(key, address, nowMs);
    },

    addressOf(client, nowMs) {
      const key = keyOf(client);
      return toKnown.addressOf(key, nowMs) ?? toOthers.addressOf(key, nowMs);
    },

    isHeldFromOthers(address, client, nowMs) {
      const key = keyOf(client);
      return toKnown.isHeldFromOthers(address, key, nowMs) || toOthers.isHeldFromOthers(address, key, nowMs);
    },

    end(client) {
      const key = keyOf(client);
      toKnown.end(key);
      toOthers.end(key);
    },
  };
}

function keyOf({ network, identity }: OfferedClient): string {
  return clientKey(network.key, identity);
}
