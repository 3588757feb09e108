import type { CommandContext, CommandResult } from "../../../../domain/handle-command.ts";
import { approveMachine } from "../../../../domain/machine/approve.ts";
import type { MachineCommand } from "../../../../domain/machine/commands.ts";
import { retireMachine } from "../../../../domain/machine/retire.ts";
import type { Machine } from "../../../../domain/machine/state.ts";
import { type MachineId, machineStream } from "../../../../domain/values/machine-id.ts";
import { RunId } from "../../../../domain/values/run-id.ts";
import type { UserErrorCode } from "../../__generated__/resolvers.ts";
import type { GraphqlContext } from "../../context.ts";
import type { Order } from "./action.ts";

interface Question {
  readonly order: Order;
  readonly machineId: MachineId;
  /** Of the bulk change; `$causationId` is the event that began it. */
  readonly meta: CommandContext["meta"];
  /** When the bulk change was begun, milliseconds UTC. */
  readonly begunMs: number;
}

/**
 * Asks one machine for its part of a bulk change. Asking it again answers as the first time: what it did is known
 * by the event that caused it.
 */
export function askMachine(
  { order, machineId, meta, begunMs }: Question,
  { commands, deriveId }: Pick<GraphqlContext, "commands" | "deriveId">,
): Promise<CommandResult<Machine, UserErrorCode>> {
  // Whatever a machine did for this change counts, however late the change is finished: nothing is done twice.
  const repeatable = { nowMs: begunMs };
  const context = { meta, repeatable };
  const send = (command: MachineCommand, sent: CommandContext = context) =>
    commands.handleMachine(machineStream(machineId), command, sent);
  switch (order.action) {
    case "approve":
      return approveMachine(commands, { machineId }, context);
    case "retire":
      return retireMachine(commands, machineId, context);
    case "lock":
      return send({ type: "LockMachine" });
    case "unlock":
      return send({ type: "UnlockMachine" });
    case "release":
      return send({ type: "ReleaseMachine" });
    case "quarantine":
      return send({ type: "QuarantineMachine", ...order.input });
    case "label":
      return send({ type: "LabelMachine", ...order.input });
    case "params":
      return send({ type: "SetMachineParams", ...order.input });
    case "deploy": {
      // A run is the correlation id of everything that happens because of it.
      const run = RunId.parse(deriveId(meta.$causationId, "run", machineId));
      const { disk, ...what } = order.input;
      const command = { type: "DeployMachine", run, ...what, ...(disk !== undefined && { disk }) } as const;
      return send(command, { meta: { ...meta, $correlationId: run }, repeatable });
    }
  }
}
