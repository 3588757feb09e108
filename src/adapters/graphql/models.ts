import type { MachineSnapshot } from "../../domain/machine/snapshot.ts";
import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type { SubnetName } from "../../domain/values/slug.ts";
import type { TimelineRow } from "../../projections/views/boot-timeline-reader.ts";
import type { RunRow } from "../../projections/views/runs.ts";
import type { UserError } from "./__generated__/resolvers.ts";
import type { SystemNow } from "./system-state.ts";

/** The last event that belongs to a look at the past. */
export interface Past {
  readonly position: Position;
  /** How many events the log holds before it. */
  readonly ordinal: number;
}

/** A machine, now or then. */
export interface MachineModel {
  readonly snapshot: MachineSnapshot;
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

export interface ServiceModel extends SystemNow {
  readonly head: Position | undefined;
}

/** What every payload says, before its object is resolved. */
export interface Outcome {
  /** Empty: accepted. */
  readonly userErrors: readonly UserError[];
  readonly position: Position | null;
  readonly correlationId: string;
}

/** In each, the object is `undefined` when there is none to show: the mutation was refused. */
export interface MachineOutcome extends Outcome {
  readonly machineId: MachineId | undefined;
}
export interface DeploymentOutcome extends MachineOutcome {
  readonly run: RunId | undefined;
}
export interface AddressOutcome extends Outcome {
  readonly address: Ipv4 | undefined;
}
export interface SubnetOutcome extends Outcome {
  readonly name: SubnetName | undefined;
}
export type ServiceOutcome = Outcome;
export interface RebuildOutcome extends Outcome {
  /** `undefined`: no view is called so. */
  readonly view: string | undefined;
  readonly digest: Sha256 | undefined;
}
