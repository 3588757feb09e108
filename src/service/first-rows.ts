import { setTimeout as pause } from "node:timers/promises";
import type { Projector, ViewStatus } from "../projections/projector.ts";

interface FirstBuilt extends Pick<Projector, "caughtUp"> {
  readonly status: () => readonly Pick<ViewStatus, "shownVersion">[];
}

/** Those of a small log are there by then. */
const patienceMs = 1_000;

/**
 * Resolves when every view has rows to show, or after a while: whoever asks first need not be told that views are being
 * built when that takes a moment only.
 */
export async function firstRows(
  { status, caughtUp }: FirstBuilt,
  timeoutMs: number = patienceMs,
): Promise<void> {
  if (status().every(({ shownVersion }) => shownVersion !== undefined)) return;
  await Promise.race([caughtUp(), pause(timeoutMs)]);
}
