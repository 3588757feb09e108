import type { EventReader, Position } from "../domain/ports/event-store.ts";
import { type BuildMeter, type BuildProgress, createBuildMeter } from "./build-progress.ts";
import { openGenerations } from "./generations.ts";
import { LiveView, type ViewState } from "./live-view.ts";
import type { ViewNotice, ViewSurroundings } from "./open-view.ts";
import { type RebuildResult, rebuildView } from "./rebuild.ts";
import { sharedHistory } from "./shared-history.ts";
import type { View } from "./view.ts";
import type { ViewConnection } from "./view-connection.ts";
import type { PoisonedEvent } from "./view-file.ts";
import { openSnapshot, type ViewDigest } from "./view-snapshot.ts";

export interface ProjectorOptions {
  /** Where the files of the views are; made when it does not exist. Nothing else may be kept there. */
  readonly directory: string;
  readonly views: readonly View[];
  readonly reader: EventReader;
  /** Told when a view is built anew, fails or stops. */
  readonly notify: (notice: ViewNotice) => void;
  /** Pause before a view whose file or log failed is tried again. (Default: 2,000) */
  readonly retryMs?: number;
  /** How many events of the log a view does not have that stands here. (Default: as many as another view is ahead) */
  readonly lagEvents?: (shown: Pick<ViewStatus, "position" | "events">) => number;
  /** A steady clock, milliseconds. (Default: the process's) */
  readonly nowMs?: () => number;
}

/** How a view is doing. */
export interface ViewStatus {
  readonly view: string;
  readonly version: number;
  /** Of the rows that readers see: an older release's while it is built anew; `undefined` when they see none yet. */
  readonly shownVersion: number | undefined;
  /** Of its file, from 1. Each rebuild makes one more. */
  readonly generation: number;
  readonly state: ViewState;
  /** The last event that readers see; `undefined` before the first. */
  readonly position: Position | undefined;
  /** How many events of the log readers see. */
  readonly events: number;
  /** While it is being built, in its own file or beside it. */
  readonly building: BuildProgress | undefined;
  /** The event before which it stopped. */
  readonly poison: PoisonedEvent | undefined;
}

/** What came of trying a view again that had stopped. */
export type RetryResult =
  /** It has gone past the event. */
  | { readonly outcome: "going-on" }
  | { readonly outcome: "poisoned"; readonly poison: PoisonedEvent }
  /** It has not stopped, or has not come to the event in time. */
  | { readonly outcome: "unavailable"; readonly message: string };

/** Keeps the views up to date with the log, each for itself: one that fails holds up no other. */
export interface Projector {
  /**
   * For a view's reader. Valid until `close`, whatever happens to the view's file. Its statements throw
   * `ProjectionBuildingError` as long as the view has never had all of the log and no older version's rows can be shown.
   *
   * @throws Error unknown view
   */
  connection(view: string): ViewConnection;
  /**
   * The same for a reader that looks at the position, and for which rows of the log's beginning are right.
   *
   * @throws Error unknown view
   */
  unfinished(view: string): ViewConnection;
  /**
   * The file with a view's rows; a rebuild puts another in its place.
   *
   * @throws ProjectionBuildingError
   * @throws Error unknown view
   */
  path(view: string): string;
  status(): readonly ViewStatus[];
  /** Resolves when every view has shown all of the log once, or was stopped. */
  caughtUp(): Promise<void>;
  /**
   * Resolves with whether a view, or all of them, came to show this position within `timeoutMs`. False at once
   * for a view that was stopped. The position must be one of this log: ask the log when a stranger gave it.
   */
  waitFor(
    position: Position,
    options: { readonly timeoutMs: number; readonly view?: string },
  ): Promise<boolean>;
  /** Builds a view anew beside the old one, and replaces it when both are equal. @throws Error unknown view */
  rebuild(view: string): Promise<RebuildResult>;
  /** Lets a view that stopped before an event try it again. @throws Error unknown view */
  retry(view: string): Promise<RetryResult>;
  /** Digests of a view's rows as they are now. @throws ProjectionBuildingError @throws Error unknown view */
  digest(view: string): Promise<ViewDigest>;
  /** Ends rebuilds, writes what was applied, and closes the files. */
  close(): Promise<void>;
}

/** Opens all views, which then catch up by themselves. What a crash left in the directory is cleared away. */
export async function startProjector(options: ProjectorOptions): Promise<Projector> {
  const { directory, views, reader, notify, retryMs = 2_000, nowMs = () => performance.now() } = options;
  const names = views.map(({ name }) => name);
  const history = sharedHistory(reader);
  const generations = openGenerations(directory, names);
  const live = new Map<string, StartedView>();
  const all = () => [...live.values()];
  const { lagEvents = () => 0 } = options;
  const logEvents = () =>
    Math.max(0, ...all().map(({ live: { written } }) => written.events + lagEvents(written)));
  const surroundings = { reader: history.reader, notify, retryMs, generations, nowMs, logEvents };
  for (const view of views) live.set(view.name, { view, live: await LiveView.start(view, surroundings) });
  history.begin();

  const started = (name: string): StartedView => {
    const found = live.get(name);
    if (!found) throw new Error(`there is no view ${name}, only ${names.join(", ")}`);
    return found;
  };
  const rebuilds = createRebuilds(surroundings);

  function status(): readonly ViewStatus[] {
    const total = logEvents();
    return all().map((each) => statusOf(each, { total, rebuild: rebuilds.meter(each.view.name) }));
  }

  return {
    connection: (name) => started(name).live.connection,
    unfinished: (name) => started(name).live.unfinished,
    path: (name) => started(name).live.path,
    status,
    async caughtUp() {
      await Promise.all(all().map((each) => each.live.caughtUp));
    },
    async waitFor(position, { timeoutMs, view }) {
      const awaited = view === undefined ? all() : [started(view)];
      const reached = await Promise.all(awaited.map((each) => each.live.reached(position, timeoutMs)));
      return reached.every(Boolean);
    },
    rebuild: async (name) => rebuilds.run(started(name)),
    retry: async (name) => rebuilds.unavailable(name) ?? retry(started(name).live),
    async digest(name) {
      const { view, live: of } = started(name);
      const snapshot = openSnapshot(of.path, view.tables);
      try {
        return await snapshot.digest();
      } finally {
        snapshot.close();
      }
    },
    async close() {
      await rebuilds.end();
      await Promise.all(all().map((each) => each.live.close()));
    },
  };
}

interface StartedView {
  readonly view: View;
  readonly live: LiveView;
}

function statusOf(
  { view, live }: StartedView,
  { total, rebuild }: { readonly total: number; readonly rebuild: BuildMeter | undefined },
): ViewStatus {
  const { generation, state, shown, shownVersion, poison } = live;
  const meter = rebuild ?? (state === "catching-up" ? live.meter : undefined);
  const building = meter?.progress(total);
  const { name, version } = view;
  return { view: name, version, shownVersion, generation, state, ...shown, building, poison };
}

async function retry(live: LiveView): Promise<RetryResult> {
  if (live.state !== "stopped") {
    return { outcome: "unavailable", message: `the view is ${live.state}: it waits for no event` };
  }
  if (await live.retry(retryPatienceMs)) return { outcome: "going-on" };
  const { poison } = live;
  // It may have stopped again before another event, or be on its way.
  if (live.state === "stopped" && poison) return { outcome: "poisoned", poison };
  return { outcome: "unavailable", message: `the view is ${live.state}, and did not come to the event yet` };
}

/** How long is waited for a view to show the event that is tried again, milliseconds: it stands before it. */
const retryPatienceMs = 30_000;

/** Rebuilds that are under way: at most one of each view, because each takes the place of the file before. */
function createRebuilds(surroundings: ViewSurroundings) {
  const running = new Map<string, { readonly meter: BuildMeter; readonly rebuild: Promise<RebuildResult> }>();
  const stop = new AbortController();

  /** Why nothing else is to be done to a view; `undefined`: nothing is under way. */
  function unavailable(view: string) {
    if (!running.has(view)) return undefined;
    return { outcome: "unavailable", view, message: "another rebuild of this view is under way" } as const;
  }

  return {
    meter: (view: string) => running.get(view)?.meter,
    unavailable,
    async run({ view, live }: StartedView): Promise<RebuildResult> {
      const refusal = unavailable(view.name);
      if (refusal) return refusal;
      if (live.state === "retrying" || live.state === "closed")
        return { outcome: "unavailable", view: view.name, message: `the view is ${live.state}` };
      if (live.isBeingBuilt)
        return { outcome: "unavailable", view: view.name, message: "the view is being built already" };
      const meter = createBuildMeter("rebuild", 0, surroundings.nowMs);
      const rebuild = rebuildView(view, { live, surroundings, signal: stop.signal, meter });
      running.set(view.name, { meter, rebuild });
      try {
        return await rebuild;
      } finally {
        running.delete(view.name);
      }
    },
    async end(): Promise<void> {
      stop.abort(new Error("the projector is closing"));
      await Promise.allSettled([...running.values()].map(({ rebuild }) => rebuild));
    },
  };
}
