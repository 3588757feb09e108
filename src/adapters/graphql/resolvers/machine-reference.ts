import type { MachineSnapshot } from "../../../domain/machine/snapshot.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import { MachineId } from "../../../domain/values/machine-id.ts";
import { MachineName } from "../../../domain/values/slug.ts";
import type { QueryMachineArgs } from "../__generated__/resolvers.ts";
import { batched } from "../batch.ts";
import type { GraphqlContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { MachineModel } from "../models.ts";
import { nodeName } from "../node-id.ts";

/** Which machine: one of the fields is set. */
export type MachineReference =
  | { readonly id: string }
  | { readonly name: string }
  | { readonly mac: MacAddress };

/** A machine as it is now. */
export function present(snapshot: MachineSnapshot): MachineModel {
  return { snapshot, past: undefined };
}

/** The machine that an `id` of the API, or a bare UUID, names; `undefined` when it is neither. */
export function machineIdOf(id: string): MachineId | undefined {
  return MachineId.safeParse(nodeName("Machine", id).toLowerCase()).data;
}

/** A machine by its id, as it is now; each that a page names is read once. */
export const machineById = batched((ids: readonly MachineId[], { views }) => {
  const found = ids.flatMap((id) => views.machines.find(id) ?? []);
  return new Map(found.map((snapshot) => [snapshot.id, present(snapshot)]));
});

/** @throws GraphQLError `INPUT_INVALID` unless exactly one way of naming a machine is used */
export function referenceOf({ id, name, mac }: QueryMachineArgs): MachineReference {
  const given = [id && { id }, name && { name }, mac && { mac }].filter((reference) => !!reference);
  const [reference, second] = given;
  if (!reference || second) throw apiError("INPUT_INVALID", "give exactly one of id, name and mac");
  return reference;
}

/** The machine that is meant, as it is now; `undefined` when there is none. */
export function findNow(reference: MachineReference, { views }: GraphqlContext): MachineSnapshot | undefined {
  if ("mac" in reference) return views.machines.findByMac(reference.mac);
  if ("name" in reference) {
    const name = MachineName.safeParse(reference.name).data;
    return name && views.machines.findByName(name);
  }
  const id = machineIdOf(reference.id);
  return id && views.machines.find(id);
}
