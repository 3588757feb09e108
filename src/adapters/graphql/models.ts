import type { MachineSnapshot } from "../../domain/machine/snapshot.ts";
import type { BackupFacts } from "../../domain/ports/backup-taker.ts";
import type { BootExplanation } from "../../domain/ports/boot-explainer.ts";
import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { InclusionProven, SignedLogCheckpoint } from "../../domain/ports/log-evidence.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type {
  AccessRoleName,
  ClientClassName,
  EnvironmentName,
  SubnetName,
} from "../../domain/values/slug.ts";
import type { TimelineRow } from "../../projections/views/boot-timeline-reader.ts";
import type { RunRow } from "../../projections/views/runs.ts";
import type { Plan, RefusedMachine, UserError } from "./__generated__/resolvers.ts";
import type { Verification } from "./audit/verifier.ts";
import type { Connection } from "./listing/connection.ts";
import type { SystemNow } from "./system-state.ts";
import type { CausedChange } from "./travel/caused-changes.ts";

/** The last event that belongs to a look at the past. */
export interface Past {
  readonly position: Position;
  /** How many events the log holds before it. */
  readonly ordinal: number;
}

/** A machine, now or then. */
export interface MachineModel {
  readonly snapshot: MachineSnapshot;
  /** When it was last heard of, milliseconds UTC; `null`: never. (Default: whoever asks looks it up) */
  readonly seenAtMs?: number | null;
  /** `undefined`: as it is now. */
  readonly past: Past | undefined;
}

/** A run, now or then. */
export interface RunModel {
  readonly row: RunRow;
  /** `undefined`: as it is now. */
  readonly past: Past | undefined;
}

export interface TimelineEntryModel {
  readonly row: TimelineRow;
  readonly past: Past | undefined;
  /** Reads the whole event; the first entry of a page reads it for all of them. */
  readonly event: () => Promise<RecordedEvent>;
}

/** A copy of the log, as the log tells of it. */
export interface BackupModel extends BackupFacts {
  readonly takenAtMs: number;
}

export type CheckpointConnectionModel = Connection<SignedLogCheckpoint>;

/** A proof, and the event that it is about. */
export interface InclusionProofModel extends InclusionProven {
  readonly event: RecordedEvent;
}

export interface ServiceModel extends SystemNow {
  /** (Default: as it is now) */
  readonly past?: Past;
  readonly head: Position | undefined;
}

/** An explanation, and the machine that it is about, as it was. */
export interface BootDecisionModel {
  readonly explained: BootExplanation;
  readonly machine: MachineModel | undefined;
}

/** What is different between two moments. */
export interface DiffModel {
  readonly from: Past;
  readonly to: Past;
  readonly changes: readonly CausedChange[];
  readonly truncated: boolean;
}

/** What led to an event. */
export interface WhyModel {
  readonly event: RecordedEvent;
  /** The first cause first, the event itself last. */
  readonly chain: readonly RecordedEvent[];
  /** Who asked for the first; `undefined`: nobody. */
  readonly request: RecordedEvent["meta"] | undefined;
  readonly truncated: boolean;
}

/** What every payload says, before its object is resolved. */
export interface Outcome {
  /** Empty: accepted. */
  readonly userErrors: readonly UserError[];
  /** `null`: nothing was recorded, in a dry run above all. */
  readonly position: Position | null;
  readonly correlationId: string;
  /** What a dry run found. */
  readonly plan?: Plan;
}

/** In each, the object is `undefined` when there is none to show: the mutation was refused. */
export interface MachineOutcome extends Outcome {
  readonly machineId?: MachineId;
}
export interface DeploymentOutcome extends MachineOutcome {
  readonly run?: RunId;
}
export interface ImportOutcome extends Outcome {
  readonly rows?: number;
  readonly problemCount?: number;
  readonly registered?: number;
  readonly unchanged?: number;
}
export interface BulkOutcome extends Outcome {
  readonly bulkId?: string;
  readonly matched?: number;
  readonly accepted?: number;
  readonly refusedCount?: number;
  readonly refused?: readonly RefusedMachine[];
}
export interface AddressOutcome extends Outcome {
  readonly address?: Ipv4;
}
export interface SubnetOutcome extends Outcome {
  readonly name?: SubnetName | undefined;
}
export interface ClientClassOutcome extends Outcome {
  readonly name?: ClientClassName | undefined;
}
export interface PublicationOutcome extends Outcome {
  readonly environment?: EnvironmentName;
}

export interface PrincipalOutcome extends Outcome {
  readonly principalId?: string;
}
export interface TokenOutcome extends Outcome {
  readonly tokenId?: string;
}
export interface IssueTokenOutcome extends TokenOutcome {
  /** Shown once: `undefined` in a repetition, in a dry run, and when it was refused. */
  readonly secret?: string;
  /** Whether this is a repetition. */
  readonly secretWasShown?: boolean;
}
export interface AccessRoleOutcome extends Outcome {
  readonly role?: AccessRoleName;
}
export type ServiceOutcome = Outcome;
export interface SigningModel extends Outcome {
  readonly checkpoint?: SignedLogCheckpoint;
}

export interface BackupOutcome extends Outcome {
  readonly backup?: BackupModel;
}
export interface VerificationOutcome extends Outcome {
  readonly verification?: Verification;
}
export interface RetryOutcome extends Outcome {
  /** `undefined`: no view is called so. */
  readonly view?: string;
}
export interface RebuildOutcome extends Outcome {
  /** `undefined`: no view is called so. */
  readonly view?: string;
  readonly digest?: Sha256;
}
