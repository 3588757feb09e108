import type { EventReader, EventStore, RecordedEvent } from "./event-store.ts";

/** A log of one moment that takes appends and keeps them to itself: what a dry run works on. */
export interface OverlayStore extends EventStore {
  /** The log as it was at that moment, without what was appended since. */
  readonly before: Pick<EventReader, "readStream">;
  /** What was appended here, in its order. */
  appended(): readonly RecordedEvent[];
}

/**
 * Lays a store over a log as it is now. `append` throws `OverlayFullError` when there is no room for more. `close` of
 * the store makes room for others, and leaves the log alone.
 */
export type OpenOverlay = (log: EventReader) => Promise<OverlayStore>;

/** The overlays that are open hold as much as they may. */
export class OverlayFullError extends Error {
  override readonly name = "OverlayFullError";
}
