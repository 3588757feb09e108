import { z } from "zod";
import { catalogue } from "../../../domain/catalogue.ts";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import type { LogTable } from "./log-table.ts";

const Shapes = z.record(z.string(), z.int().positive());

/**
 * Keeps in the log which shape of each type of event it has, as far as one was ever changed, so that an older release
 * refuses it before it has read or written anything.
 */
export interface WrittenShapes {
  /** An event of this shape is written, in the transaction that is open. */
  wrote(type: string, schema: number): void;
  /** That transaction came to nothing. */
  rolledBack(): void;
}

export function keepShapes(table: LogTable): WrittenShapes {
  let shapes = read(table);

  return {
    wrote(type, schema) {
      // Shape 1 is that of the first release with the type: whoever knows the type knows it.
      if (schema === 1 || (shapes.get(type) ?? 1) >= schema) return;
      shapes.set(type, schema);
      table.set("shapes", JSON.stringify(Object.fromEntries(shapes)));
    },
    rolledBack() {
      shapes = read(table);
    },
  };
}

/**
 * Types that this release does not know are no reason to refuse a log: they are kept, and shown as they are.
 *
 * @throws EventStoreError `LOG_NEWER` when the log has events in a shape that only a newer release knows
 */
export function refuseNewerShapes(table: LogTable, place: string): void {
  const shapes = read(table);
  for (const { type, schema } of catalogue.flatMap(({ codec }) => codec.definitions)) {
    const written = shapes.get(type) ?? 1;
    if (written <= schema) continue;
    const message = `${place} has events ${type} of shape ${written}, this release knows ${schema}`;
    throw new EventStoreError("LOG_NEWER", `${message}: start the newer release`);
  }
}

function read(table: LogTable): Map<string, number> {
  const text = table.get("shapes");
  return new Map(text === undefined ? [] : Object.entries(Shapes.parse(JSON.parse(text))));
}
