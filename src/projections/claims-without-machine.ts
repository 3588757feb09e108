import type { MachineId } from "../domain/values/machine-id.ts";

/** A claim of a machine that is not there to make use of it. */
export interface OrphanedClaim {
  readonly machineId: MachineId;
  /** Of the claim: `mac-<mac>` or `name-<name>`. */
  readonly stream: string;
}

/** A claim comes before its machine. These are those that still wait for theirs. */
interface ClaimsWithoutMachine {
  /** `sinceMs`: milliseconds UTC. */
  add(claim: OrphanedClaim, sinceMs: number): void;
  delete(stream: string): void;
  /** The machine is there now. */
  cameAbout(machineId: MachineId): void;
  /** Those that waited already at that time, milliseconds UTC. */
  waitingSince(beforeMs: number): readonly OrphanedClaim[];
}

export function claimsWithoutMachine(): ClaimsWithoutMachine {
  const waiting = new Map<string, { readonly claim: OrphanedClaim; readonly sinceMs: number }>();
  return {
    add: (claim, sinceMs) => waiting.set(claim.stream, { claim, sinceMs }),
    delete: (stream) => waiting.delete(stream),
    cameAbout(machineId) {
      for (const [stream, { claim }] of waiting) if (claim.machineId === machineId) waiting.delete(stream);
    },
    waitingSince: (beforeMs) =>
      [...waiting.values()].filter(({ sinceMs }) => sinceMs < beforeMs).map(({ claim }) => claim),
  };
}
