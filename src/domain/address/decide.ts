import { accept, type Decider } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import type { AddressCommand } from "./commands.ts";
import { grant } from "./decide-grant.ts";
import { removeReservation, reserve } from "./decide-reservation.ts";
import type { AddressDecision, AddressRejectionCode, CommandOf } from "./decision.ts";
import { type AddressEvent, addressCodec } from "./events.ts";
import { freed, isHolder, isLapsed } from "./lease.ts";
import { type Address, evolve } from "./state.ts";

export type { AddressRejectionCode } from "./decision.ts";

export const addressDecider: Decider<Address, AddressCommand, AddressEvent, AddressRejectionCode> = {
  initial: undefined,
  decide(command, address) {
    switch (command.type) {
      case "GrantLease":
        return grant(command, address);
      case "ReleaseLease":
        return release(command, address);
      case "ExpireLease":
        return expire(command, address);
      case "DeclineAddress":
        return decline(command, address);
      case "ReserveAddress":
        return reserve(command, address);
      case "RemoveReservation":
        return removeReservation(address);
    }
  },
  evolve,
};

/** Streams `address-<ip>`. */
export const addressKind: StreamKind<Address, AddressCommand, AddressEvent, AddressRejectionCode> = {
  decider: addressDecider,
  codec: addressCodec,
  newestIsState: true,
};

/** Only the holder can give a lease back; a DHCPRELEASE of anybody else is forged, or long obsolete. */
function release(command: CommandOf<"ReleaseLease">, address: Address): AddressDecision {
  if (address?.status !== "leased" || !isHolder(address, command)) return accept();
  return accept({ type: "LeaseReleased", data: freed(address) });
}

function expire({ nowMs }: CommandOf<"ExpireLease">, address: Address): AddressDecision {
  if (address?.status !== "leased" || !isLapsed(address, nowMs)) return accept();
  return accept({ type: "LeaseExpired", data: freed(address) });
}

/** Only the holder can decline: otherwise one forged packet per address would empty a subnet. */
function decline(command: CommandOf<"DeclineAddress">, address: Address): AddressDecision {
  if (address?.status !== "leased" || !isHolder(address, command)) return accept();
  const untilMs = command.nowMs + command.quarantineSeconds * 1000;
  return accept({ type: "AddressDeclined", data: { ...freed(address), status: "declined", untilMs } });
}
