import { setTimeout } from "node:timers/promises";
import { EventStoreError, type Position } from "../domain/ports/event-store.ts";
import { follow } from "./follow.ts";
import {
  createGeneration,
  makeCurrent,
  type OpenedView,
  openCurrent,
  type ViewSurroundings,
} from "./open-view.ts";
import { createPositionGate } from "./position-gate.ts";
import type { View } from "./view.ts";
import { openViewConnection, type SwitchableConnection, type ViewConnection } from "./view-connection.ts";
import { openViewFile, PoisonedEventError, type ViewFile } from "./view-file.ts";

export type ViewState =
  /** Reads what was in the log before it started. */
  | "catching-up"
  /** Shows the log but for what was appended a moment ago. */
  | "live"
  /** Its file or the log failed; it is tried again. */
  | "retrying"
  /** An event cannot be applied. It shows what was before, until a release comes that can. */
  | "stopped"
  | "closed";

/** A view that follows the log in its current file, and stays itself when the file is replaced. */
export class LiveView {
  readonly #view: View;
  readonly #surroundings: ViewSurroundings;
  readonly #connection: SwitchableConnection;
  readonly #gate = createPositionGate();
  readonly #caughtUp = Promise.withResolvers<void>();
  #current: OpenedView;
  #state: ViewState = "catching-up";
  #position: Position | undefined;
  #events = 0;
  /** Whether the file that failed is to be made anew instead of opened again. */
  #isUseless = false;
  #stop = new AbortController();
  #running: Promise<void>;

  private constructor(view: View, surroundings: ViewSurroundings, opened: OpenedView) {
    this.#view = view;
    this.#surroundings = surroundings;
    this.#current = opened;
    this.#connection = openViewConnection(opened.file.path);
    this.#running = this.#run(this.#stop.signal);
  }

  /** Opens the view where its checkpoint stands, or anew when that is not of this log or version, and follows. */
  static async start(view: View, surroundings: ViewSurroundings): Promise<LiveView> {
    return new LiveView(view, surroundings, await openCurrent(view, surroundings));
  }

  get connection(): ViewConnection {
    return this.#connection;
  }

  get state(): ViewState {
    return this.#state;
  }

  /** The last event that readers see; `undefined` before the first. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** How many events of the log readers see. */
  get events(): number {
    return this.#events;
  }

  get path(): string {
    return this.#current.file.path;
  }

  get generation(): number {
    return this.#current.generation;
  }

  /** Resolves when the view has shown all of the log for the first time, or does not go on. */
  get caughtUp(): Promise<void> {
    return this.#caughtUp.promise;
  }

  /** Resolves with whether the view came to show this position in time. */
  reached(position: Position, timeoutMs: number): Promise<boolean> {
    return this.#gate.reached(position, timeoutMs);
  }

  /**
   * Runs `work` while the view stands still with everything written; then it follows the log again.
   *
   * @throws Error when the view is not following the log, or what `work` throws
   */
  async paused<Result>(work: (file: ViewFile) => Promise<Result>): Promise<Result> {
    this.#stop.abort();
    await this.#running;
    if (this.#state !== "live" && this.#state !== "catching-up") {
      this.#resume();
      throw new Error(`view ${this.#view.name} is ${this.#state}`);
    }
    try {
      return await work(this.#current.file);
    } catch (error) {
      // How far it came with the rows in memory is unknown.
      this.#abandonFile(error);
      throw error;
    } finally {
      this.#resume();
    }
  }

  /** From now on this is the view, and the file before is deleted. Only within `paused`, at the same position. */
  replace(next: OpenedView): void {
    this.#connection.switchTo(next.file.path);
    this.#current.file.close();
    this.#current = makeCurrent(this.#view, next, this.#surroundings.generations);
  }

  /** Writes what was applied, and ends. Whoever waits for a position gets false. Does nothing when closed. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    if (this.#state === "closed") return;
    this.#end("closed");
    // The last connection to close folds the write-ahead log into the file, and a reader may not.
    this.#connection.close();
    this.#current.file.close();
  }

  #resume(): void {
    this.#stop = new AbortController();
    this.#running = this.#run(this.#stop.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { reader, retryMs } = this.#surroundings;
    const onFlushed = (caughtUp: boolean) => this.#show(caughtUp);
    while (!(signal.aborted || this.#state === "stopped")) {
      try {
        if (this.#state === "retrying") this.#reopen();
        this.#show(false);
        await follow(this.#current.file, { reader, signal, onFlushed });
        return;
      } catch (error) {
        this.#abandonFile(error);
        if (error instanceof PoisonedEventError) this.#end("stopped");
        else await setTimeout(retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Readers see what the file holds now. */
  #show(caughtUp: boolean): void {
    const { file } = this.#current;
    this.#position = file.position();
    this.#events = file.events();
    this.#gate.moved(this.#position);
    if (!caughtUp) return;
    file.caughtUp();
    this.#state = "live";
    this.#caughtUp.resolve();
  }

  /** What is in memory of the file is of no use any more. What is on disk is whole, but for damage. */
  #abandonFile(error: unknown): void {
    this.#current.file.close();
    this.#state = "retrying";
    this.#isUseless = isOfAnotherLog(error) || isDamage(error);
    const poisoned = error instanceof PoisonedEventError;
    const message = poisoned ? "stops before an event that it cannot apply" : "failed, and is tried again";
    this.#surroundings.notify({ view: this.#view.name, message, error });
  }

  #reopen(): void {
    const { generations } = this.#surroundings;
    if (this.#isUseless) {
      const next = createGeneration(this.#view, generations);
      this.#connection.switchTo(next.file.path);
      this.#current = makeCurrent(this.#view, next, generations);
    } else {
      const { generation } = this.#current;
      const file = openViewFile(generations.path(this.#view.name, generation), this.#view);
      if (!file) throw new Error(`another version of view ${this.#view.name} wrote its file`);
      this.#current = { file, generation };
    }
    this.#state = "catching-up";
  }

  #end(state: "stopped" | "closed"): void {
    this.#state = state;
    this.#gate.shut();
    this.#caughtUp.resolve();
  }
}

function isOfAnotherLog(error: unknown): boolean {
  return error instanceof EventStoreError && error.code === "POSITION_UNKNOWN";
}

/** SQLite's result codes for a file whose contents make no sense: SQLITE_CORRUPT and SQLITE_NOTADB. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (error.errcode === 11 || error.errcode === 26);
}
