import { accessKind } from "../../domain/access/decide.ts";
import type { AccessHandlers } from "../../domain/access/handlers.ts";
import { accessRoleKind } from "../../domain/access/role.ts";
import type { AddressCommand } from "../../domain/address/commands.ts";
import { addressKind } from "../../domain/address/decide.ts";
import type { AddressRejectionCode } from "../../domain/address/decision.ts";
import type { Address } from "../../domain/address/state.ts";
import type { BootEnvironmentCommand } from "../../domain/boot-environment/commands.ts";
import { type BootEnvironment, bootEnvironmentKind } from "../../domain/boot-environment/decide.ts";
import type { BulkCommand } from "../../domain/bulk/commands.ts";
import { type Bulk, type BulkRejectionCode, bulkKind } from "../../domain/bulk/decide.ts";
import { claimKind } from "../../domain/claim/decide.ts";
import { type CommandHandler, commandHandler } from "../../domain/handle-command.ts";
import { machineKind } from "../../domain/machine/decide.ts";
import type { MachineHandlers } from "../../domain/machine/handlers.ts";
import type { NetworkCommand } from "../../domain/network/commands.ts";
import { type NetworkRejectionCode, networkKind } from "../../domain/network/decide.ts";
import type { Network } from "../../domain/network/state.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import type { SystemCommand } from "../../domain/system/commands.ts";
import { type SystemRejectionCode, systemKind } from "../../domain/system/decide.ts";
import type { System } from "../../domain/system/state.ts";

/** The one door to the log: every mutation is a command to one of these. */
export interface Commands extends MachineHandlers, AccessHandlers {
  readonly handleNetwork: CommandHandler<Network, NetworkCommand, NetworkRejectionCode>;
  readonly handleAddress: CommandHandler<Address, AddressCommand, AddressRejectionCode>;
  readonly handleSystem: CommandHandler<System, SystemCommand, SystemRejectionCode>;
  readonly handleBulk: CommandHandler<Bulk, BulkCommand, BulkRejectionCode>;
  readonly handleBootEnvironment: CommandHandler<BootEnvironment, BootEnvironmentCommand, never>;
}

/** Handlers that decide on what is in this store, and append to it. They ask nobody: see `guardCommands`. */
export function createCommands(store: EventStore, newId: () => string): Commands {
  const surroundings = { store, newId };
  return {
    handleMachine: commandHandler(machineKind, surroundings),
    handleClaim: commandHandler(claimKind, surroundings),
    handleNetwork: commandHandler(networkKind, surroundings),
    handleAddress: commandHandler(addressKind, surroundings),
    handleSystem: commandHandler(systemKind, surroundings),
    handleBulk: commandHandler(bulkKind, surroundings),
    handleBootEnvironment: commandHandler(bootEnvironmentKind, surroundings),
    handleAccess: commandHandler(accessKind, surroundings),
    handleAccessRole: commandHandler(accessRoleKind, surroundings),
  };
}
