import { accept, reject } from "../decision.ts";
import type { AddressDecision, CommandOf } from "./decision.ts";
import type { AddressEvent } from "./events.ts";
import { freed, isHolder, isLapsed, isReservedForOther, leaseGraceMs } from "./lease.ts";
import type { Address, DeclinedAddress, LeasedAddress } from "./state.ts";

type GrantLease = CommandOf<"GrantLease">;

/** Gives the address to the client that asks, unless it is somebody else's. */
export function grant(command: GrantLease, address: Address): AddressDecision {
  const { keys, nowMs } = command;
  if (address && isReservedForOther(address, { mac: command.holder.mac, keys }, nowMs)) {
    return reject("ADDRESS_RESERVED", `the address is reserved for ${address.reservedFor}: take another one`);
  }
  switch (address?.status) {
    case undefined:
    case "free":
      return accept(granted(command, address));
    case "declined":
      return grantDeclined(command, address);
    case "leased":
      return isHolder(address, command.holder) ? renew(command, address) : takeOver(command, address);
  }
}

function grantDeclined(command: GrantLease, address: DeclinedAddress): AddressDecision {
  if (command.nowMs >= address.untilMs) return accept(granted(command, address));
  const until = new Date(address.untilMs).toISOString();
  return reject("ADDRESS_DECLINED", `the address was declined and is kept out of use until ${until}`);
}

/**
 * Moves the end of the holder's lease. Early in the lease that is not worth an event, unless something else
 * changed besides: the client then gets the remaining time.
 *
 * A lease that begins after now was granted by a clock that was ahead, and would last for as long as that was: it is
 * moved. A minute is left to servers of one log whose clocks differ.
 *
 * A holder that comes back after its lease lapsed renews it, too: had anybody else had the address in
 * between, the stream would say so.
 */
function renew(command: GrantLease, address: LeasedAddress): AddressDecision {
  const leaseMs = address.leaseSeconds * 1000;
  const elapsedMs = command.nowMs - (address.untilMs - leaseMs);
  const unchanged =
    command.subnet === address.subnet &&
    command.leaseSeconds === address.leaseSeconds &&
    command.holder.mac === address.holder.mac;
  const isEarly = -leaseGraceMs <= elapsedMs && elapsedMs < leaseMs * command.cacheThreshold;
  if (unchanged && isEarly) return accept();
  return accept({ type: "LeaseRenewed", data: leased(command, address) });
}

/**
 * Another client gets an address whose lease is over. Where it is reserved, an interface that holds the lease need not
 * wait for that: the lease is its own, by another client id. Two interfaces that answer to one key, such as those of
 * one machine or behind one port, wait for each other.
 */
function takeOver(command: GrantLease, address: LeasedAddress): AddressDecision {
  const isOwn = address.reservedFor !== null && address.holder.mac === command.holder.mac;
  if (!isOwn && !isLapsed(address, command.nowMs)) {
    const until = new Date(address.untilMs).toISOString();
    return reject("ADDRESS_LEASED", `the address is leased to ${address.holder.mac} until ${until}`);
  }
  return accept({ type: "LeaseExpired", data: freed(address) }, granted(command, address));
}

function granted(command: GrantLease, address: Address): AddressEvent {
  return { type: "LeaseGranted", data: leased(command, address) };
}

function leased({ subnet, holder, relay, leaseSeconds, nowMs }: GrantLease, address: Address): LeasedAddress {
  const reservedFor = address?.reservedFor ?? null;
  const untilMs = nowMs + leaseSeconds * 1000;
  return { subnet, status: "leased", reservedFor, holder, relay, leaseSeconds, untilMs };
}
