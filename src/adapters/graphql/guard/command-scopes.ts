import type { Scope } from "../../../domain/access/scopes.ts";
import type { AddressCommand } from "../../../domain/address/commands.ts";
import type { MachineCommand } from "../../../domain/machine/commands.ts";
import type { SystemCommand } from "../../../domain/system/commands.ts";

/** Which scope a command takes; `"nobody"`: the service alone sends it. */
type ScopesOf<Command extends { readonly type: string }> = Readonly<
  Record<Command["type"], Scope | "nobody">
>;

/** A command that joins and is not here does not compile. */
export const machineCommandScopes: ScopesOf<MachineCommand> = {
  RegisterMachine: "machines:edit",
  RenameMachine: "machines:edit",
  LabelMachine: "machines:edit",
  SetMachineParams: "machines:edit",
  ChangeDhcpOptions: "machines:edit",
  ApproveMachine: "machines:approve",
  LockMachine: "machines:approve",
  UnlockMachine: "machines:approve",
  QuarantineMachine: "machines:approve",
  DeployMachine: "machines:deploy",
  SetDiscoveryIntent: "machines:deploy",
  WithdrawBootIntent: "machines:deploy",
  ReleaseMachine: "machines:deploy",
  RetireMachine: "machines:retire",
  // Of runs that are older than an effects epoch.
  FailRun: "service:operate",
  DiscoverMachine: "nobody",
  ReportInventory: "nobody",
  AddInterface: "nobody",
  ServeBootIntent: "nobody",
  ReportHello: "nobody",
  ReportStage: "nobody",
  ReportCompleted: "nobody",
};

export const addressCommandScopes: ScopesOf<AddressCommand> = {
  ReserveAddress: "network:edit",
  RemoveReservation: "network:edit",
  GrantLease: "nobody",
  ReleaseLease: "nobody",
  ExpireLease: "nobody",
  DeclineAddress: "nobody",
};

export const systemCommandScopes: ScopesOf<SystemCommand> = {
  StartEffectsEpoch: "service:operate",
  ConfirmClock: "service:operate",
  RecordBackup: "service:operate",
  RecordStart: "nobody",
  RecordRestore: "nobody",
  RecordClockStep: "nobody",
  TakeLeadership: "nobody",
};

/** Changing a machine may begin or end with claims, and be one of many: any of these scopes will do for that. */
export const machineChangeScopes: readonly Scope[] = [
  "machines:edit",
  "machines:approve",
  "machines:deploy",
  "machines:retire",
];
