import {
  type AppendResult,
  EventStoreError,
  type ExpectedRevision,
  type StreamRevision,
} from "../../domain/ports/event-store.ts";
import { type LogIdentity, positionText } from "./position.ts";

/** Where an event is that is in the log already. */
export interface Placed {
  readonly stream: string;
  readonly revision: number;
  /** Counted from 1. */
  readonly position: number;
  readonly time: number;
}

export interface Placing {
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  /** Ids of the events, in order; at least one. */
  readonly ids: readonly string[];
}

/** What is known of the log when an append is decided. */
export interface Known {
  readonly actualRevision: StreamRevision;
  find(id: string): Placed | undefined;
}

export type Placement =
  /** The events go here. */
  | { readonly outcome: "new"; readonly firstRevision: number }
  /** The same append was accepted before; this is its last event. */
  | { readonly outcome: "repeated"; readonly last: Placed }
  | { readonly outcome: "conflict"; readonly actualRevision: StreamRevision };

/**
 * Decides an append; every store asks here, so that all agree. Looks for the ids first, since a retry of what
 * was accepted is also one with an outdated revision.
 *
 * @throws EventStoreError `DUPLICATE_EVENT_ID`
 */
export function place(placing: Placing, known: Known): Placement {
  const found = placing.ids.map((id) => known.find(id));
  if (found.some(Boolean)) return repeated(placing, found);
  refuseTwins(placing.ids);

  const { actualRevision } = known;
  if (placing.expectedRevision !== "any" && placing.expectedRevision !== actualRevision) {
    return { outcome: "conflict", actualRevision };
  }
  return { outcome: "new", firstRevision: after(actualRevision) };
}

/** The answer to an append whose last event is at `last`. */
export function appended(
  identity: LogIdentity,
  { revision, position, time }: Omit<Placed, "stream">,
): AppendResult {
  return { outcome: "appended", revision, position: positionText(identity, position), time };
}

function repeated(
  { stream, expectedRevision, ids }: Placing,
  found: readonly (Placed | undefined)[],
): Placement {
  const first = expectedRevision === "any" ? found[0]?.revision : after(expectedRevision);
  const stray = found.findIndex(
    (placed, index) => placed?.stream !== stream || placed.revision !== (first ?? 0) + index,
  );
  const last = found.at(-1);
  if (stray === -1 && last) return { outcome: "repeated", last };

  const misplaced = ids[found.findIndex(Boolean)];
  throw new EventStoreError("DUPLICATE_EVENT_ID", `event ${misplaced} is in the log, but not as this append`);
}

function refuseTwins(ids: readonly string[]): void {
  if (ids.length === 1 || new Set(ids).size === ids.length) return;
  const twin = ids.find((id, index) => ids.indexOf(id) !== index);
  throw new EventStoreError("DUPLICATE_EVENT_ID", `event ${twin} is twice in one append`);
}

function after(revision: StreamRevision): number {
  return revision === "no-stream" ? 0 : revision + 1;
}
