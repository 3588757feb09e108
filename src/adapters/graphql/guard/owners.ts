import type { Position } from "../../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { Labels } from "../../../domain/values/label.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import type { MachineId } from "../../../domain/values/machine-id.ts";
import type { ReadModels } from "../read-models.ts";

type MaybeMachine = string | null | undefined;

/** Tells whose something is, as the views show it now. */
export interface Owners {
  /** `undefined`: there is no such machine. */
  labelsOf(machineId: MachineId): Labels | undefined;
  ofInterface(mac: MacAddress | null): MaybeMachine;
  ofAddress(address: Ipv4): MaybeMachine;
  /** The machine that the event at a place of the log belongs to; `undefined`: to none, or the views lag behind. */
  ofEvent(position: Position): MaybeMachine;
}

export function ownersIn({ machines, lists, leases, events }: ReadModels): Owners {
  const ofInterface = (mac: MacAddress | null) => mac && lists.interfaces.find(mac)?.machineId;
  return {
    labelsOf: (id) => machines.find(id)?.labels,
    ofInterface,
    ofAddress: (address) => ofInterface(leases.find(address)?.mac ?? null),
    ofEvent: (position) => events.machineAt(position),
  };
}
