/** A value as SQLite keeps it. */
export type SqlValue = string | number | null;

/** A row as SQLite keeps it. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** One column. `Value` is what a row holds in memory; SQLite sees text or an integer. */
export interface Column<Value = unknown> {
  readonly type: "TEXT" | "INTEGER";
  readonly nullable: boolean;
  /** Kept as canonical JSON text, and as a value in memory. */
  readonly json: boolean;
  /** Carries the type only; never set. */
  readonly value?: Value;
}

export type ColumnSet = Readonly<Record<string, Column>>;

/** A table of a view. Its SQL name is the name that the view gives it. */
export interface Table<Columns extends ColumnSet = ColumnSet, Kind extends TableKind = TableKind> {
  /**
   * `rows` are looked up and replaced; `log` rows are written once and never looked at by a handler; a `tally` has the
   * columns of `tallyTable`, and a handler counts in it.
   */
  readonly kind: Kind;
  readonly columns: Columns;
  /** Columns of the primary key, in order. A single integer column is the fastest. */
  readonly key: readonly string[];
  /**
   * Columns of each index that a reader needs. SQLite appends the key to each. In a `log`, an index over a column that
   * may be `null` has only the rows with a value.
   */
  readonly indexes: readonly (readonly string[])[];
}

export type TableKind = "rows" | "log" | "tally";
export type TableSet = Readonly<Record<string, Table>>;

type ValueOf<Of> = Of extends Column<infer Value> ? Value : never;

/** A row of this table, as handlers write it and readers get it. */
export type RowOf<Of extends Table> = {
  readonly [Name in keyof Of["columns"]]: ValueOf<Of["columns"][Name]>;
};

interface TableShape<Columns extends ColumnSet> {
  readonly columns: Columns;
  readonly key: readonly (keyof Columns & string)[];
  readonly indexes?: readonly (readonly (keyof Columns & string)[])[];
}

/** A table whose rows are looked up, replaced and deleted by key. */
export function table<Columns extends ColumnSet>(shape: TableShape<Columns>): Table<Columns, "rows"> {
  return { kind: "rows", indexes: [], ...shape };
}

/** A table that only grows, such as one row per event: cheap, because nothing is looked up to write it. */
export function logTable<Columns extends ColumnSet>(shape: TableShape<Columns>): Table<Columns, "log"> {
  return { kind: "log", indexes: [], ...shape };
}

/** A table of counts. The last column has them, the others say of what. */
export function tally<Columns extends ColumnSet>(shape: TableShape<Columns>): Table<Columns, "tally"> {
  return { kind: "tally", indexes: [], ...shape };
}

export const text = <Value extends string = string>() => column<Value>("TEXT");
export const textOrNull = <Value extends string = string>() =>
  column<Value | null>("TEXT", { nullable: true });
export const integer = () => column<number>("INTEGER");
export const integerOrNull = () => column<number | null>("INTEGER", { nullable: true });
/** Any JSON value but `null`. Its objects are never changed once they are in a row. */
export const json = <Value>() => column<Value>("TEXT", { json: true });

function column<Value>(
  type: Column["type"],
  { nullable = false, json: isJson = false }: { readonly nullable?: boolean; readonly json?: boolean } = {},
): Column<Value> {
  return { type, nullable, json: isJson };
}

/** The SQL that makes a view's tables and indexes, in a file that has none. */
export function createTables(tables: TableSet): string {
  return Object.entries(tables)
    .flatMap(([name, definition]) => [createTable(name, definition), ...createIndexes(name, definition)])
    .join(";\n");
}

/** Column names, quoted, as a list for SELECT and INSERT. */
export function columnList({ columns }: Table): string {
  return Object.keys(columns).map(quoted).join(", ");
}

/** Quotes a name of ours, which may be an SQL keyword. */
export function quoted(name: string): string {
  return `"${name}"`;
}

function createTable(name: string, definition: Table): string {
  const columns = Object.entries(definition.columns).map(
    ([column, { type, nullable }]) => `${quoted(column)} ${type}${nullable ? "" : " NOT NULL"}`,
  );
  const key = `PRIMARY KEY (${definition.key.map(quoted).join(", ")})`;
  return `CREATE TABLE ${quoted(name)} (${[...columns, key].join(", ")}) ${optionsOf(definition)}`;
}

/** Wide rows and integer keys do better with a rowid; narrow rows with a text key need one tree less without. */
function optionsOf({ columns, key }: Table): string {
  const keyedByInteger = key.length === 1 && columns[key[0] ?? ""]?.type === "INTEGER";
  const wide = Object.values(columns).some(({ json: isJson }) => isJson);
  return keyedByInteger || wide ? "STRICT" : "STRICT, WITHOUT ROWID";
}

function createIndexes(name: string, { kind, columns: known, indexes }: Table): readonly string[] {
  return indexes.map((columns) => {
    const index = quoted([name, ...columns].join("_"));
    const create = `CREATE INDEX ${index} ON ${quoted(name)} (${columns.map(quoted).join(", ")})`;
    const [first = ""] = columns;
    // Rows of a log are looked up by a value and never listed by the lack of one, which most of them have.
    const isSparse = kind === "log" && known[first]?.nullable;
    return isSparse ? `${create} WHERE ${quoted(first)} IS NOT NULL` : create;
  });
}
