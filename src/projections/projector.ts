import type { EventReader, Position } from "../domain/ports/event-store.ts";
import { openGenerations } from "./generations.ts";
import { LiveView, type ViewState } from "./live-view.ts";
import type { ViewNotice, ViewSurroundings } from "./open-view.ts";
import { type RebuildResult, rebuildView } from "./rebuild.ts";
import { sharedHistory } from "./shared-history.ts";
import type { View } from "./view.ts";
import type { ViewConnection } from "./view-connection.ts";
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
}

/** How a view is doing. */
export interface ViewStatus {
  readonly view: string;
  readonly version: number;
  /** Of its file, from 1. Each rebuild makes one more. */
  readonly generation: number;
  readonly state: ViewState;
  /** The last event that readers see; `undefined` before the first. */
  readonly position: Position | undefined;
  /** How many events of the log readers see. */
  readonly events: number;
}

/** Keeps the views up to date with the log, each for itself: one that fails holds up no other. */
export interface Projector {
  /** For a view's reader. Valid until `close`, whatever happens to the view's file. @throws Error unknown view */
  connection(view: string): ViewConnection;
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
  /** Digests of a view's rows as they are now. @throws Error unknown view */
  digest(view: string): Promise<ViewDigest>;
  /** Ends rebuilds, writes what was applied, and closes the files. */
  close(): Promise<void>;
}

/** Opens all views, which then catch up by themselves. What a crash left in the directory is cleared away. */
export async function startProjector(options: ProjectorOptions): Promise<Projector> {
  const { directory, views, reader, notify, retryMs = 2_000 } = options;
  const names = views.map(({ name }) => name);
  const history = sharedHistory(reader);
  const generations = openGenerations(directory, names);
  const surroundings = { reader: history.reader, notify, retryMs, generations };
  const live = new Map<string, StartedView>();
  for (const view of views) live.set(view.name, { view, live: await LiveView.start(view, surroundings) });
  history.begin();

  const started = (name: string): StartedView => {
    const found = live.get(name);
    if (!found) throw new Error(`there is no view ${name}, only ${names.join(", ")}`);
    return found;
  };
  const all = () => [...live.values()];
  const rebuilds = createRebuilds(surroundings);

  return {
    connection: (name) => started(name).live.connection,
    status: () => all().map(statusOf),
    async caughtUp() {
      await Promise.all(all().map((each) => each.live.caughtUp));
    },
    async waitFor(position, { timeoutMs, view }) {
      const awaited = view === undefined ? all() : [started(view)];
      const reached = await Promise.all(awaited.map((each) => each.live.reached(position, timeoutMs)));
      return reached.every(Boolean);
    },
    rebuild: async (name) => rebuilds.run(started(name)),
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

function statusOf({ view, live }: StartedView): ViewStatus {
  const { generation, state, position, events } = live;
  return { view: view.name, version: view.version, generation, state, position, events };
}

/** Rebuilds that are under way: at most one of each view, because each takes the place of the file before. */
function createRebuilds(surroundings: ViewSurroundings) {
  const running = new Map<string, Promise<RebuildResult>>();
  const stop = new AbortController();

  return {
    async run({ view, live }: StartedView): Promise<RebuildResult> {
      const unavailable = (message: string) =>
        ({ outcome: "unavailable", view: view.name, message }) as const;
      if (running.has(view.name)) return unavailable("another rebuild of this view is under way");
      if (live.state !== "live" && live.state !== "catching-up")
        return unavailable(`the view is ${live.state}`);
      const rebuild = rebuildView(view, { live, surroundings, signal: stop.signal });
      running.set(view.name, rebuild);
      try {
        return await rebuild;
      } finally {
        running.delete(view.name);
      }
    },
    async end(): Promise<void> {
      stop.abort(new Error("the projector is closing"));
      await Promise.allSettled(running.values());
    },
  };
}
