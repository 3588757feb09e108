import { setTimeout } from "node:timers/promises";
import { EventStoreError, isBefore, type Position } from "../domain/ports/event-store.ts";
import { type BuildMeter, createBuildMeter } from "./build-progress.ts";
import { follow } from "./follow.ts";
import {
  beginBuild,
  makeCurrent,
  type OpenedView,
  openFiles,
  type StartedFiles,
  type ViewSurroundings,
} from "./open-view.ts";
import { createPositionGate } from "./position-gate.ts";
import { ProjectionBuildingError } from "./projection-building.ts";
import { nowhere, type Reached, ShownRows } from "./shown-rows.ts";
import { isDamage } from "./sqlite-failure.ts";
import type { View } from "./view.ts";
import type { ViewConnection } from "./view-connection.ts";
import { openViewFile, type PoisonedEvent, PoisonedEventError, type ViewFile } from "./view-file.ts";

export type ViewState =
  /** Reads what was in the log before it started. */
  | "catching-up"
  /** Shows the log but for what was appended a moment ago. */
  | "live"
  /** Its file or the log failed; it is tried again. */
  | "retrying"
  /** An event cannot be applied. It shows what was before, until it is tried again with success. */
  | "stopped"
  | "closed";

/** A view that follows the log in its file, and stays itself when the file is replaced. */
export class LiveView {
  readonly #view: View;
  readonly #surroundings: ViewSurroundings;
  readonly #rows: ShownRows;
  readonly #gate = createPositionGate();
  readonly #caughtUp = Promise.withResolvers<void>();
  #current: OpenedView;
  #state: ViewState = "catching-up";
  #written = nowhere;
  /** Whether the file that failed is to be made anew instead of opened again. */
  #isUseless = false;
  /** Before which it stopped. */
  #poison: PoisonedEvent | undefined;
  #meter: BuildMeter;
  #stop = new AbortController();
  #running: Promise<void>;

  private constructor(view: View, surroundings: ViewSurroundings, files: StartedFiles) {
    this.#view = view;
    this.#surroundings = surroundings;
    this.#current = files.opened;
    this.#rows = new ShownRows(files, () => this.#refuseUnbuilt());
    this.#meter = this.#newMeter();
    this.#running = this.#run(this.#stop.signal);
  }

  /** Opens the view where its checkpoint stands, or anew when that is not of this log or version, and follows. */
  static async start(view: View, surroundings: ViewSurroundings): Promise<LiveView> {
    return new LiveView(view, surroundings, await openFiles(view, surroundings));
  }

  /** What readers get. */
  get connection(): ViewConnection {
    return this.#rows.connection;
  }

  /**
   * The rows of a view that is right wherever it stands, for who looks where that is: they are those of the beginning of
   * the log while it is being built.
   */
  get unfinished(): ViewConnection {
    return this.#rows.unfinished;
  }

  get state(): ViewState {
    return this.#state;
  }

  /** What readers see. */
  get shown(): Reached {
    const { position, events } = this.#rows.older ?? (this.#isUnbuilt() ? nowhere : this.#written);
    return { position, events };
  }

  /** Of the rows that readers see; `undefined`: they see none. */
  get shownVersion(): number | undefined {
    return this.#rows.older?.version ?? (this.#isUnbuilt() ? undefined : this.#view.version);
  }

  /** How far its own file is, whether readers see it or not. */
  get written(): Reached {
    return this.#written;
  }

  /** Whether its file is on its way to have all of the log for the first time. */
  get isBeingBuilt(): boolean {
    return !this.#rows.isBuilt && this.#state !== "stopped";
  }

  /** The event before which it stopped; `undefined` when it did not. */
  get poison(): PoisonedEvent | undefined {
    return this.#poison;
  }

  /** How it catches up; of no meaning in other states. */
  get meter(): BuildMeter {
    return this.#meter;
  }

  /** The file with the rows that readers see. @throws ProjectionBuildingError */
  get path(): string {
    this.#refuseUnbuilt();
    return this.#rows.older?.path ?? this.#current.file.path;
  }

  get generation(): number {
    return this.#current.generation;
  }

  /** Resolves when the view has shown all of the log for the first time, or does not go on. */
  get caughtUp(): Promise<void> {
    return this.#caughtUp.promise;
  }

  /** Resolves with whether readers came to see this position in time. */
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
    this.#makeCurrent(next, () => this.#current.file.close());
  }

  /**
   * Of a view that has stopped: tries the event again. Resolves with whether it shows it within `timeoutMs`; if not,
   * it has stopped again, or is not there yet, as the state tells.
   */
  retry(timeoutMs: number): Promise<boolean> {
    const poison = this.#poison;
    if (this.#state !== "stopped" || !poison) throw new Error(`view ${this.#view.name} has not stopped`);
    this.#goOn("retrying");
    return this.#gate.reached(poison.position, timeoutMs);
  }

  /** Of a view that has stopped: from now on this is the view, and the file before is deleted. */
  revive(next: OpenedView): void {
    if (this.#state !== "stopped") throw new Error(`view ${this.#view.name} has not stopped`);
    this.#makeCurrent(next);
    this.#meter = this.#newMeter();
    this.#goOn("catching-up");
  }

  /** Writes what was applied, and ends. Whoever waits for a position gets false. Does nothing when closed. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    if (this.#state === "closed") return;
    this.#end("closed");
    // The last connection to close folds the write-ahead log into the file, and a reader may not.
    this.#rows.close();
    this.#current.file.close();
  }

  /** Whether there are no rows that readers may see. One that has stopped shows what was before the event. */
  #isUnbuilt(): boolean {
    return this.isBeingBuilt && !this.#rows.older;
  }

  #refuseUnbuilt(): void {
    if (!this.#isUnbuilt()) return;
    throw new ProjectionBuildingError(this.#view.name, this.#meter.progress(this.#surroundings.logEvents()));
  }

  #goOn(state: "retrying" | "catching-up"): void {
    this.#state = state;
    this.#gate.open();
    this.#resume();
  }

  #newMeter(): BuildMeter {
    return createBuildMeter("catch-up", this.#current.file.events(), this.#surroundings.nowMs);
  }

  #resume(): void {
    this.#stop = new AbortController();
    this.#running = this.#run(this.#stop.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { reader, retryMs } = this.#surroundings;
    const onPage = (events: number) => this.#meter.at(events);
    const onFlushed = (caughtUp: boolean) => this.#show(caughtUp);
    while (!(signal.aborted || this.#state === "stopped")) {
      try {
        if (this.#state === "retrying") this.#reopen();
        this.#show(false);
        await follow(this.#current.file, { reader, signal, onPage, onFlushed });
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
    this.#written = { position: file.position(), events: file.events() };
    if (this.#poison && !isBefore(this.#written.position, this.#poison.position)) this.#poison = undefined;
    if (caughtUp && !this.#rows.isBuilt) this.#makeCurrent(this.#current);
    this.#gate.moved(this.shown.position);
    if (!caughtUp) return;
    file.caughtUp();
    this.#state = "live";
    this.#caughtUp.resolve();
  }

  /** Readers go over to a file that they have open once it is named the current one, and not where either fails. */
  #makeCurrent(opened: OpenedView, closeBefore: () => void = () => undefined): void {
    const next = this.#rows.openComplete(opened.file.path);
    const letGo = () => {
      next.read();
      closeBefore();
    };
    try {
      this.#current = makeCurrent(this.#view, { opened, letGo }, this.#surroundings.generations);
    } finally {
      next.close();
    }
  }

  /** What is in memory of the file is of no use any more. What is on disk is whole, but for damage. */
  #abandonFile(error: unknown): void {
    this.#current.file.close();
    this.#state = "retrying";
    this.#isUseless = isOfAnotherLog(error) || isDamage(error);
    const poisoned = error instanceof PoisonedEventError;
    if (poisoned) this.#poison = error.poison;
    const message = poisoned ? "stops before an event that it cannot apply" : "failed, and is tried again";
    this.#surroundings.notify({ view: this.#view.name, message, error });
  }

  #reopen(): void {
    const { generations } = this.#surroundings;
    if (this.#isUseless) {
      const { generation } = this.#current;
      this.#current = beginBuild(this.#view, generations);
      this.#rows.startOver(this.#current.file.path);
      generations.remove(this.#view.name, generation);
    } else {
      const { generation } = this.#current;
      const file = openViewFile(generations.path(this.#view.name, generation), this.#view);
      if (!file) throw new Error(`another version of view ${this.#view.name} wrote its file`);
      this.#current = { file, generation };
    }
    this.#meter = this.#newMeter();
    this.#state = "catching-up";
  }

  #end(state: "stopped" | "closed"): void {
    this.#state = state;
    this.#gate.moved(this.shown.position);
    this.#gate.shut();
    this.#caughtUp.resolve();
  }
}

function isOfAnotherLog(error: unknown): boolean {
  return error instanceof EventStoreError && error.code === "POSITION_UNKNOWN";
}
