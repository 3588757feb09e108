import { categoryOf } from "../../../domain/values/category.ts";
import { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { Labels } from "../../../domain/values/label.ts";
import { MacAddress } from "../../../domain/values/mac-address.ts";
import type { MachineId } from "../../../domain/values/machine-id.ts";
import { MachineName } from "../../../domain/values/slug.ts";
import type { ReadModels } from "../read-models.ts";

type MaybeMachine = string | null | undefined;

/** Tells whose something is, as the views show it now. */
export interface Owners {
  /** `undefined`: there is no such machine. */
  labelsOf(machineId: MachineId): Labels | undefined;
  ofInterface(mac: MacAddress | null): MaybeMachine;
  ofAddress(address: Ipv4): MaybeMachine;
  /** The machine that a stream belongs to; `undefined`: to none, or to none any more. */
  ofStream(stream: string): MaybeMachine;
}

export function ownersIn({ machines, lists, leases }: ReadModels): Owners {
  const ofInterface = (mac: MacAddress | null) => mac && lists.interfaces.find(mac)?.machineId;
  const ofAddress = (address: Ipv4) => ofInterface(leases.find(address)?.mac ?? null);
  const found = <Name>(name: Name | undefined, find: (name: Name) => MaybeMachine) =>
    name === undefined ? undefined : find(name);

  return {
    labelsOf: (id) => machines.find(id)?.labels,
    ofInterface,
    ofAddress,
    ofStream(stream) {
      const category = categoryOf(stream);
      const name = stream.slice(category.length + 1);
      switch (category) {
        case "machine":
          return name;
        case "mac":
        case "boot":
          return found(MacAddress.safeParse(name).data, ofInterface);
        case "address":
          return found(Ipv4.safeParse(name).data, ofAddress);
        case "name":
          return found(MachineName.safeParse(name).data, (known) => machines.findByName(known)?.id);
        default:
          return undefined;
      }
    },
  };
}
