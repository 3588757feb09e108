import { bootEnvironmentCodec } from "../../domain/boot-environment/events.ts";
import type { EnvironmentManifest } from "../../domain/boot-environment/manifest.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type { EnvironmentName } from "../../domain/values/slug.ts";
import { integer, json, type RowOf, table, text } from "../table.ts";
import { tableReader } from "../table-reader.ts";
import { countRow, tallyTable } from "../tally.ts";
import { handling, type View } from "../view.ts";
import type { ViewConnection } from "../view-connection.ts";

const environmentColumns = {
  name: text<EnvironmentName>(),
  /** From 1. */
  version: integer(),
  /** Of the manifest, RFC 8785 JSON. */
  digest: text<Sha256>(),
  manifest: json<EnvironmentManifest>(),
  purpose: text<EnvironmentManifest["purpose"]>(),
  publishedAtMs: integer(),
  position: text(),
};

/** Tables of the view of boot environments, for its readers. */
export const environmentTables = {
  version: table({ columns: environmentColumns, key: ["name", "version"] }),
  latest: table({ columns: environmentColumns, key: ["name"] }),
  tally: tallyTable,
};

/** What is counted of boot environments. */
export const environmentTally = { collection: "latest", columns: ["purpose"] } as const;

/** A published version of a boot environment. */
export type BootEnvironmentRow = RowOf<typeof environmentTables.version>;

/** Boot environments by name, with every version that a run may be pinned to. */
export const bootEnvironments: View<typeof environmentTables> = {
  name: "boot-environments",
  version: 4,
  tables: environmentTables,
  apply: handling(bootEnvironmentCodec, {
    BootEnvironmentPublished({ stream, time, position, data }, rows) {
      const name = stream.slice("bootenv-".length) as EnvironmentName;
      const row = { name, ...data, purpose: data.manifest.purpose, publishedAtMs: time, position };
      rows.version.put(row);
      countRow(rows.tally, environmentTally, { before: rows.latest.get(name), after: row });
      rows.latest.put(row);
    },
  }),
};

/** Single boot environments. All of them are read by `environmentCollection`. */
export interface BootEnvironmentsReader {
  /** The version that is served now. */
  latest(name: EnvironmentName): BootEnvironmentRow | undefined;
}

export function bootEnvironmentsReader(connection: ViewConnection): BootEnvironmentsReader {
  const latestOf = tableReader(connection, environmentTables, "latest").one("WHERE name = ?");
  return { latest: (name) => latestOf(name) };
}
