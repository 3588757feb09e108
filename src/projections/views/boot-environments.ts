import { bootEnvironmentCodec } from "../../domain/boot-environment/events.ts";
import type { EnvironmentManifest } from "../../domain/boot-environment/manifest.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type { EnvironmentName } from "../../domain/values/slug.ts";
import { integer, json, type RowOf, table, text } from "../table.ts";
import { tableReader } from "../table-reader.ts";
import { handling, type View } from "../view.ts";
import type { ViewConnection } from "../view-connection.ts";

const environmentColumns = {
  name: text<EnvironmentName>(),
  /** From 1. */
  version: integer(),
  /** Of the manifest, RFC 8785 JSON. */
  digest: text<Sha256>(),
  manifest: json<EnvironmentManifest>(),
  publishedAtMs: integer(),
  position: text(),
};

const tables = {
  version: table({ columns: environmentColumns, key: ["name", "version"] }),
  latest: table({ columns: environmentColumns, key: ["name"] }),
};

/** A published version of a boot environment. */
export type BootEnvironmentRow = RowOf<typeof tables.version>;

/** Boot environments by name, with every version that a run may be pinned to. */
export const bootEnvironments: View<typeof tables> = {
  name: "boot-environments",
  version: 1,
  tables,
  apply: handling(bootEnvironmentCodec, {
    BootEnvironmentPublished({ stream, time, position, data }, rows) {
      const name = stream.slice("bootenv-".length) as EnvironmentName;
      const row = { name, ...data, publishedAtMs: time, position };
      rows.version.put(row);
      rows.latest.put(row);
    },
  }),
};

export interface BootEnvironmentsReader {
  /** The version that is served now. */
  latest(name: EnvironmentName): BootEnvironmentRow | undefined;
  find(name: EnvironmentName, version: number): BootEnvironmentRow | undefined;
  /** The newest version of each environment, by name. `after`: exclusive. */
  list(page: { readonly after?: EnvironmentName; readonly limit: number }): readonly BootEnvironmentRow[];
  /** All versions, oldest first. `after`: exclusive. */
  versions(
    name: EnvironmentName,
    page: { readonly after?: number; readonly limit: number },
  ): readonly BootEnvironmentRow[];
}

export function bootEnvironmentsReader(connection: ViewConnection): BootEnvironmentsReader {
  const latest = tableReader(connection, tables, "latest");
  const version = tableReader(connection, tables, "version");
  const latestOf = latest.one("WHERE name = ?");
  const versionOf = version.one("WHERE name = ? AND version = ?");
  const page = latest.many("WHERE name > ? ORDER BY name LIMIT ?");
  const versions = version.many("WHERE name = ? AND version > ? ORDER BY version LIMIT ?");
  return {
    latest: (name) => latestOf(name),
    find: (name, number) => versionOf(name, number),
    list: ({ after = "", limit }) => page(after, limit),
    versions: (name, { after = 0, limit }) => versions(name, after, limit),
  };
}
