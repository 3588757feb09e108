import type { MachineId } from "../domain/values/machine-id.ts";

/** Which machine holds which claim, by the claims' own streams: `mac-<mac>` and `name-<name>`. */
export interface ClaimBook {
  hold(stream: string, machineId: MachineId): void;
  /** As `hold` of each, for a machine that holds nothing yet. */
  holdAll(streams: readonly string[], machineId: MachineId): void;
  free(stream: string, machineId: MachineId): void;
  /** `undefined`: the claim is free. */
  holderOf(stream: string): MachineId | undefined;
  /** Streams of the claims that the machine holds. */
  heldBy(machineId: MachineId): readonly string[];
}

export function claimBook(): ClaimBook {
  const holders = new Map<string, MachineId>();
  /** Lists, because a machine holds a handful, and a set takes several times their memory. */
  const held = new Map<MachineId, readonly string[]>();
  const heldBy = (machineId: MachineId) => held.get(machineId) ?? [];

  return {
    heldBy,
    holderOf: (stream) => holders.get(stream),
    hold(stream, machineId) {
      holders.set(stream, machineId);
      held.set(machineId, [...heldBy(machineId), stream]);
    },
    holdAll(streams, machineId) {
      for (const stream of streams) holders.set(stream, machineId);
      held.set(machineId, streams);
    },
    free(stream, machineId) {
      holders.delete(stream);
      const others = heldBy(machineId).filter((each) => each !== stream);
      if (others.length > 0) held.set(machineId, others);
      else held.delete(machineId);
    },
  };
}
