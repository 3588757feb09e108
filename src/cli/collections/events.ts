import type { Collection } from "./collection.ts";

/** The log, oldest first. */
export const events: Collection = {
  field: "events",
  type: "Event",
  singular: "event",
  names: ["eventId"],
  pageMax: 1000,
  fields: `id eventId stream revision position type schema time data actor source correlationId causationId reason
    sourceAddress hash`,
  facets: ["TYPE", "CATEGORY", "ACTOR", "SOURCE"],
  columns: [
    { name: "time", path: "time", kind: "time" },
    { name: "type", path: "type" },
    { name: "stream", path: "stream" },
    { name: "actor", path: "actor" },
    { name: "data", path: "data" },
    { name: "id", path: "eventId", wide: true },
    { name: "revision", path: "revision", wide: true },
    { name: "source", path: "source", wide: true },
    { name: "correlation", path: "correlationId", wide: true },
    { name: "causation", path: "causationId", wide: true },
    { name: "from", path: "sourceAddress", wide: true },
    { name: "reason", path: "reason", wide: true },
    { name: "position", path: "position", wide: true, order: "POSITION" },
  ],
};
