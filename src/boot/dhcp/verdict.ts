import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { Allocator, NetworkClient, Prospect } from "./leases/allocator.ts";
import type { IsOurs } from "./ours.ts";
import type { DhcpRequest } from "./request.ts";

/** What becomes of a DHCPREQUEST (RFC 2131 s. 4.3.2). */
export type Verdict =
  | { readonly outcome: "grant"; readonly found: Prospect }
  /** `message` is for people, in option 56. */
  | { readonly outcome: "nak"; readonly message: string }
  | { readonly outcome: "silence"; readonly why: SilenceReason };

export type SilenceReason =
  /** The client took the offer of another server. */
  | "other-server"
  /** The client is not known here, and may be known to another server: RFC 2131 s. 4.3.2 forbids an answer. */
  | "unknown-client"
  /** The log was restored, so another server of its own past may have granted the address since. */
  | "fenced"
  /** The message names no address, or lacks what its kind must have. */
  | "incomplete";

export interface JudgeOptions {
  readonly allocator: Allocator;
  readonly isOurs: IsOurs;
  readonly fenced: () => boolean;
}

export type Judge = (request: DhcpRequest, client: NetworkClient, nowMs: number) => Verdict;

/** Tells the four states of a client that sends a DHCPREQUEST apart, and what each is due. */
export function judge({ allocator, isOurs, fenced }: JudgeOptions): Judge {
  /** SELECTING: the client takes an offer, of this server or of another one. */
  function selecting(request: DhcpRequest, client: NetworkClient, nowMs: number): Verdict {
    if (!isOurs(request)) {
      allocator.endOffer(client);
      return silence("other-server");
    }
    const { requested } = request;
    if (!requested) return silence("incomplete");
    if (allocator.isOfferedToOther(requested, client, nowMs))
      return nak(`${requested} is offered to another client`);
    return grantable(requested, client, nowMs);
  }

  /** INIT-REBOOT: the client remembers an address of an earlier time and asks whether it is still right. */
  function rebooting(requested: Ipv4, client: NetworkClient, nowMs: number): Verdict {
    const { network, keys, identity } = client;
    const { leases, subnets } = allocator;
    if (!subnets.subnetOn(network, requested)) return ofOtherNetwork(requested);
    const own = [leases.reservedFor(network.key, keys), leases.addressOf(network.key, identity)];
    if (own.includes(requested)) return grantable(requested, client, nowMs);
    const [right] = own.filter(Boolean);
    return right ? refuse(`your address is ${right}`) : silence("unknown-client");
  }

  /** RENEWING or REBINDING: the client uses the address, so it may have it unless somebody else has. */
  function renewing(address: Ipv4, client: NetworkClient, nowMs: number): Verdict {
    if (!allocator.subnets.subnetOn(client.network, address)) return ofOtherNetwork(address);
    return grantable(address, client, nowMs);
  }

  function grantable(address: Ipv4, client: NetworkClient, nowMs: number): Verdict {
    const better = reservedInstead(address, client, nowMs);
    if (better) return refuse(`${better} is reserved for you`);
    const found = allocator.prospect(address, client, nowMs);
    if (!found) return refuse(`${address} is not leased here`);
    return found.standing === "taken" ? refuse(`${address} is not yours`) : { outcome: "grant", found };
  }

  /** A client moves to its reserved address as soon as it can be had. */
  function reservedInstead(address: Ipv4, client: NetworkClient, nowMs: number): Ipv4 | undefined {
    const reserved = allocator.leases.reservedFor(client.network.key, client.keys);
    if (!reserved || reserved === address) return undefined;
    const found = allocator.prospect(reserved, client, nowMs);
    return found && found.standing !== "taken" ? reserved : undefined;
  }

  /** After a restore the log does not know who got what since, so nobody is told that he is wrong. */
  function refuse(message: string): Verdict {
    return fenced() ? silence("fenced") : nak(message);
  }

  return (request, client, nowMs) => {
    if (request.server) return selecting(request, client, nowMs);
    if (request.clientAddress) return renewing(request.clientAddress, client, nowMs);
    return request.requested ? rebooting(request.requested, client, nowMs) : silence("incomplete");
  };
}

function ofOtherNetwork(address: Ipv4): Verdict {
  return nak(`${address} is not of this network`);
}

function nak(message: string): Verdict {
  return { outcome: "nak", message };
}

function silence(why: SilenceReason): Verdict {
  return { outcome: "silence", why };
}
