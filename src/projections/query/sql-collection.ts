import type { RowOf, TableSet } from "../table.ts";
import { rowDecoder } from "../table-reader.ts";
import type { ViewConnection } from "../view-connection.ts";
import { checkCondition } from "./check.ts";
import type { Collection } from "./collection.ts";
import type { Condition } from "./condition.ts";
import { countOf } from "./count.ts";
import { facetOf, facetsOf } from "./facet.ts";
import { normalForm } from "./normal-form.ts";
import { type Costs, measuredCosts } from "./plan.ts";
import { type Query, queryOn } from "./query.ts";
import { readPage } from "./read-page.ts";
import type { SearchColumns } from "./search.ts";
import { type CollectionSource, tableOf } from "./source.ts";
import { spanOf } from "./span.ts";
import { statementsOn } from "./statements.ts";

/** A collection that people can search, too. */
export type SearchableCollection<Row> = Collection<Row> & SearchColumns;

/** Rows up to which a count that may be an estimate is likely exact. */
const exactMax = 10_000;

/** Where a collection's rows lie, with the types of its tables. */
export type SourceOf<Tables extends TableSet, Name extends keyof Tables & string> = CollectionSource & {
  readonly tables: Tables;
  readonly table: Name;
};

/** A collection over the tables of one view. `costs`: what its ways of reading cost. (Default: as measured) */
export function sqlCollection<Tables extends TableSet, Name extends keyof Tables & string>(
  connection: ViewConnection,
  from: SourceOf<Tables, Name>,
  costs: Costs = measuredCosts,
): SearchableCollection<RowOf<Tables[Name]>> {
  type Row = RowOf<Tables[Name]>;
  const source = connection.isPlain ? plainSource(from) : from;
  const { columns, labels, aliases, bareWord, defaultOrder, scope } = source;
  const engine = { source, costs, statements: statementsOn(connection) };
  const decode = rowDecoder(source.tables[source.table] as Tables[Name]);
  const naming = namingColumn(source);

  function queryOf(where: Condition | undefined): Query {
    checkCondition(where, source);
    const normal = normalForm(scope && where ? { all: [scope, where] } : (scope ?? where));
    return queryOn(engine, normal);
  }

  return {
    columns,
    labels,
    aliases,
    bareWord,
    defaultOrder,
    page(request) {
      const query = queryOf(request.where);
      const { span, reversed } = spanOf(query, request);
      const { field } = span.reading.column;
      const found = readPage(query, span).map((of) => ({
        row: decode(of) as Row,
        key: [of[field] ?? null, of[source.id] ?? 0] as const,
      }));
      return reversed ? found.reverse() : found;
    },
    // Without tallies there is nothing to estimate from.
    count: (where, precision) =>
      countOf(queryOf(where), precision === "exact" || connection.isPlain ? undefined : exactMax),
    facet: (subject, where) => facetOf(queryOf(where), subject),
    facets: (subjects, where) => facetsOf(queryOf(where), subjects),
    find(id) {
      const query = queryOf({ column: naming, eq: id });
      const [found] = readPage(query, spanOf(query, { limit: 1 }).span);
      return found && (decode(found) as Row);
    },
  };
}

/** The same rows where all must be looked at: the table has no index, and nothing is counted but all of them. */
function plainSource<Source extends CollectionSource>(source: Source): Source {
  const { collection } = source.tally;
  const tables = { ...source.tables, [source.table]: { ...tableOf(source), indexes: [] } };
  return { ...source, tables, tally: { collection, columns: [] } };
}

function namingColumn({ columns, id, table }: CollectionSource): string {
  const naming = Object.entries(columns).find(([, { field, of }]) => field === id && !of);
  if (!naming) throw new Error(`no column of ${table} names its rows`);
  return naming[0];
}
