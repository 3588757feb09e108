import { z } from "zod";
import type { Rights } from "../../../domain/access/rights.ts";
import type { Scope } from "../../../domain/access/scopes.ts";
import type { CommandHandler } from "../../../domain/handle-command.ts";
import { LabelKey, Labels } from "../../../domain/values/label.ts";
import type { AccessDesk } from "../../access/access-desk.ts";
import type { Commands } from "../commands.ts";
import { addressCommandScopes, machineChangeScopes, systemCommandScopes } from "./command-scopes.ts";
import { needOneOf } from "./forbidden.ts";
import { guardMachines, type MachineGuard, refuseSelectingLabels } from "./guard-machines.ts";

/** What a bulk change of labels records of them. */
const LabelInput = z.object({ set: Labels, remove: z.array(LabelKey) });

export interface CommandGuard extends MachineGuard {
  readonly desk: AccessDesk;
}

/**
 * The commands as one caller may send them. A missing scope throws `FORBIDDEN`; a machine out of the caller's reach
 * is answered for as one that does not exist.
 */
export function guardCommands(commands: Commands, guard: CommandGuard): Commands {
  const { rights, desk } = guard;

  function held<State, Command, Code extends string>(
    handle: CommandHandler<State, Command, Code>,
    scopesOf: (command: Command) => readonly (Scope | "nobody")[],
  ): CommandHandler<State, Command, Code> {
    return async (stream, command, context) => {
      needOneOf(rights(), scopesOf(command));
      return handle(stream, command, context);
    };
  }
  function managing(): Rights {
    needOneOf(rights(), ["access:manage"]);
    return rights();
  }
  return {
    ...guardMachines(commands, guard),
    handleNetwork: held(commands.handleNetwork, () => ["network:edit"]),
    handleAddress: held(commands.handleAddress, ({ type }) => [addressCommandScopes[type]]),
    handleSystem: held(commands.handleSystem, ({ type }) => [systemCommandScopes[type]]),
    async handleBulk(stream, command, context) {
      needOneOf(rights(), machineChangeScopes);
      // Before it is recorded that each machine is to be asked for what none of them would be allowed.
      if (command.type === "RequestBulk" && command.action === "label") {
        refuseSelectingLabels(LabelInput.parse(JSON.parse(command.input)), guard);
      }
      return commands.handleBulk(stream, command, context);
    },
    handleBootEnvironment: held(commands.handleBootEnvironment, () => ["environments:publish"]),
    ...desk.handlersFor(commands, managing),
  };
}
