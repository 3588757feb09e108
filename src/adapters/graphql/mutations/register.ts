import { z } from "zod";
import { registerMachine } from "../../../domain/machine/register.ts";
import { MachineId } from "../../../domain/values/machine-id.ts";
import { MachineName } from "../../../domain/values/slug.ts";
import { LabelEntries, Macs, optional, ParamEntries } from "./fields.ts";
import { mutation } from "./mutation.ts";
import { outcomeOf } from "./request.ts";
import type { FieldNames } from "./user-errors.ts";

const Announced = z.object({
  macs: Macs,
  name: optional(MachineName),
  labels: LabelEntries,
  params: ParamEntries,
});

const fieldNames: FieldNames = {
  LABELS_TOO_MANY: "labels",
  // The key stands for a machine that is gone by now, and was used too long ago to be recognised.
  MACHINE_RETIRED: "idempotencyKey",
  PARAMS_TOO_LARGE: "params",
  PARAM_LOOKS_SECRET: "params",
};

export const registerMutations = {
  registerMachine: mutation(
    { name: "registerMachine", scope: "machines:edit", input: Announced },
    async ({ value, request, context }) => {
      const { meta, repeatable } = request.context;
      // A repeated request means the same machine.
      const id = repeatable ? context.deriveId(meta.$causationId, "machine") : context.newId();
      const registration = { ...value, newMachineId: MachineId.parse(id) };
      const result = await registerMachine(context.commands, registration, request.context);
      const outcome = outcomeOf(request, result, fieldNames);
      return result.outcome === "accepted" ? { ...outcome, machineId: result.machineId } : outcome;
    },
  ),
};
