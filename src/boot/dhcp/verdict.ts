import { cidrContains, type Ipv4 } from "../../domain/values/ipv4.ts";
import type { Allocator, SubnetClient } from "./leases/allocator.ts";
import type { DhcpRequest } from "./request.ts";

/** What becomes of a DHCPREQUEST (RFC 2131 s. 4.3.2). */
export type Verdict =
  /** `isNew`: the address is nobody's at the moment, not even this client's. */
  | { readonly outcome: "grant"; readonly address: Ipv4; readonly isNew: boolean }
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
  /** Option 54 of our own answers. */
  readonly serverAddress: Ipv4;
  readonly fenced: () => boolean;
}

export type Judge = (request: DhcpRequest, client: SubnetClient, nowMs: number) => Verdict;

/** Tells the four states of a client that sends a DHCPREQUEST apart, and what each is due. */
export function judge({ allocator, serverAddress, fenced }: JudgeOptions): Judge {
  /** SELECTING: the client takes an offer, of this server or of another one. */
  function selecting(request: DhcpRequest, client: SubnetClient, nowMs: number): Verdict {
    if (request.server !== serverAddress) {
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
  function rebooting(requested: Ipv4, client: SubnetClient, nowMs: number): Verdict {
    const { subnet, mac, identity } = client;
    if (!cidrContains(subnet.cidr, requested)) return nak(`${requested} is not of this network`);
    const { leases } = allocator;
    const own = [leases.reservedFor(subnet.name, mac), leases.addressOf(subnet.name, identity)];
    if (own.includes(requested)) return grantable(requested, client, nowMs);
    const [right] = own.filter(Boolean);
    return right ? refuse(`your address is ${right}`) : silence("unknown-client");
  }

  /** RENEWING or REBINDING: the client uses the address, so it may have it unless somebody else has. */
  function renewing(address: Ipv4, client: SubnetClient, nowMs: number): Verdict {
    if (!cidrContains(client.subnet.cidr, address)) return nak(`${address} is not of this network`);
    return grantable(address, client, nowMs);
  }

  function grantable(address: Ipv4, client: SubnetClient, nowMs: number): Verdict {
    const better = reservedInstead(address, client, nowMs);
    if (better) return refuse(`${better} is reserved for you`);
    const standing = allocator.standing(address, client, nowMs);
    switch (standing) {
      case "current":
      case "available":
        return { outcome: "grant", address, isNew: standing === "available" };
      case "taken":
        return refuse(`${address} is not yours`);
      case "foreign":
        return refuse(`${address} is not leased here`);
    }
  }

  /** A client moves to its reserved address as soon as it can be had. */
  function reservedInstead(address: Ipv4, client: SubnetClient, nowMs: number): Ipv4 | undefined {
    const reserved = allocator.leases.reservedFor(client.subnet.name, client.mac);
    if (!reserved || reserved === address) return undefined;
    const standing = allocator.standing(reserved, client, nowMs);
    return standing === "current" || standing === "available" ? reserved : undefined;
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

function nak(message: string): Verdict {
  return { outcome: "nak", message };
}

function silence(why: SilenceReason): Verdict {
  return { outcome: "silence", why };
}
