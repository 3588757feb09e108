import { claimDecider, claimKind } from "../../domain/claim/decide.ts";
import { macClaimStream } from "../../domain/claim/events.ts";
import { machineKind } from "../../domain/machine/decide.ts";
import type { EventReader, Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import { type MachineId, machineStream } from "../../domain/values/machine-id.ts";
import type { MachineAtBoot } from "./boot-decision.ts";

export interface MachineLookup {
  /** The machine that holds the MAC address; `undefined` when nobody does. */
  byMac(mac: MacAddress): Promise<MachineAtBoot | undefined>;
  byId(machineId: MachineId): Promise<MachineAtBoot>;
}

/**
 * Machines as their streams say, not as a view that may lag: what is decided here goes to a machine at once.
 *
 * `epochStart`: the position of the newest EffectsEpochStarted; `undefined` when there is none.
 */
export function machineLookup(
  reader: Pick<EventReader, "readStream">,
  epochStart: () => Position | undefined,
): MachineLookup {
  async function byId(machineId: MachineId): Promise<MachineAtBoot> {
    const recorded = await reader.readStream(machineStream(machineId));
    const { decider, codec } = machineKind;
    const machine = recorded.map(codec.read).reduce(decider.evolve, decider.initial);
    return { machineId, machine, intentIsOfThisEpoch: isAfter(intentOf(recorded), epochStart()) };
  }

  return {
    byId,
    async byMac(mac) {
      const recorded = await reader.readStream(macClaimStream(mac));
      const claim = recorded.map(claimKind.codec.read).reduce(claimDecider.evolve, claimDecider.initial);
      return claim.status === "held" ? byId(claim.by) : undefined;
    },
  };
}

/** Of the newest intent: a machine has one at a time. */
function intentOf(recorded: readonly RecordedEvent[]): Position | undefined {
  return recorded.findLast(({ type }) => type === "BootIntentSet" || type === "DiscoveryIntentSet")?.position;
}

/** Positions of one incarnation of the log order as text. */
function isAfter(intent: Position | undefined, epochStart: Position | undefined): boolean {
  return intent !== undefined && (epochStart === undefined || intent > epochStart);
}
