import type { MachineEvent } from "../domain/machine/events.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";

/** The interfaces that an event gives to its machine. */
export function macsIn(event: MachineEvent): readonly MacAddress[] {
  switch (event.type) {
    case "MachineRegistered":
      return event.data.macs;
    case "MachineDiscovered":
    case "InterfaceAdded":
      return [event.data.mac];
    default:
      return [];
  }
}
