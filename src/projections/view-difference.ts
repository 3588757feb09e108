import { quoted, type SqlRow, type SqlValue, type Table, type TableSet } from "./table.ts";
import type { StoredRow, ViewSnapshot } from "./view-snapshot.ts";

/** The first row, in the order of the primary key, in which two files of a view differ. */
export interface ViewDifference {
  readonly table: string;
  readonly key: SqlRow;
  /** `undefined` when the file has no row with this key. */
  readonly live: SqlRow | undefined;
  readonly rebuilt: SqlRow | undefined;
}

/** Longest value that a sentence about a difference shows, characters. */
const shownMax = 200;

/** The difference in one sentence: which row, and what is where the two do not agree. */
export function describeDifference({ table, key, live, rebuilt }: ViewDifference): string {
  const row = `table ${table}, row ${Object.values(key).join(" ")}`;
  if (!live) return `${row} is missing in the view`;
  if (!rebuilt) return `${row} is in the view and not in the log`;
  const columns = Object.keys(live).filter((column) => live[column] !== rebuilt[column]);
  const values = columns.map(
    (column) => `${column} is ${shown(live[column])} in the view and ${shown(rebuilt[column])} by the log`,
  );
  return `${row}: ${values.join("; ")}`;
}

function shown(value: SqlValue | undefined): string {
  const text = JSON.stringify(value ?? null);
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}

/** Compares two snapshots at the same position by their digests; `undefined` when they are equal. */
export async function firstDifference(
  live: ViewSnapshot,
  rebuilt: ViewSnapshot,
  tables: TableSet,
): Promise<ViewDifference | undefined> {
  const [ofLive, ofRebuilt] = [await live.digest(), await rebuilt.digest()];
  for (const [name, table] of Object.entries(tables)) {
    if (ofLive.tables[name] === ofRebuilt.tables[name]) continue;
    const difference = await firstDifferingRow(live.pages(name), rebuilt.pages(name), table);
    if (difference) return { table: name, ...difference };
    throw new Error(`the digests of ${quoted(name)} differ and its rows do not`);
  }
  return undefined;
}

type Pages = AsyncIterable<readonly StoredRow[]>;

async function firstDifferingRow(live: Pages, rebuilt: Pages, table: Table) {
  const ofRebuilt = rebuilt[Symbol.asyncIterator]();
  for await (const page of live) {
    // Up to the difference the pages of both have the same rows. The last one is not full, so one differs there.
    const { value: others = [] } = await ofRebuilt.next();
    for (let row = 0; row < Math.max(page.length, others.length); row++) {
      if (JSON.stringify(page[row]) === JSON.stringify(others[row])) continue;
      return differing(page[row], others[row], table);
    }
  }
  return undefined;
}

function differing(ofLive: StoredRow | undefined, ofRebuilt: StoredRow | undefined, table: Table) {
  const [live, rebuilt] = [ofLive, ofRebuilt].map((row) => row && named(table, row));
  // Keys come in order, so where the rows part, the lower key is missing on the other side.
  const order = live && rebuilt ? compareKeys(table, live, rebuilt) : 0;
  const liveRow = order > 0 ? undefined : live;
  const rebuiltRow = order < 0 ? undefined : rebuilt;
  return { key: keyOf(table, liveRow ?? rebuiltRow ?? {}), live: liveRow, rebuilt: rebuiltRow };
}

function named({ columns }: Table, row: StoredRow): SqlRow {
  return Object.fromEntries(Object.keys(columns).map((name, index) => [name, row[index] ?? null]));
}

function keyOf({ key }: Table, row: SqlRow): SqlRow {
  return Object.fromEntries(key.map((column) => [column, row[column] ?? null]));
}

function compareKeys({ key }: Table, a: SqlRow, b: SqlRow): number {
  for (const column of key) {
    const order = compareValues(a[column] ?? null, b[column] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: SqlValue, b: SqlValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  // SQLite orders text by its UTF-8 bytes.
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
