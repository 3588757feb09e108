import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { VerifyProgress, ViewCheck } from "../../adapters/graphql/audit/verifier.ts";
import type { Position } from "../../domain/ports/event-store.ts";
import { currentFile } from "../../projections/generations.ts";
import type { View } from "../../projections/view.ts";
import { describeDifference, firstDifference } from "../../projections/view-difference.ts";
import { createViewFile, PoisonedEventError, type ViewFile } from "../../projections/view-file.ts";
import { openSnapshot, type ViewSnapshot } from "../../projections/view-snapshot.ts";
import { allViews } from "../../projections/views/all.ts";
import type { AuditThreadData } from "./audit-job.ts";
import type { AuditedLog } from "./audited-log.ts";

/** Told how far a stage is. */
export type OnProgress = (progress: Omit<VerifyProgress, "perSecond">) => void;

export interface CheckViewsOptions extends Pick<AuditThreadData, "viewsDirectory" | "scratchDirectory"> {
  readonly log: Pick<AuditedLog, "events">;
  /** How many events the log has, for the progress. */
  readonly size: number;
  readonly onProgress: OnProgress;
  /** (Default: all that the service keeps) */
  readonly views?: readonly View[];
}

/** Rows that may wait while a view is built. */
const pendingRowsMax = 10_000;

/**
 * Builds each view anew from the log, one after the other, and compares its rows with those that the service has at
 * the same position. Nothing of the service's is changed, and what was built is deleted.
 */
export async function checkViews(options: CheckViewsOptions): Promise<readonly ViewCheck[]> {
  const { scratchDirectory, size, views = allViews } = options;
  rmSync(scratchDirectory, { recursive: true, force: true });
  mkdirSync(scratchDirectory, { mode: 0o700 });
  try {
    const checks: ViewCheck[] = [];
    for (const view of views) {
      const done = checks.length * size;
      const onEvents = (events: number) =>
        options.onProgress({ stage: "views", events: done + events, of: views.length * size });
      checks.push(await checkView(view, { ...options, onEvents }));
    }
    return checks;
  } finally {
    rmSync(scratchDirectory, { recursive: true, force: true });
  }
}

interface ViewChecking extends CheckViewsOptions {
  readonly onEvents: (events: number) => void;
}

async function checkView(view: View, checking: ViewChecking): Promise<ViewCheck> {
  const { scratchDirectory, viewsDirectory } = checking;
  const built = createViewFile(join(scratchDirectory, `${view.name}.db`), view);
  try {
    // Most is done before the live view is held as it is, which keeps its write-ahead log from being cleared.
    await advance(built, positionOf(view, viewsDirectory), checking);
    const live = openLive(view, viewsDirectory);
    try {
      await advance(built, live.position, checking);
      const rebuilt = openSnapshot(built.path, view.tables);
      try {
        return await compared(view, live, rebuilt);
      } finally {
        rebuilt.close();
      }
    } finally {
      live.close();
    }
  } catch (error) {
    return uncomparable(view, error);
  } finally {
    built.close();
  }
}

async function compared(view: View, live: ViewSnapshot, rebuilt: ViewSnapshot): Promise<ViewCheck> {
  const { position } = live;
  const difference = await firstDifference(live, rebuilt, view.tables);
  if (difference)
    return { view: view.name, position, digest: undefined, difference: describeDifference(difference) };
  const { digest } = await rebuilt.digest();
  return { view: view.name, position, digest, difference: undefined };
}

/** An event that a view cannot apply, or a file that is gone or damaged: found, and no reason to stop. */
function uncomparable({ name }: View, error: unknown): ViewCheck {
  const why = error instanceof Error ? error.message : String(error);
  const position = error instanceof PoisonedEventError ? error.position : undefined;
  return { view: name, position, digest: undefined, difference: `it cannot be compared: ${why}` };
}

function openLive(view: View, viewsDirectory: string): ViewSnapshot {
  const path = currentFile(viewsDirectory, view.name);
  if (path === undefined) throw new Error("it has no file");
  const live = openSnapshot(path, view.tables);
  if (live.version === view.version) return live;
  live.close();
  throw new Error(`it is being built, and only its version ${live.version} is there`);
}

function positionOf(view: View, viewsDirectory: string): Position | undefined {
  const live = openLive(view, viewsDirectory);
  const { position } = live;
  live.close();
  return position;
}

/** Applies the log to a view up to and including a position, which may be one that the log reached only now. */
async function advance(
  file: ViewFile,
  target: Position | undefined,
  { log, onEvents }: ViewChecking,
): Promise<void> {
  for await (const events of log.events(file.position(), target)) {
    file.apply(events);
    if (file.pending() >= pendingRowsMax) await file.flush();
    onEvents(file.events());
  }
  await file.flush();
}
