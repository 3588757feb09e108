import { isHolder } from "../../domain/address/lease.ts";
import type { BoundAddress } from "../../domain/address/state.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import { createWindowCount } from "../window-count.ts";
import type { NetworkClient } from "./leases/allocator.ts";
import { circuitOf } from "./message-limit.ts";
import type { DhcpRequest } from "./request.ts";

export interface ChangeLimitOptions {
  /**
   * Most events that one client causes in an hour by asking for leases, over and above renewals that were due.
   * Machines that share a client id, and one that changes its own, would otherwise fill the log. (Default: 60)
   */
  readonly changesPerHour?: number;
  /**
   * Most addresses of one subnet that clients get in an hour which are of no machine and had none before. Whoever makes
   * up MAC addresses would otherwise fill the log as fast as leases end. (Default: as many as the subnet's ranges have,
   * at least 256)
   */
  readonly newcomersPerHour?: number;
  /**
   * The same for one port of a relay (option 82). Many relays call a whole hall one port: a router by its interface, a
   * switch by its uplink. Where ports are machines', less is enough. (Default: 16,384)
   */
  readonly newcomersPerCircuitPerHour?: number;
}

/** Bounds what clients can make the log grow by. */
export interface ChangeLimit {
  /** Whether the client may have its lease changed once more. */
  admitsChange(client: NetworkClient, nowMs: number): boolean;
  countChange(client: NetworkClient, nowMs: number): void;
  /** Whether the subnet, and the port that the client is behind, may have one more new client. */
  admitsNewcomer(newcomer: Newcomer, nowMs: number): boolean;
  countNewcomer(newcomer: Newcomer, nowMs: number): void;
}

export interface Newcomer {
  readonly request: DhcpRequest;
  readonly subnet: Subnet;
}

const hourMs = 3_600_000;

/** What a pool that is smaller still takes. */
const newcomersMin = 256;

/** The part of a lease after which a renewal is due, whatever the subnet's threshold: it bounds itself. */
const duePart = 0.25;

/** `sizeOf`: addresses in the subnet's ranges. */
export function createChangeLimit(
  sizeOf: (subnet: Subnet) => number,
  options: ChangeLimitOptions,
): ChangeLimit {
  const { changesPerHour = 60, newcomersPerHour, newcomersPerCircuitPerHour = 16_384 } = options;
  const changes = createWindowCount<string>({ windowMs: hourMs, keysMax: 50_000 });
  const newcomers = createWindowCount<string>({ windowMs: hourMs, keysMax: 1_000 });
  const circuitNewcomers = createWindowCount<string>({ windowMs: hourMs, keysMax: 20_000 });
  const newcomersOf = (subnet: Subnet) => newcomersPerHour ?? Math.max(newcomersMin, sizeOf(subnet));

  return {
    // By interface and by client id: neither many ids of one interface nor many interfaces with one id get further.
    admitsChange: (client, nowMs) =>
      changes.get(client.mac, nowMs) < changesPerHour &&
      (!hasOwnId(client) || changes.get(client.identity, nowMs) < changesPerHour),
    countChange(client, nowMs) {
      changes.add(client.mac, nowMs);
      if (hasOwnId(client)) changes.add(client.identity, nowMs);
    },

    admitsNewcomer({ request, subnet }, nowMs) {
      if (newcomers.get(subnet.name, nowMs) >= newcomersOf(subnet)) return false;
      const circuit = circuitOf(request);
      return !circuit || circuitNewcomers.get(circuit, nowMs) < newcomersPerCircuitPerHour;
    },
    countNewcomer({ request, subnet }, nowMs) {
      newcomers.add(subnet.name, nowMs);
      const circuit = circuitOf(request);
      if (circuit) circuitNewcomers.add(circuit, nowMs);
    },
  };
}

/** Whether its identity says more than its interface does. */
function hasOwnId({ identity }: NetworkClient): boolean {
  return identity.startsWith("id:");
}

/** Whether so much of the client's lease is over that moving its end is no client's whim. */
export function isRenewalDue(
  binding: BoundAddress | undefined,
  client: NetworkClient,
  { cacheThreshold, nowMs }: { readonly cacheThreshold: number; readonly nowMs: number },
): boolean {
  if (binding?.status !== "leased" || !isHolder(binding, client)) return false;
  const leaseMs = binding.leaseSeconds * 1000;
  const elapsedMs = nowMs - (binding.untilMs - leaseMs);
  return elapsedMs >= leaseMs * Math.max(cacheThreshold, duePart);
}
