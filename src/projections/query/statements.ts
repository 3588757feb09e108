import type { SqlRow } from "../table.ts";
import type { ViewConnection, ViewStatement } from "../view-connection.ts";
import type { Sql } from "./sql.ts";

/** Statements that are kept prepared, the least recently used going first. A query has a few shapes. */
const preparedMax = 256;

/** Runs SQL that is made up at run time, and prepares each shape of it once. */
export interface Statements {
  all(of: Sql): readonly SqlRow[];
  get(of: Sql): SqlRow | undefined;
}

export function statementsOn(connection: ViewConnection): Statements {
  const prepared = new Map<string, ViewStatement>();

  function statement(text: string): ViewStatement {
    const known = prepared.get(text);
    // Taken out and put back, so that the map is in the order of use.
    if (known) prepared.delete(text);
    const found = known ?? connection.prepare(text);
    prepared.set(text, found);
    const [oldest] = prepared.keys();
    if (prepared.size > preparedMax && oldest !== undefined) prepared.delete(oldest);
    return found;
  }

  return {
    all: ({ text, values }) => statement(text).all(...values),
    get: ({ text, values }) => statement(text).get(...values),
  };
}
