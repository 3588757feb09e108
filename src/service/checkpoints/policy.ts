import type { CheckpointRow } from "../../projections/views/log-tree.ts";

/** When the log is signed. */
export interface SigningPolicy {
  readonly everyEvents: number;
  readonly everyMs: number;
}

/** The newest checkpoint of the log's life, as far as it says when the next is due. */
type Newest = Pick<CheckpointRow, "size" | "signedAtMs"> | undefined;

/**
 * Events that no checkpoint covers. The one that records the newest checkpoint does not count: a checkpoint is no
 * reason for another, or an idle log would grow for ever.
 */
export function unsignedEvents(size: number, newest: Newest): number {
  return newest ? Math.max(0, size - newest.size - 1) : size;
}

/** Whether it is time to sign. `sinceMs`: what counts as the last time when nothing was signed. */
export function isDue(
  { everyEvents, everyMs }: SigningPolicy,
  {
    size,
    newest,
    sinceMs,
    nowMs,
  }: {
    readonly size: number;
    readonly newest: Newest;
    readonly sinceMs: number;
    readonly nowMs: number;
  },
): boolean {
  const unsigned = unsignedEvents(size, newest);
  if (unsigned === 0) return false;
  return unsigned >= everyEvents || nowMs - (newest?.signedAtMs ?? sinceMs) >= everyMs;
}
