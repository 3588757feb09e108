import { addressCodec, addressOf } from "../../../domain/address/events.ts";
import { leaseGraceMs } from "../../../domain/address/lease.ts";
import { type BoundAddress, boundAddress } from "../../../domain/address/state.ts";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { type LeaseIdentity, leaseIdentity } from "../../../domain/values/client-id.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import type { SubnetName } from "../../../domain/values/slug.ts";
import { createDueQueue } from "./due-queue.ts";

/** What the log says about an address, and how far it was read. */
export interface LeaseEntry {
  readonly binding: BoundAddress;
  /** Of the newest event in the address's stream. */
  readonly revision: number;
}

/** Every address that the log knows, in memory: the packet path reads nothing else. */
export interface LeaseTable {
  /** Takes an event of the log. Events of other streams, and ones that are known already, change nothing. */
  apply(event: RecordedEvent): void;
  /** As `apply`, for an event that this process has just appended. */
  record(address: Ipv4, entry: LeaseEntry): void;
  /** `undefined`: nothing was ever recorded of the address. */
  get(address: Ipv4): LeaseEntry | undefined;
  /** The address that the client has in the subnet, or had last. */
  addressOf(subnet: SubnetName, identity: LeaseIdentity): Ipv4 | undefined;
  /** The address that is set aside for the interface in the subnet. */
  reservedFor(subnet: SubnetName, mac: MacAddress): Ipv4 | undefined;
  /** The interface that holds the address's lease now; `undefined`: none. */
  macAt(address: Ipv4): MacAddress | undefined;
  /** Takes out an address whose lease lapsed or whose quarantine passed; `undefined` when there is none. */
  takeDue(nowMs: number): Ipv4 | undefined;
  /** Puts back what `takeDue` gave, to be given again at `dueMs`. */
  putOff(address: Ipv4, dueMs: number): void;
  /** Addresses of a subnet that the log knows and nobody holds, those that changed the longest ago first. */
  unleasedIn(subnet: SubnetName): readonly Ipv4[];
}

/** `freed` hears of each address that nobody holds any more. */
export function createLeaseTable(freed: (address: Ipv4, subnet: SubnetName) => void): LeaseTable {
  /** In the order in which the addresses last changed, which `unleasedIn` relies on. */
  const entries = new Map<Ipv4, LeaseEntry>();
  const byIdentity = new Map<string, Ipv4>();
  const byReservation = new Map<string, Ipv4>();
  const due = createDueQueue<Ipv4>();

  function record(address: Ipv4, entry: LeaseEntry): void {
    const before = entries.get(address);
    if (before && before.revision >= entry.revision) return;
    entries.delete(address);
    entries.set(address, entry);
    if (before) unlink(address, before.binding);
    link(address, entry.binding);
    const dueMs = dueMsOf(entry.binding);
    if (dueMs === undefined) due.delete(address);
    else due.set(address, dueMs);
    if (entry.binding.status === "free") freed(address, entry.binding.subnet);
  }

  function unlink(address: Ipv4, { subnet, reservedFor, holder }: BoundAddress): void {
    if (holder) forget(byIdentity, clientKey(subnet, leaseIdentity(holder.mac, holder.clientId)), address);
    if (reservedFor) forget(byReservation, clientKey(subnet, reservedFor), address);
  }

  function link(address: Ipv4, { subnet, status, reservedFor, holder }: BoundAddress): void {
    if (reservedFor) byReservation.set(clientKey(subnet, reservedFor), address);
    // Whoever declined an address shall not be offered it again.
    if (!holder || status === "declined") return;
    const client = clientKey(subnet, leaseIdentity(holder.mac, holder.clientId));
    if (status === "leased" || !byIdentity.has(client)) byIdentity.set(client, address);
  }

  return {
    record,
    apply(event) {
      if (!event.stream.startsWith("address-")) return;
      const { data } = addressCodec.read(event);
      record(addressOf(event.stream), { binding: boundAddress(data), revision: event.revision });
    },

    get: (address) => entries.get(address),
    addressOf: (subnet, identity) => byIdentity.get(clientKey(subnet, identity)),
    reservedFor: (subnet, mac) => byReservation.get(clientKey(subnet, mac)),

    macAt(address) {
      const binding = entries.get(address)?.binding;
      return binding?.status === "leased" ? binding.holder.mac : undefined;
    },

    takeDue: (nowMs) => due.take(nowMs),
    putOff: (address, dueMs) => due.set(address, dueMs),

    unleasedIn(subnet) {
      const unleased = [...entries].filter(
        ([, { binding }]) => binding.subnet === subnet && binding.status !== "leased",
      );
      return unleased.map(([address]) => address);
    },
  };
}

/** A client within a subnet, as one key. */
export function clientKey(subnet: SubnetName, client: LeaseIdentity | MacAddress): string {
  return `${subnet} ${client}`;
}

/** When somebody else may have the address without its being given back; `undefined`: that is not for time to say. */
function dueMsOf(binding: BoundAddress): number | undefined {
  switch (binding.status) {
    case "free":
      return undefined;
    case "leased":
      return binding.untilMs + leaseGraceMs;
    case "declined":
      return binding.untilMs;
  }
}

function forget(index: Map<string, Ipv4>, key: string, address: Ipv4): void {
  if (index.get(key) === address) index.delete(key);
}
