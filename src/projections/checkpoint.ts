import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { EventReader, RecordedEvent } from "../domain/ports/event-store.ts";

/** The last event that a view contains. */
const LastEvent = z.object({
  position: z.string(),
  hash: z.string(),
  stream: z.string(),
  revision: z.int(),
  /** How many events came before it. */
  ordinal: z.int(),
});
export type LastEvent = Readonly<z.infer<typeof LastEvent>>;

export function lastEventOf({ position, hash, stream, revision }: RecordedEvent, ordinal: number): LastEvent {
  return { position, hash, stream, revision, ordinal };
}

/** Where a view stands. */
export interface Checkpoint {
  /** Of the view that wrote the rows. */
  readonly version: number;
  /** `undefined` before the first event. */
  readonly last: LastEvent | undefined;
}

/** Begins a new file at the beginning of the log. */
export function createCheckpoint(database: DatabaseSync, version: number): void {
  database.exec(`
    CREATE TABLE projection_checkpoint (
      id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL,
      position TEXT, hash TEXT, stream TEXT, revision INTEGER, ordinal INTEGER
    ) STRICT`);
  database.prepare("INSERT INTO projection_checkpoint (id, version) VALUES (1, ?)").run(version);
}

/** A function that reads the checkpoint of the file behind this connection. */
export function checkpointLoader(database: DatabaseSync): () => Checkpoint {
  const select = database.prepare(
    "SELECT version, position, hash, stream, revision, ordinal FROM projection_checkpoint WHERE id = 1",
  );
  return () => {
    const row = select.get();
    const last = row?.["position"] === null ? undefined : LastEvent.parse(row);
    return { version: z.int().parse(row?.["version"]), last };
  };
}

/** A function that moves the checkpoint, for use in the transaction that writes the rows. */
export function checkpointSaver(database: DatabaseSync): (last: LastEvent) => void {
  const update = database.prepare(
    "UPDATE projection_checkpoint SET position = ?, hash = ?, stream = ?, revision = ?, ordinal = ? WHERE id = 1",
  );
  return ({ position, hash, stream, revision, ordinal }) => {
    update.run(position, hash, stream, revision, ordinal);
  };
}

/** Whether the event that the view ended with is in this log, at that place and unchanged. */
export async function isInLog({ last }: Pick<Checkpoint, "last">, reader: EventReader): Promise<boolean> {
  if (!last) return true;
  const [event] = await reader.readStream(last.stream, { from: last.revision, limit: 1 });
  return event?.position === last.position && event.hash === last.hash;
}
