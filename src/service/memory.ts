import type { DhcpService } from "../boot/dhcp/service.ts";
import { addressCodec } from "../domain/address/events.ts";
import type { Network } from "../domain/network/state.ts";
import type { EventFilter } from "../domain/ports/event-store.ts";
import type { BootRowsPiece } from "../projections/boot-memory-file.ts";
import { type BootTargets, bootTargetsFilter, createBootTargets } from "../projections/boot-targets.ts";
import { type ClockGuard, createClockGuard } from "./clock-guard.ts";

/** What the packet path knows of the log without asking it. */
export interface Memory {
  readonly targets: BootTargets;
  readonly clockGuard: ClockGuard;
}

/** Everything that is kept in memory: machines, subnets, the fence, the clock, and leases. */
export const memoryFilter: EventFilter = {
  categories: [...(bootTargetsFilter.categories ?? []), "address"],
  types: [...(bootTargetsFilter.types ?? []), ...addressCodec.definitions.map(({ type }) => type)],
};

export interface MemoryOptions {
  readonly clock: () => Date;
  /** Milliseconds since some moment, never set by anybody. */
  readonly steadyMs: () => number;
}

export function createMemory({ clock, steadyMs }: MemoryOptions): Memory {
  const targets = createBootTargets();
  const longestLeaseMs = () => longestLeaseOf(targets.network());
  return { targets, clockGuard: createClockGuard({ clock, steadyMs, longestLeaseMs }) };
}

/** The longest lease that any subnet or client class grants, milliseconds; 0 without any. */
export function longestLeaseOf({ subnets, classes }: Network): number {
  const seconds = [...subnets.values(), ...classes.values()].map(({ leaseSeconds }) => leaseSeconds ?? 0);
  return 1000 * Math.max(0, ...seconds);
}

/** Where kept rows go. */
export interface Restored {
  readonly targets: BootTargets;
  readonly leases: Pick<DhcpService, "restore">;
}

/** Takes rows of the view that keeps machines, claims and addresses. */
export function restorePiece(piece: BootRowsPiece, { targets, leases }: Restored): void {
  if ("machines" in piece) {
    for (const machine of piece.machines) targets.restoreMachine(machine);
  } else if ("holders" in piece) {
    for (const [machineId, claims] of piece.holders) targets.restoreClaims(machineId, claims);
  } else {
    for (const [address, revision, binding] of piece.addresses)
      leases.restore(address, { revision, binding });
  }
}
