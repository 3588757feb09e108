import type { Position } from "../domain/ports/event-store.ts";
import type { OlderRows } from "./older-rows.ts";
import type { StartedFiles } from "./open-view.ts";
import {
  type NextFile,
  openViewConnection,
  refusing,
  type SwitchableConnection,
  type ViewConnection,
} from "./view-connection.ts";

/** How far a file of a view is. */
export interface Reached {
  /** The last event; `undefined` before the first. */
  readonly position: Position | undefined;
  /** How many events of the log. */
  readonly events: number;
}

export const nowhere: Reached = { position: undefined, events: 0 };

/**
 * What readers of a view see, whatever becomes of its files. Rows that have never yet been those of the whole log are no
 * answer to anything: until they are, an older version's are seen, or none.
 */
export class ShownRows {
  /** What readers get. */
  readonly connection: ViewConnection;
  readonly #connection: SwitchableConnection;
  #older: OlderRows | undefined;
  #isBuilt: boolean;

  /** @param refuse throws what readers are told while they may see nothing */
  constructor({ opened, older, isBuilt }: StartedFiles, refuse: () => void) {
    this.#connection = openViewConnection(older?.path ?? opened.file.path);
    this.#older = older;
    this.#isBuilt = isBuilt;
    this.connection = refusing(this.#connection, refuse);
  }

  /** The same, with rows of the log's beginning. */
  get unfinished(): ViewConnection {
    return this.#connection;
  }

  /** Whether the view's own file has had all of the log once. */
  get isBuilt(): boolean {
    return this.#isBuilt;
  }

  /** What is seen until it has. */
  get older(): (Reached & Pick<OlderRows, "path" | "version">) | undefined {
    if (!this.#older) return undefined;
    const { path, version, last } = this.#older;
    return { path, version, ...(last ? { position: last.position, events: last.ordinal + 1 } : nowhere) };
  }

  /** Opens a file that has all of the log: it is seen once it is read. @throws Error of node:sqlite */
  openComplete(path: string): NextFile {
    const next = this.#connection.openNext(path);
    return { ...next, read: () => this.#see(next, true) };
  }

  /** The file is a new one, and what was seen before is of no use. */
  startOver(path: string): void {
    this.#see(this.#connection.openNext(path), false);
  }

  close(): void {
    this.#connection.close();
    this.#older?.close();
  }

  #see(next: NextFile, isBuilt: boolean): void {
    next.read();
    this.#older?.close();
    this.#older = undefined;
    this.#isBuilt = isBuilt;
  }
}
