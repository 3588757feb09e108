import { isBefore, type Position } from "../domain/ports/event-store.ts";
import type { BuildMeter } from "./build-progress.ts";
import { advanceTo, readToEnd } from "./follow.ts";
import type { LiveView } from "./live-view.ts";
import { createGeneration, type OpenedView, type ViewSurroundings } from "./open-view.ts";
import type { View } from "./view.ts";
import { firstDifference, type ViewDifference } from "./view-difference.ts";
import { type PoisonedEvent, PoisonedEventError, type ViewFile } from "./view-file.ts";
import { openSnapshot, type ViewSnapshot } from "./view-snapshot.ts";

export type RebuildResult =
  | {
      readonly outcome: "rebuilt";
      readonly view: string;
      /** Where the old and the new rows were compared; of a view that had stopped, where the new ones stand. */
      readonly position: Position | undefined;
      readonly digest: string;
      /** Events that were applied up to there. */
      readonly events: number;
    }
  /** The view is not what its log says. It stays as it is, so that somebody can look at it. */
  | ({
      readonly outcome: "different";
      readonly view: string;
      readonly position: Position | undefined;
    } & ViewDifference)
  /** An event cannot be applied to fresh rows either. The view stays as it is. */
  | { readonly outcome: "poisoned"; readonly view: string; readonly poison: PoisonedEvent }
  /** Another rebuild of this view is under way, or the view does not follow the log. */
  | { readonly outcome: "unavailable"; readonly view: string; readonly message: string };

export interface Rebuilding {
  readonly live: LiveView;
  readonly surroundings: ViewSurroundings;
  /** Ends the rebuild early: it throws the signal's reason, and the view stays as it was. */
  readonly signal: AbortSignal;
  readonly meter: BuildMeter;
}

/**
 * Builds a view from the beginning of the log into a new file while the old one goes on, compares both at one
 * position, and puts the new one in its place.
 *
 * A view that stopped before an event is not compared: with rows made of the same events it would have stopped too, so
 * its own are wrong, or an older release made them.
 */
export async function rebuildView(view: View, rebuilding: Rebuilding): Promise<RebuildResult> {
  const { live, surroundings } = rebuilding;
  const candidate = createGeneration(view, surroundings.generations);
  const replace = live.state === "stopped" ? replaceStopped : replaceLive;
  try {
    return await replace(view, candidate, rebuilding);
  } catch (error) {
    if (!(error instanceof PoisonedEventError)) throw error;
    return { outcome: "poisoned", view: view.name, poison: error.poison };
  } finally {
    if (live.generation !== candidate.generation) {
      candidate.file.close();
      surroundings.generations.remove(view.name, candidate.generation);
    }
  }
}

async function replaceLive(
  view: View,
  candidate: OpenedView,
  rebuilding: Rebuilding,
): Promise<RebuildResult> {
  const { live } = rebuilding;
  await readAll(candidate, rebuilding);
  rebuilding.meter.comparing();
  const result = await compare(view, candidate, rebuilding);
  if (result.outcome !== "rebuilt") return result;
  // The log went on while the rows were compared.
  await readAll(candidate, rebuilding);
  await live.paused(async (file) => {
    await level(file, candidate.file, rebuilding);
    live.replace(candidate);
  });
  return result;
}

async function replaceStopped(
  view: View,
  candidate: OpenedView,
  rebuilding: Rebuilding,
): Promise<RebuildResult> {
  await readAll(candidate, rebuilding);
  const { file } = candidate;
  const snapshot = openSnapshot(file.path, view.tables, rebuilding.signal);
  try {
    const { position, digest } = await snapshot.digest();
    rebuilding.live.revive(candidate);
    return { outcome: "rebuilt", view: view.name, position, digest, events: file.events() };
  } finally {
    snapshot.close();
  }
}

function readAll({ file }: OpenedView, { surroundings, signal, meter }: Rebuilding): Promise<void> {
  return readToEnd(file, { reader: surroundings.reader, signal, onPage: meter.at });
}

/** Compares at one position, and lets the live view go on as soon as both files stand there. */
async function compare(view: View, candidate: OpenedView, rebuilding: Rebuilding): Promise<RebuildResult> {
  const { live, signal } = rebuilding;
  const snapshots = await live.paused(async (file) => {
    await level(file, candidate.file, rebuilding);
    const snapshotOf = ({ path }: ViewFile) => openSnapshot(path, view.tables, signal);
    return [snapshotOf(file), snapshotOf(candidate.file)] as const;
  });
  try {
    return await resultOf(view, candidate, snapshots);
  } finally {
    for (const snapshot of snapshots) snapshot.close();
  }
}

async function resultOf(
  view: View,
  { file }: OpenedView,
  [live, rebuilt]: readonly [ViewSnapshot, ViewSnapshot],
): Promise<RebuildResult> {
  const { position } = rebuilt;
  const difference = await firstDifference(live, rebuilt, view.tables);
  if (difference) return { outcome: "different", view: view.name, position, ...difference };
  const { digest } = await rebuilt.digest();
  return { outcome: "rebuilt", view: view.name, position, digest, events: file.events() };
}

/** Brings the file that is behind to where the other one stands. */
async function level(
  file: ViewFile,
  other: ViewFile,
  { surroundings: { reader } }: Rebuilding,
): Promise<void> {
  const [behind, ahead] = isBefore(file.position(), other.position()) ? [file, other] : [other, file];
  await advanceTo(behind, reader, ahead.position());
}
