import type { Scope } from "../../../domain/access/scopes.ts";
import type { CommandHandler } from "../../../domain/handle-command.ts";
import type { AccessDesk } from "../../access/access-desk.ts";
import type { Commands } from "../commands.ts";
import { addressCommandScopes, machineChangeScopes, systemCommandScopes } from "./command-scopes.ts";
import { needOneOf } from "./forbidden.ts";
import { guardMachines, type MachineGuard } from "./guard-machines.ts";

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
  const access = desk.handlersFor(commands, rights);
  return {
    ...guardMachines(commands, guard),
    handleNetwork: held(commands.handleNetwork, () => ["network:edit"]),
    handleAddress: held(commands.handleAddress, ({ type }) => [addressCommandScopes[type]]),
    handleSystem: held(commands.handleSystem, ({ type }) => [systemCommandScopes[type]]),
    handleBulk: held(commands.handleBulk, () => machineChangeScopes),
    handleBootEnvironment: held(commands.handleBootEnvironment, () => ["environments:publish"]),
    handleAccess: held(access.handleAccess, () => ["access:manage"]),
    handleAccessRole: held(access.handleAccessRole, () => ["access:manage"]),
  };
}
