import { machineCodec } from "../domain/machine/events.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import type { RunId } from "../domain/values/run-id.ts";
import { table, text } from "./table.ts";
import { type TableRows, trustedReader } from "./view.ts";

/** An event of a run that the next boot of its machine names as its cause. */
export interface BootCauseRow {
  readonly eventId: string;
  readonly run: RunId;
  readonly relation: BootRelation;
}

const read = trustedReader(machineCodec);

/** Why a boot belongs to a run: the run's intent was live, or the run had just ended. */
export type BootRelation = "intent" | "after-end";

/** Kept by each view that tells boots apart. */
export const bootCauseTable = table({
  columns: { eventId: text(), run: text<RunId>(), relation: text<BootRelation>() },
  key: ["eventId"],
});

const relationOf: ReadonlyMap<string, BootRelation> = new Map([
  ["BootIntentSet", "intent"],
  ["DiscoveryIntentSet", "intent"],
  ["DeploymentCompleted", "after-end"],
  ["DeploymentFailed", "after-end"],
  ["DiscoveryIntentConsumed", "after-end"],
]);

/** Keeps what a boot may later name as its cause. */
export function rememberBootCause(event: RecordedEvent, causes: TableRows<BootCauseRow>): void {
  const relation = relationOf.get(event.type);
  if (!relation) return;
  const { data = {} } = read(event) ?? {};
  const run = "plan" in data ? data.plan.run : "run" in data ? data.run : undefined;
  if (run) causes.put({ eventId: event.id, run, relation });
}

/** The boot that a PxeRequested belongs to. */
export interface BootOfRequest {
  /** Also the id of the boot's first PxeRequested. */
  readonly bootId: string;
  readonly starts: boolean;
  /** The run's event that caused the boot; `undefined` when no run has to do with it. */
  readonly cause: BootCauseRow | undefined;
}

/**
 * A boot's first request is caused by the run that waits for it, by the end of the run before, or by nothing
 * but itself; every later request is caused by the first.
 */
export function bootOfRequest(
  { id, meta: { $causationId } }: RecordedEvent,
  causes: TableRows<BootCauseRow>,
): BootOfRequest {
  const cause = causes.get($causationId);
  const starts = $causationId === id || cause !== undefined;
  return { bootId: starts ? id : $causationId, starts, cause };
}
