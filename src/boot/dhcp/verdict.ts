import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { AddressCheck } from "./address-check.ts";
import type { Allocator, NetworkClient, Prospect } from "./leases/allocator.ts";
import type { IsOurs } from "./ours.ts";
import type { DhcpRequest } from "./request.ts";

/** What becomes of a DHCPREQUEST (RFC 2131 s. 4.3.2). */
export type Verdict =
  | { readonly outcome: "grant"; readonly found: Prospect }
  /** `message` is for people, in option 56. */
  | { readonly outcome: "nak"; readonly message: string }
  /** RFC 2131 forbids an answer, or there is nothing to answer. */
  | { readonly outcome: "silence" };

export interface JudgeOptions {
  readonly allocator: Allocator;
  readonly addressCheck: Pick<AddressCheck, "check">;
  readonly isOurs: IsOurs;
}

export type Judge = (request: DhcpRequest, client: NetworkClient, nowMs: number) => Verdict;

/** Tells the four states of a client that sends a DHCPREQUEST apart, and what each is due. */
export function judge({ allocator, addressCheck, isOurs }: JudgeOptions): Judge {
  /** SELECTING: the client takes an offer, of this server or of another one. */
  function selecting(request: DhcpRequest, client: NetworkClient, nowMs: number): Verdict {
    if (!isOurs(request)) {
      allocator.endOffer(client);
      return silence;
    }
    const { requested } = request;
    if (!requested) return silence;
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
    // Who is not known here may be known to another server, so no answer is given (RFC 2131 s. 4.3.2).
    return right ? nak(`your address is ${right}`) : silence;
  }

  /** RENEWING or REBINDING: the client uses the address, so it may have it unless somebody else has. */
  function renewing(address: Ipv4, client: NetworkClient, nowMs: number): Verdict {
    if (!allocator.subnets.subnetOn(client.network, address)) return ofOtherNetwork(address);
    return grantable(address, client, nowMs);
  }

  function grantable(address: Ipv4, client: NetworkClient, nowMs: number): Verdict {
    const better = reservedInstead(address, client, nowMs);
    if (better) return nak(`${better} is reserved for you`);
    const found = allocator.prospect(address, client, nowMs);
    if (!found) return nak(`${address} is not leased here`);
    return found.standing === "taken" ? nak(`${address} is not yours`) : { outcome: "grant", found };
  }

  /**
   * A client moves to its reserved address as soon as it can be had. Until then it has another one, and to refuse it
   * that would leave it without any: what stands in the way here must be what `chooseAddress` steps around, too.
   */
  function reservedInstead(address: Ipv4, client: NetworkClient, nowMs: number): Ipv4 | undefined {
    const reserved = allocator.leases.reservedFor(client.network.key, client.keys);
    if (!reserved || reserved === address) return undefined;
    const found = allocator.prospect(reserved, client, nowMs);
    if (!found || found.standing === "taken") return undefined;
    if (allocator.isOfferedToOther(reserved, client, nowMs)) return undefined;
    return addressCheck.check(found, nowMs) === "free" ? reserved : undefined;
  }

  return (request, client, nowMs) => {
    if (request.server) return selecting(request, client, nowMs);
    if (request.clientAddress) return renewing(request.clientAddress, client, nowMs);
    return request.requested ? rebooting(request.requested, client, nowMs) : silence;
  };
}

function ofOtherNetwork(address: Ipv4): Verdict {
  return nak(`${address} is not of this network`);
}

function nak(message: string): Verdict {
  return { outcome: "nak", message };
}

const silence: Verdict = { outcome: "silence" };
