import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import type { MacAddress } from "../values/mac-address.ts";
import { MachineId } from "../values/machine-id.ts";
import type { MachineName } from "../values/slug.ts";

/** What the stream is named after belongs to this machine, and to no other until it is released. */
export const Claimed = defineEvent("Claimed", { machineId: MachineId });

/** What the stream is named after is free for any machine. */
export const Released = defineEvent("Released", { machineId: MachineId });

/** Another machine reported this MAC address as its own. The claim stays where it is; an operator decides. */
export const ClaimDisputed = defineEvent("ClaimDisputed", { machineId: MachineId, claimant: MachineId });

const claimEvents = [Claimed, Released, ClaimDisputed] as const;
export type ClaimEvent = EventOf<(typeof claimEvents)[number]>;
export const claimCodec = eventCodec(claimEvents);

/** Uniqueness without a lock: one stream per MAC address, and only one append can be its next. */
export function macClaimStream(mac: MacAddress): string {
  return `mac-${mac}`;
}

export function nameClaimStream(name: MachineName): string {
  return `name-${name}`;
}
