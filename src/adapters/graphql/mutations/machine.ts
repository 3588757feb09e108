import type { CommandResult } from "../../../domain/handle-command.ts";
import { approveMachine } from "../../../domain/machine/approve.ts";
import { retireMachine } from "../../../domain/machine/retire.ts";
import type { Machine } from "../../../domain/machine/state.ts";
import { type MachineId, machineStream } from "../../../domain/values/machine-id.ts";
import { MachineName } from "../../../domain/values/slug.ts";
import type {
  MachinePayloadResolvers,
  MutationResolvers,
  UserErrorCode,
} from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { MachineOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { machineIdOf, present } from "../resolvers/machine-reference.ts";
import { type Controls, outcomeOf, parseField, type Request, refused, requestOf } from "./request.ts";
import { invalidInput } from "./user-errors.ts";

interface MachineInput extends Controls {
  readonly machineId: string;
}

export const machineMutations: Pick<
  MutationResolvers,
  "approveMachine" | "lockMachine" | "unlockMachine" | "retireMachine"
> = {
  async approveMachine(_root, { input }, context) {
    const request = requestOf("approveMachine", input, context);
    const name = parseField("name", MachineName.optional(), input.name ?? undefined);
    if (!("value" in name)) return { ...refused(request, name.problems), machineId: undefined };
    return onMachine(request, input, (machineId) =>
      approveMachine(context.commands, { machineId, name: name.value }, request.context),
    );
  },

  lockMachine(_root, { input }, context) {
    const request = requestOf("lockMachine", input, context);
    return onMachine(request, input, (id) =>
      context.commands.handleMachine(machineStream(id), { type: "LockMachine" }, request.context),
    );
  },

  unlockMachine(_root, { input }, context) {
    const request = requestOf("unlockMachine", input, context);
    return onMachine(request, input, (id) =>
      context.commands.handleMachine(machineStream(id), { type: "UnlockMachine" }, request.context),
    );
  },

  async retireMachine(_root, { input }, context) {
    const request = requestOf("retireMachine", input, context);
    return onMachine(request, input, (id) => retireMachine(context.commands, id, request.context));
  },
};

export const MachinePayload: Pick<MachinePayloadResolvers, "machine"> = {
  machine: (outcome, _args, context) => machineOf(outcome, context),
};

/** The machine after the change, from a view that shows it. */
export async function machineOf({ machineId, position }: MachineOutcome, context: GraphqlContext) {
  if (!machineId) return null;
  await shown(context, position);
  const snapshot = context.views.machines.find(machineId);
  return snapshot ? present(snapshot) : null;
}

/** Checks the fields that all machine mutations share, then sends the command. */
async function onMachine(
  request: Request,
  input: MachineInput,
  send: (id: MachineId) => Promise<CommandResult<Machine, UserErrorCode>>,
): Promise<MachineOutcome> {
  const machineId = machineIdOf(input.machineId);
  const problems = [...request.problems, ...machineIdProblems(machineId, input)];
  if (!machineId || problems.length > 0) return { ...refused(request, problems), machineId: undefined };
  const result = await send(machineId);
  const accepted = result.outcome === "accepted";
  return { ...outcomeOf(request, result), machineId: accepted ? machineId : undefined };
}

export function machineIdProblems(id: MachineId | undefined, { machineId }: MachineInput) {
  if (id) return [];
  return [invalidInput("machineId", `"${machineId.slice(0, 64)}" is no id of a machine: take Machine.id`)];
}
