import { createHmac, timingSafeEqual } from "node:crypto";
import { type Ipv4, ipv4Number } from "../domain/values/ipv4.ts";
import { MacAddress } from "../domain/values/mac-address.ts";

/** How long a script URL works after the DHCP answer that named it, seconds. */
export const nonceLifeSeconds = 15 * 60;

/** Which boot of which interface a script URL was handed out for. */
export interface BootTicket {
  /** The boot's id: the event id of its first PxeRequested. A UUID. */
  readonly bootId: string;
  readonly mac: MacAddress;
}

type NonceReading =
  | { readonly outcome: "valid"; readonly ticket: BootTicket }
  /** Ours, for this address, and too old. The ticket is authentic. */
  | { readonly outcome: "expired"; readonly ticket: BootTicket }
  /** Not ours, or handed out to another address: nothing in it may be believed. */
  | { readonly outcome: "unknown" };

/** The part of a script URL that only a DHCP answer gives out. */
export interface NonceBook {
  /** `address`: the leased address that the machine will ask from; the nonce works from no other. */
  issue(ticket: BootTicket, address: Ipv4): string;
  /** `address`: where the request came from. Never throws, whatever `text` is. */
  read(text: string, address: Ipv4): NonceReading;
  /**
   * For a client whose address another server gives out and nobody tells: it works from everywhere. Good for a loader
   * alone, which is no secret.
   */
  issueUnbound(ticket: BootTicket): string;
  /** Reads what `issueUnbound` gave out, and nothing else. Never throws. */
  readUnbound(text: string): NonceReading;
}

const ticketBytes = 16 + 6 + 4;
const tagBytes = 16;
/** 42 octets are 56 characters without padding, so that no two spellings mean the same octets. */
const spelling = /^[A-Za-z0-9_-]{56}$/;

/**
 * Nonces without a store: base64url of boot id (16 octets), MAC (6), expiry (4, seconds since 1970, big endian)
 * and the first 16 octets of HMAC-SHA256 over those and the leased address.
 *
 * `key`: 32 secret octets. `clock`: the service's.
 */
export function nonceBook({
  key,
  clock,
}: {
  readonly key: Uint8Array;
  readonly clock: () => Date;
}): NonceBook {
  // The label keeps this use of the key apart from any other.
  function boundTag(ticket: Uint8Array, address: Ipv4): Buffer {
    const from = Buffer.alloc(4);
    from.writeUInt32BE(ipv4Number(address));
    const hmac = createHmac("sha256", key).update("ironledger/boot-nonce/1\0").update(ticket).update(from);
    return hmac.digest().subarray(0, tagBytes);
  }

  function unboundTag(ticket: Uint8Array): Buffer {
    const hmac = createHmac("sha256", key).update("ironledger/loader-nonce/1\0").update(ticket);
    return hmac.digest().subarray(0, tagBytes);
  }

  function written({ bootId, mac }: BootTicket): Buffer {
    const ticket = Buffer.alloc(ticketBytes);
    ticket.set(Buffer.from(bootId.replaceAll("-", ""), "hex"), 0);
    ticket.set(Buffer.from(mac.replaceAll(":", ""), "hex"), 16);
    ticket.writeUInt32BE(Math.floor(clock().getTime() / 1000) + nonceLifeSeconds, 22);
    return ticket;
  }

  function read(text: string, tagOf: (ticket: Uint8Array) => Uint8Array): NonceReading {
    if (!spelling.test(text)) return { outcome: "unknown" };
    const bytes = Buffer.from(text, "base64url");
    const ticket = bytes.subarray(0, ticketBytes);
    if (!timingSafeEqual(bytes.subarray(ticketBytes), tagOf(ticket))) return { outcome: "unknown" };
    const expired = clock().getTime() >= ticket.readUInt32BE(22) * 1000;
    return { outcome: expired ? "expired" : "valid", ticket: ticketOf(ticket) };
  }

  return {
    issue(bootTicket, address) {
      const ticket = written(bootTicket);
      return Buffer.concat([ticket, boundTag(ticket, address)]).toString("base64url");
    },
    read: (text, address) => read(text, (ticket) => boundTag(ticket, address)),
    issueUnbound(bootTicket) {
      const ticket = written(bootTicket);
      return Buffer.concat([ticket, unboundTag(ticket)]).toString("base64url");
    },
    readUnbound: (text) => read(text, unboundTag),
  };
}

function ticketOf(bytes: Buffer): BootTicket {
  const hex = bytes.toString("hex");
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  const octets = hex.slice(32, 44).match(/../g) ?? [];
  return { bootId: id.join("-"), mac: MacAddress.parse(octets.join(":")) };
}
