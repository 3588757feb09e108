import { z } from "zod";
import type { CommandContext, CommandResult } from "../../../domain/handle-command.ts";
import { approveMachine } from "../../../domain/machine/approve.ts";
import type { MachineCommand } from "../../../domain/machine/commands.ts";
import { renameMachine } from "../../../domain/machine/rename.ts";
import { retireMachine } from "../../../domain/machine/retire.ts";
import type { Machine } from "../../../domain/machine/state.ts";
import { type MachineId, machineStream } from "../../../domain/values/machine-id.ts";
import { MachineName } from "../../../domain/values/slug.ts";
import type { MachinePayloadResolvers, UserErrorCode } from "../__generated__/resolvers.ts";
import type { Commands } from "../commands.ts";
import type { GraphqlContext } from "../context.ts";
import type { MachineOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { present } from "../resolvers/machine-reference.ts";
import {
  DhcpOptions,
  labelChange,
  MachineReference,
  optional,
  paramChange,
  QuarantineMessage,
} from "./fields.ts";
import { type MutationKind, mutation } from "./mutation.ts";
import { outcomeOf } from "./request.ts";

const machineId = MachineReference;

/** Mutations that are one command to one machine, apart from the claims that go with it. */
export const machineMutations = {
  approveMachine: onMachine(
    {
      name: "approveMachine",
      scope: "machines:approve",
      input: z.object({ machineId, name: optional(MachineName) }),
    },
    approveMachine,
  ),
  renameMachine: onMachine(
    { name: "renameMachine", scope: "machines:edit", input: z.object({ machineId, name: MachineName }) },
    renameMachine,
  ),
  labelMachine: onMachine(
    { name: "labelMachine", scope: "machines:edit", input: z.object({ machineId, ...labelChange }) },
    command(({ set, remove }) => ({ type: "LabelMachine", set, remove })),
  ),
  setMachineParams: onMachine(
    { name: "setMachineParams", scope: "machines:edit", input: z.object({ machineId, ...paramChange }) },
    command(({ set, remove }) => ({ type: "SetMachineParams", set, remove })),
  ),
  setMachineDhcpOptions: onMachine(
    {
      name: "setMachineDhcpOptions",
      scope: "machines:edit",
      input: z.object({ machineId, options: DhcpOptions }),
    },
    command(({ options }) => ({ type: "ChangeDhcpOptions", options })),
  ),
  lockMachine: onMachine(
    { name: "lockMachine", scope: "machines:approve", input: z.object({ machineId }) },
    command(() => ({ type: "LockMachine" })),
  ),
  unlockMachine: onMachine(
    { name: "unlockMachine", scope: "machines:approve", input: z.object({ machineId }) },
    command(() => ({ type: "UnlockMachine" })),
  ),
  quarantineMachine: onMachine(
    {
      name: "quarantineMachine",
      scope: "machines:approve",
      input: z.object({ machineId, message: QuarantineMessage }),
    },
    command(({ message }) => ({ type: "QuarantineMachine", message })),
  ),
  releaseMachine: onMachine(
    { name: "releaseMachine", scope: "machines:deploy", input: z.object({ machineId }) },
    command(() => ({ type: "ReleaseMachine" })),
  ),
  withdrawBootIntent: onMachine(
    { name: "withdrawBootIntent", scope: "machines:deploy", input: z.object({ machineId }) },
    command(() => ({ type: "WithdrawBootIntent" })),
  ),
  retireMachine: onMachine(
    { name: "retireMachine", scope: "machines:retire", input: z.object({ machineId }) },
    (commands, asked, context) => retireMachine(commands, asked.machineId, context),
  ),
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

interface OneMachine {
  readonly machineId: MachineId;
}

type Send<Value> = (
  commands: Commands,
  value: Value,
  context: CommandContext,
) => Promise<CommandResult<Machine, UserErrorCode>>;

function onMachine<Value extends OneMachine>(kind: MutationKind<Value>, send: Send<Value>) {
  return mutation<Value, OneMachine>(kind, async ({ value, request, context }) => {
    const result = await send(context.commands, value, request.context);
    const outcome = outcomeOf(request, result);
    return result.outcome === "accepted" ? { ...outcome, machineId: value.machineId } : outcome;
  });
}

function command<Value extends OneMachine>(commandOf: (value: Value) => MachineCommand): Send<Value> {
  return ({ handleMachine }, value, context) =>
    handleMachine(machineStream(value.machineId), commandOf(value), context);
}
