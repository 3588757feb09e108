import { addressCodec, addressOf } from "../../../domain/address/events.ts";
import { leaseGraceMs } from "../../../domain/address/lease.ts";
import { type BoundAddress, boundAddress } from "../../../domain/address/state.ts";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import type { LeaseIdentity } from "../../../domain/values/client-id.ts";
import { cidrBounds, type Ipv4, type Ipv4Cidr, ipv4Number } from "../../../domain/values/ipv4.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import type { ReservationKey } from "../../../domain/values/reservation-key.ts";
import type { WireKey } from "../subnets.ts";
import { type ClientIndex, createClientIndex } from "./client-index.ts";
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
  /** Addresses are of other subnets than before. Who has which is found out anew when it is asked for next. */
  subnetsChanged(): void;
  /** As `apply`, for an event that this process has just appended, or for what was kept of one elsewhere. */
  record(address: Ipv4, entry: LeaseEntry): void;
  /** `undefined`: nothing was ever recorded of the address. */
  get(address: Ipv4): LeaseEntry | undefined;
  /** The address that the client has on the wire, or had last. */
  addressOf(wire: WireKey, identity: LeaseIdentity): Ipv4 | undefined;
  /** The address that is set aside for the strongest of the client's keys on the wire. `keys`: strongest first. */
  reservedFor(wire: WireKey, keys: readonly ReservationKey[]): Ipv4 | undefined;
  /** The interface that holds the address's lease now; `undefined`: none. */
  macAt(address: Ipv4): MacAddress | undefined;
  /** Takes out an address whose lease lapsed or whose quarantine passed; `undefined` when there is none. */
  takeDue(nowMs: number): Ipv4 | undefined;
  /** Puts back what `takeDue` gave, to be given again at `dueMs`. */
  putOff(address: Ipv4, dueMs: number): void;
  /** Addresses of a network that the log knows and nobody holds, those that changed the longest ago first. */
  unleasedIn(cidr: Ipv4Cidr): readonly Ipv4[];
}

export interface LeaseTableOptions {
  /** The wire that the address is of now; `undefined`: none that is served. */
  readonly wireOf: (address: Ipv4) => WireKey | undefined;
  /** Hears of each address that nobody holds any more. */
  readonly freed: (address: Ipv4) => void;
}

export function createLeaseTable({ wireOf, freed }: LeaseTableOptions): LeaseTable {
  /** In the order in which the addresses last changed, which `unleasedIn` relies on. */
  const entries = new Map<Ipv4, LeaseEntry>();
  const clients = createClientIndex(wireOf);
  const due = createDueQueue<Ipv4>();
  /** Whether `clients` holds what is in `entries`. It is filled when somebody asks: the log is read before that. */
  let isIndexed = false;

  function record(address: Ipv4, entry: LeaseEntry): void {
    const before = entries.get(address);
    if (before && before.revision >= entry.revision) return;
    if (before) entries.delete(address);
    entries.set(address, entry);
    if (isIndexed) {
      if (before) clients.unlink(address, before.binding);
      clients.link(address, entry.binding);
    }
    const dueMs = dueMsOf(entry.binding);
    if (dueMs === undefined) due.delete(address);
    else due.set(address, dueMs);
    if (entry.binding.status === "free") freed(address);
  }

  function indexed(): ClientIndex {
    if (isIndexed) return clients;
    clients.clear();
    for (const [address, { binding }] of entries) clients.link(address, binding);
    isIndexed = true;
    return clients;
  }

  return {
    record,
    apply(event) {
      if (!event.stream.startsWith("address-")) return;
      const { data } = addressCodec.read(event);
      record(addressOf(event.stream), { binding: boundAddress(data), revision: event.revision });
    },

    get: (address) => entries.get(address),

    subnetsChanged() {
      isIndexed = false;
    },

    addressOf: (wire, identity) => indexed().addressOf(wire, identity),
    reservedFor: (wire, keys) => indexed().reservedFor(wire, keys),

    macAt(address) {
      const binding = entries.get(address)?.binding;
      return binding?.status === "leased" ? binding.holder.mac : undefined;
    },

    takeDue: (nowMs) => due.take(nowMs),
    putOff: (address, dueMs) => due.set(address, dueMs),

    unleasedIn(cidr) {
      const { first, last } = cidrBounds(cidr);
      const isInside = (number: number) => first <= number && number <= last;
      const unleased = [...entries].filter(
        ([address, { binding }]) => binding.status !== "leased" && isInside(ipv4Number(address)),
      );
      return unleased.map(([address]) => address);
    },
  };
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
