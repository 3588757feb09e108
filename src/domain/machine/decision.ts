import type { Decision } from "../decision.ts";
import type { OptionProblemCode } from "../network/check-options.ts";
import type { MachineCommand } from "./commands.ts";
import type { MachineEvent } from "./events.ts";

/** Why a machine does not do what it is asked. */
export type MachineRejectionCode =
  /** No machine has this id. */
  | "MACHINE_UNKNOWN"
  /** The machine is known already, so it cannot be announced, or was announced otherwise. */
  | "MACHINE_EXISTS"
  /** The machine was retired. A machine that comes back is discovered anew, with another id. */
  | "MACHINE_RETIRED"
  /** The machine is locked: unlock it before asking for what changes its disks. */
  | "MACHINE_LOCKED"
  /** The machine is not approved: approve it first. */
  | "MACHINE_NOT_APPROVED"
  /** The machine belongs to a run that has not ended. */
  | "MACHINE_BUSY"
  /** The machine is deployed; what is on its disk would be lost. */
  | "MACHINE_DEPLOYED"
  /** The machine holds nothing that it could give up. */
  | "MACHINE_NOT_DEPLOYED"
  /** Somebody must vouch for the machine first, by approving it again. */
  | "MACHINE_QUARANTINED"
  /** The machine would have more than 64 labels. */
  | "LABELS_TOO_MANY"
  /** The machine would have more than 64 params, one of more than 8 KiB, or more than 64 KiB of them. */
  | "PARAMS_TOO_LARGE"
  /** A param has the name of a secret, or reads like one, and no secret may be an event. */
  | "PARAM_LOOKS_SECRET"
  | OptionProblemCode
  /** No inventory was reported: let the machine boot the discovery agent first, if need be by a boot intent. */
  | "INVENTORY_MISSING"
  /** Another inventory came at a time when the discovery agent cannot be running. */
  | "INVENTORY_NOT_EXPECTED"
  /** The inventory has no disk that could be written. */
  | "DISK_MISSING"
  /** The inventory has no disk of this serial number or name. */
  | "DISK_UNKNOWN"
  /** More than one disk answers to what was asked for. */
  | "DISK_AMBIGUOUS"
  /** The machine never had this run. */
  | "RUN_UNKNOWN"
  /** The run has ended, and whatever is reported of it is too late. */
  | "RUN_ENDED"
  /** The run's agent has not said hello, so it cannot have done anything. */
  | "RUN_NOT_STARTED"
  /** The run's agent has said hello, so its intent is served no more. */
  | "INTENT_CONSUMED";

export type MachineDecision = Decision<MachineEvent, MachineRejectionCode>;
export type CommandOf<Type extends MachineCommand["type"]> = Extract<MachineCommand, { type: Type }>;
