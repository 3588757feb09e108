import type { DatabaseSync } from "node:sqlite";
import type { CheckedEvent } from "../../../proof/check-chains.ts";
import { prepareInserts } from "./insert.ts";
import { createLogTable } from "./log-table.ts";
import { createLogReader } from "./reader.ts";
import { keepShapes } from "./shapes.ts";
import { inTransaction } from "./transaction.ts";

/** An event of another log, with all that it has but its position. */
type ImportedEvent = Omit<CheckedEvent, "position">;

/**
 * Puts events of another log behind those that are there, as they are: the time and the hash are theirs, and nothing
 * of them is checked but that each is the next of its stream. For a log that nobody uses yet.
 *
 * @returns what writes events in one transaction
 */
export function createRowImport(database: DatabaseSync): (events: readonly ImportedEvent[]) => void {
  const { addStream, addEvent } = prepareInserts(database);
  const shapes = keepShapes(createLogTable(database));
  const streamIds = new Map<string, number>();
  let position = createLogReader(database).head();

  function streamIdOf(name: string): number {
    const id = streamIds.get(name) ?? addStream(name);
    streamIds.set(name, id);
    return id;
  }

  return (events) =>
    inTransaction(database, () => {
      for (const event of events) {
        const { stream, revision, time, hash, type, schema } = event;
        addEvent(event, { position: ++position, streamId: streamIdOf(stream), revision, time, hash });
        shapes.wrote(type, schema);
      }
    });
}
