import type { StatementSync } from "node:sqlite";
import type { Position } from "../../domain/ports/event-store.ts";
import type { SqlRow } from "../table.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type CopierOptions, createCopier, TooManyPastsError } from "./copier.ts";
import { type KeptView, keptViews } from "./kept-views.ts";
import { openPast, type Past, TableMissingError } from "./open-past.ts";

/** The last event that belongs to a moment. */
export interface Place {
  readonly position: Position;
  /** How many events the log holds before it; -1 with an empty position: before all of them. */
  readonly ordinal: number;
}

/** What is looked at. */
export interface PastTable {
  readonly view: KeptView;
  /**
   * The one that is searched, which is there first: its rows are counted without a look at it. Others of the view are
   * there when they are asked for.
   */
  readonly table: string;
  /** The view must show its event. */
  readonly place: Place;
}

/** Views as they were, kept open while they are looked at. */
export interface PastViews {
  /**
   * What `ask` reads in a view as it was. It is asked again when it turned out to need another table, so it must do
   * nothing but read, without an `await`. The connection is for good: what is asked of it later, in another `read` of
   * the same place, is answered from the same rows.
   *
   * @throws TooManyPastsError
   */
  read<Result>(of: PastTable, ask: (connection: ViewConnection) => Result): Promise<Result>;
  /** Rows of all that are open. */
  heldRows(): number;
  /** Tables that are being copied, or wait for it. */
  copying(): number;
  close(): Promise<void>;
}

export interface PastViewsOptions extends CopierOptions {
  /** The file that a view's rows are in now. */
  readonly path: (view: string) => string;
  /** Rows beyond which those that nobody reads are closed. (Default: `pastRowsMax`) */
  readonly rowsMax?: number;
  /** Milliseconds that only grow. (Default: those of the process) */
  readonly now?: () => number;
}

/** Most rows of the past in temporary files, before those are closed that nobody reads: a gigabyte. */
const pastRowsMax = 5_000_000;

/** Most that are open, however few rows they have: each has files. */
const pastsMax = 200;

/** How long one stays open that nobody reads, milliseconds: whoever pages through it comes back. */
const idleMs = 30_000;

interface Held {
  readonly past: Past;
  /** The copies under way, by table. */
  readonly copies: Map<string, Promise<void>>;
  /** Questions that are not answered yet. */
  asking: number;
  askedAtMs: number;
}

/** Copies what is asked for, one table after the other: each keeps a processor and the disk busy. */
export function createPastViews(options: PastViewsOptions): PastViews {
  const { path, rowsMax = pastRowsMax, now = () => performance.now() } = options;
  /** In the order of their use. */
  const held = new Map<string, Held>();
  const copier = createCopier(options);
  const timer = setInterval(() => closeUnread(({ askedAtMs }) => now() - askedAtMs >= idleMs), idleMs);
  timer.unref();

  const heldRows = () => [...held.values()].reduce((sum, { past }) => sum + past.rows(), 0);
  const isFull = () => held.size > pastsMax || heldRows() >= rowsMax;

  /** Closes those that nobody reads, the longest unread first, as long as `isWanted`. */
  function closeUnread(isWanted: (each: Held) => boolean): void {
    for (const [key, each] of held) {
      if (each.asking > 0) continue;
      if (!isWanted(each)) return;
      held.delete(key);
      each.past.close();
    }
  }

  /** The one of a key, which is now the last that was used. */
  function take(key: string, view: KeptView): Held {
    const known = held.get(key);
    const each = known ?? { past: openPast(keptViews[view]), copies: new Map(), asking: 0, askedAtMs: now() };
    held.delete(key);
    held.set(key, each);
    return each;
  }

  /** Copies a table, unless that is under way. */
  function need(table: string, { view, place }: PastTable, { past, copies }: Held): Promise<void> {
    const known = copies.get(table);
    if (known) return known;
    closeUnread(isFull);
    if (isFull()) throw new TooManyPastsError("too many moments of the past are looked at: try again soon");
    const from = () => path(keptViews[view].name);
    const added = copier
      .copy({ view, table, ordinal: place.ordinal, from }, (file, rows) => past.add(table, file, rows))
      .finally(() => copies.delete(table));
    copies.set(table, added);
    return added;
  }

  return {
    heldRows,
    copying: copier.underWay,
    async read(of, ask) {
      const key = `${of.view} ${of.place.ordinal}`;
      const each = take(key, of.view);
      each.asking++;
      try {
        if (!each.past.has(of.table)) await need(of.table, of, each);
        const connection = connectionTo(() => held.get(key)?.past, of.place);
        for (;;) {
          const answer = whenThere(() => ask(connection));
          if ("value" in answer) return answer.value;
          await need(answer.missing, of, each);
        }
      } finally {
        each.asking--;
        each.askedAtMs = now();
      }
    },
    async close() {
      clearInterval(timer);
      await copier.close();
      for (const { past } of held.values()) past.close();
      held.clear();
    },
  };
}

/** What was answered, or the table that is missing for an answer. */
function whenThere<Result>(ask: () => Result): { readonly value: Result } | { readonly missing: string } {
  try {
    return { value: ask() };
  } catch (error) {
    if (error instanceof TableMissingError) return { missing: error.table };
    throw error;
  }
}

/** `past`: as it is held now. It may have been closed in between, and is another one then, with the same rows. */
function connectionTo(past: () => Past | undefined, { position }: Place): ViewConnection {
  return {
    isPlain: true,
    position: () => position,
    prepare(sql) {
      let prepared: { readonly on: Past; readonly statement: StatementSync } | undefined;
      function current(): StatementSync {
        const on = past();
        if (!on) throw new Error("a view as it was is asked outside of its `read`");
        prepared = prepared?.on === on ? prepared : { on, statement: on.prepare(sql) };
        return prepared.statement;
      }
      return {
        get: (...parameters) => current().get(...parameters) as SqlRow | undefined,
        all: (...parameters) => current().all(...parameters) as SqlRow[],
      };
    },
  };
}
