import { z } from "zod";
import { registerMachine } from "../../../domain/machine/register.ts";
import { StationAddress } from "../../../domain/values/mac-address.ts";
import { MachineId } from "../../../domain/values/machine-id.ts";
import { MachineName } from "../../../domain/values/slug.ts";
import { LabelEntries, optional, ParamEntries } from "./fields.ts";
import { macsMax } from "./import/row.ts";
import { mutation } from "./mutation.ts";
import { outcomeOf, refused } from "./request.ts";
import { type FieldNames, userError } from "./user-errors.ts";

const Announced = z.object({
  macs: z.array(StationAddress).min(1).max(macsMax),
  name: optional(MachineName),
  labels: LabelEntries,
  params: ParamEntries,
});

const fieldNames: FieldNames = {
  LABELS_TOO_MANY: "labels",
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
      if (result.outcome === "rejected") return refused(request, [userError(result.rejection, fieldNames)]);
      return { ...outcomeOf(request, result), machineId: result.machineId };
    },
  ),
};
