import { integer, integerOrNull, type Table, type TableSet } from "../table.ts";
import type { LogRows, Rows, TableRows, View } from "../view.ts";

/** What a view keeps of the past of one of its tables. */
export interface KeptTable {
  /** Columns whose past is not kept: a change of nothing else makes no version. (Default: all are kept) */
  readonly without?: readonly string[];
  /** Whether a row may be written again as it was, so that writing it is to be compared. (Default: true) */
  readonly compared?: boolean;
  /** Indexes that the table of a past moment is to have, where rows of others are looked up in it. (Default: none) */
  readonly indexes?: Table["indexes"];
}

/** The tables of a view whose past is kept, by their names. */
export type Kept = Readonly<Record<string, KeptTable>>;

/** A view whose rows can be read as they were after any event. */
export interface PastView extends View {
  readonly kept: Kept;
}

/** The table that has every version of the rows of a table. */
export function versionsOf(name: string): string {
  return `${name}_past`;
}

/** In a table of versions: the event that made the version, by its place in the log, from 0. */
export const sinceColumn = "since";
/** In a table of versions: 1 when there was no such row any more, else nothing. */
export const goneColumn = "gone";

/** The columns of a table whose past is kept. The key is always among them. */
export function keptColumns(table: Table, { without = [] }: KeptTable): readonly string[] {
  return Object.keys(table.columns).filter((name) => !without.includes(name));
}

/**
 * The same view, which keeps every version of the rows of some tables besides: a row for each event that changed a
 * row. Versions are only added, so what was once read of a past moment is read so ever after.
 */
export function withPast<Tables extends TableSet>(view: View<Tables>, kept: Kept): PastView {
  const tables: Record<string, Table> = { ...view.tables };
  for (const [name, of] of Object.entries(kept))
    tables[versionsOf(name)] = versionTable(view.tables, name, of);
  const recorders = new WeakMap<object, Recorder>();

  return {
    ...view,
    tables,
    kept,
    apply(event, rows, ordinal) {
      const known = recorders.get(rows) ?? recorderOn(rows as AnyRows, view.tables, kept);
      recorders.set(rows, known);
      view.apply(event, known.rows as Rows<Tables>, ordinal);
      known.record(ordinal);
    },
  };
}

type Row = Readonly<Record<string, unknown>>;
type AnyRows = Readonly<Record<string, TableRows<Row> | LogRows<Row>>>;
type KeyPart = string | number;

/** Sees what a handler does to the rows, and writes down what came of it. */
interface Recorder {
  readonly rows: unknown;
  /** Writes the versions that one event made. */
  record(ordinal: number): void;
}

/** A row that the event under way has changed. */
interface Changed {
  readonly key: readonly KeyPart[];
  readonly before: Row | undefined;
  after: Row | undefined;
}

function recorderOn(rows: AnyRows, tables: TableSet, kept: Kept): Recorder {
  const recorded = Object.entries(kept).map(([name, of]) =>
    recordedTable(rows, { name, table: tableOf(tables, name), of }),
  );
  return {
    rows: { ...rows, ...Object.fromEntries(recorded.map(({ name, rows: of }) => [name, of])) },
    record(ordinal) {
      for (const table of recorded) table.record(ordinal);
    },
  };
}

function recordedTable(
  all: AnyRows,
  { name, table, of }: { readonly name: string; readonly table: Table; readonly of: KeptTable },
) {
  const rows = all[name] as TableRows<Row>;
  const versions = all[versionsOf(name)] as LogRows<Row>;
  const columns = keptColumns(table, of);
  const { compared = true } = of;
  const changes = new Map<string, Changed>();

  function change(key: readonly KeyPart[], after: Row | undefined): void {
    const id = key.join("\u0000");
    const known = changes.get(id);
    if (known) known.after = after;
    else changes.set(id, { key, before: compared ? rows.get(...key) : undefined, after });
  }

  function versionOf({ key, after }: Changed, since: number): Row {
    const known = after ?? Object.fromEntries(table.key.map((column, index) => [column, key[index]]));
    const values = Object.fromEntries(columns.map((column) => [column, known[column] ?? null]));
    return { ...values, [sinceColumn]: since, [goneColumn]: after ? null : 1 };
  }

  return {
    name,
    rows: {
      get: (...key: readonly KeyPart[]) => rows.get(...key),
      put(row: Row) {
        change(
          table.key.map((column) => row[column] as KeyPart),
          row,
        );
        rows.put(row);
      },
      delete(...key: readonly KeyPart[]) {
        change(key, undefined);
        rows.delete(...key);
      },
    },
    record(ordinal: number) {
      if (changes.size === 0) return;
      for (const changed of changes.values()) {
        const { before, after } = changed;
        const isSame = before && after && columns.every((column) => before[column] === after[column]);
        if (!isSame) versions.insert(versionOf(changed, ordinal));
      }
      changes.clear();
    },
  };
}

/** The versions of a row lie beside one another, so that the one of a moment is found by one look. */
function versionTable(tables: TableSet, name: string, of: KeptTable): Table {
  const table = tableOf(tables, name);
  const columns = Object.fromEntries(
    keptColumns(table, of).map((each) => {
      const known = table.columns[each];
      return [each, known && !table.key.includes(each) ? { ...known, nullable: true } : known] as const;
    }),
  );
  return {
    kind: "log",
    columns: { ...columns, [sinceColumn]: integer(), [goneColumn]: integerOrNull() } as Table["columns"],
    key: [...table.key, sinceColumn],
    // The few rows that are no more are found without looking at all of them.
    indexes: [[goneColumn]],
  };
}

function tableOf(tables: TableSet, name: string): Table {
  const table = tables[name];
  if (!table) throw new Error(`there is no table ${name}`);
  return table;
}
