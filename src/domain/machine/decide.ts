import { accept, type Decider, reject } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import type { MachineCommand } from "./commands.ts";
import { approve, lock, rename, unlock } from "./decide-approval.ts";
import { deploy } from "./decide-deployment.ts";
import { changeDhcpOptions } from "./decide-dhcp-options.ts";
import { addInterface, discover, reportInventory } from "./decide-discovery.ts";
import { setDiscoveryIntent, withdrawBootIntent } from "./decide-intent.ts";
import { label, setParams } from "./decide-labels.ts";
import { quarantine, release, retire } from "./decide-leaving.ts";
import { register } from "./decide-registration.ts";
import {
  failRun,
  noSuchRun,
  reportCompleted,
  reportHello,
  reportStage,
  serveBootIntent,
} from "./decide-run.ts";
import type { MachineDecision, MachineRejectionCode } from "./decision.ts";
import { type MachineEvent, machineCodec } from "./events.ts";
import { type ActiveMachine, evolve, type Machine, type RetiredMachine, unknownMachine } from "./state.ts";

export type { MachineRejectionCode } from "./decision.ts";

export const machineDecider: Decider<Machine, MachineCommand, MachineEvent, MachineRejectionCode> = {
  initial: unknownMachine,
  decide,
  evolve,
};

/** Streams `machine-<id>`. */
export const machineKind: StreamKind<Machine, MachineCommand, MachineEvent, MachineRejectionCode> = {
  decider: machineDecider,
  codec: machineCodec,
};

function decide(command: MachineCommand, machine: Machine): MachineDecision {
  if (command.type === "RegisterMachine") return register(command, machine);
  if (command.type === "DiscoverMachine") return discover(command, machine);
  switch (machine.status) {
    case "unknown":
      return reject("MACHINE_UNKNOWN", "no machine has this id: look the machine up again");
    case "retired":
      return decideRetired(command, machine);
    case "registered":
    case "discovered":
    case "ready":
    case "allocated":
    case "deploying":
    case "deployed":
    case "failed":
    case "releasing":
    case "quarantined":
      return decideActive(command, machine);
  }
}

type LaterCommand = Exclude<MachineCommand, { type: "RegisterMachine" | "DiscoverMachine" }>;

function decideActive(command: LaterCommand, machine: ActiveMachine): MachineDecision {
  switch (command.type) {
    case "ReportInventory":
      return reportInventory(command, machine);
    case "AddInterface":
      return addInterface(command, machine);
    case "ApproveMachine":
      return approve(command, machine);
    case "RenameMachine":
      return rename(command, machine);
    case "LabelMachine":
      return label(command, machine);
    case "SetMachineParams":
      return setParams(command, machine);
    case "ChangeDhcpOptions":
      return changeDhcpOptions(command, machine);
    case "LockMachine":
      return lock(machine);
    case "UnlockMachine":
      return unlock(machine);
    case "QuarantineMachine":
      return quarantine(command, machine);
    case "ReleaseMachine":
      return release(machine);
    case "RetireMachine":
      return retire(machine);
    case "DeployMachine":
      return deploy(command, machine);
    case "SetDiscoveryIntent":
      return setDiscoveryIntent(command, machine);
    case "WithdrawBootIntent":
      return withdrawBootIntent(machine);
    case "ServeBootIntent":
      return serveBootIntent(command, machine);
    case "ReportHello":
      return reportHello(command, machine);
    case "ReportStage":
      return reportStage(command, machine);
    case "ReportCompleted":
      return reportCompleted(command, machine);
    case "FailRun":
      return failRun(command, machine);
  }
}

function decideRetired(command: LaterCommand, machine: RetiredMachine): MachineDecision {
  switch (command.type) {
    case "RetireMachine":
      return accept();
    case "ServeBootIntent":
    case "ReportHello":
    case "ReportStage":
    case "ReportCompleted":
    case "FailRun":
      return noSuchRun(command, machine);
    case "ReportInventory":
    case "AddInterface":
    case "ApproveMachine":
    case "RenameMachine":
    case "LabelMachine":
    case "SetMachineParams":
    case "ChangeDhcpOptions":
    case "LockMachine":
    case "UnlockMachine":
    case "QuarantineMachine":
    case "ReleaseMachine":
    case "DeployMachine":
    case "SetDiscoveryIntent":
    case "WithdrawBootIntent":
      return reject(
        "MACHINE_RETIRED",
        "the machine is retired: let it boot once more, and it is discovered anew",
      );
  }
}
