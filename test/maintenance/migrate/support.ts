import { join } from "node:path";
import { expect } from "vitest";
import { createSqliteEventStore } from "../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventStore, RecordedEvent } from "../../../src/domain/ports/event-store.ts";
import { migrateLog } from "../../../src/maintenance/migrate/migrate-log.ts";
import type { MigrationTarget } from "../../../src/maintenance/migrate/moved-log.ts";
import { openSource, openTarget } from "../../../src/maintenance/migrate/places.ts";
import { openTestLog, serveTestLog, temporaryDirectory } from "../../adapters/event-store/sqlite/support.ts";
import { plain, readWhole } from "../../contracts/event-store.support.ts";
import { dice, historySteps, record } from "../../support/history.ts";

/** A place whose user nobody has to know. */
export const place = (text: string) => ({ text, credentials: undefined });
/** Sevens, as many as asked for. */
export const randomHex = (digits: number) => "7".repeat(digits);
const onProgress = () => undefined;

/** Opens a log in files as a service does. */
export function openFiles(data: string) {
  const log = openTestLog(join(data, "log"));
  const server = serveTestLog(log);
  const store = createSqliteEventStore(server.connect());
  const close = async () => {
    await store.close();
    await server.close();
  };
  return { log, store, close };
}

/** A data directory with a log that has the history of a few machines, of a stopped service. */
export async function writtenLog(): Promise<{
  readonly data: string;
  readonly events: readonly RecordedEvent[];
}> {
  const data = temporaryDirectory();
  const { store, close } = openFiles(data);
  const chance = dice(70);
  for (const step of historySteps(7, 5)) await record(store, step, chance);
  const events = await readWhole(store);
  expect(events.length).toBeGreaterThan(50);
  await close();
  return { data, events };
}

/** Moves a log as the command does. `wrap`: what is done to the target on the way. */
export async function migrate(from: string, to: string, wrap = (target: MigrationTarget) => target) {
  const source = await openSource(place(from));
  try {
    const target = await openTarget(place(to), source);
    try {
      return await migrateLog({ source, target: wrap(target), randomHex, onProgress });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** An event without its position, which is the store's own. */
export function unplaced(recorded: RecordedEvent) {
  const { position: _, ...event } = plain(recorded);
  return event;
}

/** All of a log, as `unplaced`. */
export const readUnplaced = async (store: EventStore) => (await readWhole(store)).map(unplaced);
