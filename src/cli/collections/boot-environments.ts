import type { Collection } from "./collection.ts";

/** Boot environments that were published, each in its newest version. */
export const bootEnvironments: Collection = {
  field: "bootEnvironments",
  type: "BootEnvironment",
  singular: "bootenv",
  names: ["name"],
  fields: "id name version digest description purpose files { name sha256 bytes } publishedAt",
  facets: ["PURPOSE"],
  columns: [
    { name: "name", path: "name", order: "NAME" },
    { name: "version", path: "version" },
    { name: "purpose", path: "purpose", kind: "enum" },
    { name: "published", path: "publishedAt", kind: "time", order: "PUBLISHED_AT" },
    { name: "description", path: "description" },
    { name: "digest", path: "digest", wide: true },
    { name: "files", path: "files.name", wide: true },
  ],
};
