import type { EventReader, Position } from "../../domain/ports/event-store.ts";
import { createJudge } from "./judge.ts";
import { accessFilter, createKnownAccess } from "./known-access.ts";
import type { AccessRegistry } from "./registry.ts";

/** Of a page of the log. */
const pageSize = 1_000;

/** A moment, by the last event that belongs to it. */
export interface AccessMoment {
  /** Empty: before the first event. */
  readonly position: Position;
  /** When the event was, milliseconds UTC: tokens that end later counted still. */
  readonly timeMs: number;
}

/** Who could do what at a moment, folded from the log: nothing of it is kept. */
export async function accessThen(
  reader: Pick<EventReader, "readAll">,
  { position: until, timeMs }: AccessMoment,
): Promise<Pick<AccessRegistry, "known" | "rightsOf">> {
  const known = createKnownAccess();
  const { rightsOf } = createJudge(known, () => new Date(timeMs));
  for (let isRead = until === ""; !isRead; ) {
    const page = await reader.readAll({ after: known.position(), limit: pageSize, filter: accessFilter });
    known.take({ ...page, events: page.events.filter(({ position }) => position <= until) });
    isRead = page.caughtUp || (page.position !== undefined && page.position >= until);
  }
  return { known, rightsOf };
}
