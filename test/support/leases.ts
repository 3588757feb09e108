import type { Binding } from "../../src/domain/address/binding.ts";
import type { AddressCommand } from "../../src/domain/address/commands.ts";
import type { AddressEvent } from "../../src/domain/address/events.ts";
import { ClientId } from "../../src/domain/values/client-id.ts";
import { keyOfMac } from "../../src/domain/values/reservation-key.ts";
import { mac, nowMs, otherMac, samples, subnet } from "./samples.ts";

/** The machine of the samples asks for the address of the samples. */
export const ask = {
  type: "GrantLease",
  subnet: subnet.name,
  holder: { mac, clientId: null, hostname: "node-1" },
  keys: [keyOfMac(mac)],
  relay: null,
  leaseSeconds: 3600,
  cacheThreshold: 0.25,
  nowMs,
} satisfies AddressCommand;

/** The lease of the samples begins at `nowMs` and lasts an hour. */
export const endMs = nowMs + 3_600_000;

/** A client id that is not made of a MAC address. */
export const clientId = ClientId.parse("ff00000001000100");
export const stranger = { mac: otherMac, clientId: null, hostname: null };

/** The binding of an address that was leased and is free again. */
export const free = samples.LeaseReleased.data;

export function addressEvent(type: AddressEvent["type"], binding: Binding): AddressEvent {
  return { type, data: binding };
}

/** The lease of the samples as it is when it begins at `atMs`, but for `change`. */
export function leasedAt(atMs: number, change: Partial<Binding> = {}): Binding {
  return { ...samples.LeaseGranted.data, untilMs: atMs + 3_600_000, ...change };
}
