import { EnvironmentPurpose } from "../../domain/boot-environment/manifest.ts";
import type { SourceColumn } from "../query/source.ts";
import { type SearchableCollection, sqlCollection } from "../query/sql-collection.ts";
import type { ViewConnection } from "../view-connection.ts";
import { type BootEnvironmentRow, environmentTables, environmentTally } from "../views/boot-environments.ts";

const columns = {
  name: { kind: "text", field: "name", ordered: true },
  purpose: {
    kind: "enum",
    values: EnvironmentPurpose.options,
    field: "purpose",
    ordered: true,
    faceted: true,
  },
  version: { kind: "number", field: "version", ordered: true },
  publishedAt: { kind: "time", field: "publishedAtMs", ordered: true },
} as const satisfies Readonly<Record<string, SourceColumn>>;

/** The newest version of each boot environment, of which there are few. Its view is `boot-environments`. */
export function environmentCollection(connection: ViewConnection): SearchableCollection<BootEnvironmentRow> {
  return sqlCollection(connection, {
    tables: environmentTables,
    table: "latest",
    tally: environmentTally,
    id: "name",
    columns,
    labels: false,
    aliases: { published: "publishedAt" },
    bareWord: "name",
    defaultOrder: { column: "name", descending: false },
    scannable: true,
  });
}
