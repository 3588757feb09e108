import {
  columnList,
  quoted,
  type RowOf,
  type SqlRow,
  type SqlValue,
  type Table,
  type TableSet,
} from "./table.ts";
import type { ViewConnection } from "./view-connection.ts";

/** Prepares SELECTs on one table and turns what they find into its rows. */
export interface TableReader<Row> {
  /** `rest`: the statement from WHERE on. The function takes its parameters. */
  one(rest: string): (...parameters: readonly SqlValue[]) => Row | undefined;
  many(rest: string): (...parameters: readonly SqlValue[]) => readonly Row[];
}

/** Reads the table `name` of a view through this connection. */
export function tableReader<Tables extends TableSet, Name extends keyof Tables & string>(
  connection: ViewConnection,
  tables: Tables,
  name: Name,
): TableReader<RowOf<Tables[Name]>> {
  const table = tables[name] as Tables[Name];
  const select = `SELECT ${columnList(table)} FROM ${quoted(name)}`;
  const decode = rowDecoder(table);
  return {
    one(rest) {
      const statement = connection.prepare(`${select} ${rest}`);
      return (...parameters) => {
        const row = statement.get(...parameters);
        return row && decode(row);
      };
    },
    many(rest) {
      const statement = connection.prepare(`${select} ${rest}`);
      return (...parameters) => statement.all(...parameters).map(decode);
    },
  };
}

/** The row that SQLite's columns spell. */
export function rowDecoder<Of extends Table>({ columns }: Of): (stored: SqlRow) => RowOf<Of> {
  const jsonColumns = Object.keys(columns).filter((name) => columns[name]?.json);
  return (stored) => {
    const row: Record<string, unknown> = { ...stored };
    for (const name of jsonColumns) row[name] = JSON.parse(String(row[name]));
    return row as RowOf<Of>;
  };
}
