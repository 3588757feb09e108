import type { DatabaseSync } from "node:sqlite";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import type { LogIdentity } from "../position.ts";
import { nextIncarnation, type Restored } from "./fence.ts";
import { createLogTable } from "./log-table.ts";
import { storedIdentity } from "./session.ts";
import { inTransaction } from "./transaction.ts";

/** Marks a log that goes on in another store: nobody opens it for writing any more. */
export function markMoved(database: DatabaseSync, to: string): void {
  inTransaction(database, () => createLogTable(database).set("moved", to));
}

/** Where a log was moved to; `undefined`: it is here. */
export function movedTo(database: DatabaseSync): string | undefined {
  return createLogTable(database).get("moved");
}

/**
 * Takes the mark away: the log goes on here after all, in its next incarnation and fenced, for it may have gone on there
 * too. Returns what the log tells of it.
 *
 * @throws Error when it was not moved
 * @throws EventStoreError `LOG_DAMAGED`
 */
export function takeBack(database: DatabaseSync, random8: string): Restored {
  const table = createLogTable(database);
  const to = table.get("moved");
  const identity = storedIdentity(table);
  if (!identity) throw new EventStoreError("LOG_DAMAGED", "the log does not say which one it is");
  if (to === undefined) throw new Error("the log was not moved");
  const restored = takenBack(identity, to);
  inTransaction(database, () => {
    table.delete("moved");
    table.set("incarnation", nextIncarnation({ identity, witness: undefined }, random8));
    table.set("restored", JSON.stringify(restored));
  });
  return restored;
}

/** What a log tells of its being taken back from where it was moved to. */
export function takenBack({ incarnation }: LogIdentity, to: string): Restored {
  const message = `taken back here after it was moved to ${to}`;
  return { evidence: "migration", previousIncarnation: incarnation, message };
}

/** What whoever starts a service on a log that was moved is told. */
export function movedError(place: string, to: string): EventStoreError {
  const message = `the log of ${place} was moved to ${to}: start the service on that`;
  return new EventStoreError("LOG_MOVED", `${message}, or take it back with ironledger-maintenance reopen`);
}
