import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import type { Position } from "../domain/ports/event-store.ts";
import { checkpointLoader } from "./checkpoint.ts";
import { columnList, quoted, type SqlValue, type Table, type TableSet } from "./table.ts";

/** A view's rows at one position, which stay as they are while the view goes on. */
export interface ViewSnapshot {
  /** Of the view that made the rows. */
  readonly version: number;
  readonly position: Position | undefined;
  /** How many events of the log there are up to the position. */
  readonly events: number;
  /** Its rows are read once for it, however often it is asked for. */
  digest(): Promise<ViewDigest>;
  /** All rows of a table in the order of its primary key. */
  rows(table: string): Iterable<StoredRow>;
  /** The same, a thousand at once: only the last page has fewer. Others get the thread before each. */
  pages(table: string): AsyncIterable<readonly StoredRow[]>;
  close(): void;
}

/** The values of a row in the order of its table's columns. */
export type StoredRow = readonly SqlValue[];

/** Equal rows have equal digests, whatever file they are in. */
export interface ViewDigest {
  readonly position: Position | undefined;
  /** SHA-256 over the digests of the tables, lower case hex. */
  readonly digest: string;
  /** By table: SHA-256 over its rows in the order of the primary key, each a line with a JSON array. */
  readonly tables: Readonly<Record<string, string>>;
}

/** Rows hashed between two pauses: about 2 ms. */
const pageRows = 1_000;

/**
 * Opens a view's file at what is committed now. A writer must have it open.
 *
 * @param signal ends digests and pages early: they throw its reason. (Default: nothing does)
 */
export function openSnapshot(path: string, tables: TableSet, signal?: AbortSignal): ViewSnapshot {
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec("PRAGMA busy_timeout = 5000; BEGIN");
  // The first read of a transaction decides what all of it sees.
  const { version, last } = checkpointLoader(database)();
  const position = last?.position;

  function rows(name: string): Iterable<StoredRow> {
    const table = tables[name];
    if (!table) throw new Error(`there is no table ${name}`);
    const statement = database.prepare(selectInOrder(name, table));
    statement.setReturnArrays(true);
    // node:sqlite types rows as objects, and returns arrays when it was told to.
    return statement.iterate() as Iterable<unknown> as Iterable<StoredRow>;
  }

  /** Lets others have the thread. */
  async function pause(): Promise<void> {
    await setImmediate();
    signal?.throwIfAborted();
  }

  async function* pages(name: string): AsyncGenerator<readonly StoredRow[], void> {
    let page: StoredRow[] = [];
    await pause();
    for (const row of rows(name)) {
      page.push(row);
      if (page.length < pageRows) continue;
      yield page;
      page = [];
      await pause();
    }
    yield page;
  }

  async function digestOfAll(): Promise<ViewDigest> {
    const digests: Record<string, string> = {};
    for (const name of Object.keys(tables).sort()) digests[name] = await tableDigest(pages(name));
    const lines = Object.entries(digests).map(([name, digest]) => `${name} ${digest}\n`);
    const digest = createHash("sha256").update(lines.join("")).digest("hex");
    return { position, digest, tables: digests };
  }
  let known: Promise<ViewDigest> | undefined;

  return {
    version,
    position,
    events: last ? last.ordinal + 1 : 0,
    rows,
    pages,
    digest() {
      known ??= digestOfAll();
      return known;
    },
    close: () => database.close(),
  };
}

async function tableDigest(pages: AsyncIterable<readonly StoredRow[]>): Promise<string> {
  const hash = createHash("sha256");
  for await (const page of pages) {
    for (const row of page) hash.update(`${JSON.stringify(row)}\n`);
  }
  return hash.digest("hex");
}

function selectInOrder(name: string, table: Table): string {
  return `SELECT ${columnList(table)} FROM ${quoted(name)} ORDER BY ${table.key.map(quoted).join(", ")}`;
}
