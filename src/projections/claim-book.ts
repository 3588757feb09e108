import { claimCodec } from "../domain/claim/events.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import { trustedReader } from "./view.ts";

/** Which machine holds which claim, by the claims' own streams: `mac-<mac>` and `name-<name>`. */
export interface ClaimBook {
  /** Takes the next event of a claim. */
  apply(event: RecordedEvent): void;
  /** `undefined`: the claim is free. */
  holderOf(stream: string): MachineId | undefined;
  /** Streams of the claims that the machine holds. */
  heldBy(machineId: MachineId): readonly string[];
}

const read = trustedReader(claimCodec);

export function claimBook(): ClaimBook {
  const holders = new Map<string, MachineId>();
  const held = new Map<MachineId, Set<string>>();

  function hold(stream: string, machineId: MachineId): void {
    holders.set(stream, machineId);
    const streams = held.get(machineId) ?? new Set();
    held.set(machineId, streams.add(stream));
  }

  function free(stream: string, machineId: MachineId): void {
    holders.delete(stream);
    const streams = held.get(machineId);
    streams?.delete(stream);
    if (streams?.size === 0) held.delete(machineId);
  }

  return {
    holderOf: (stream) => holders.get(stream),
    heldBy: (machineId) => [...(held.get(machineId) ?? [])],
    apply(recorded) {
      const event = read(recorded);
      if (event?.type === "Claimed") hold(recorded.stream, event.data.machineId);
      if (event?.type === "Released") free(recorded.stream, event.data.machineId);
    },
  };
}
