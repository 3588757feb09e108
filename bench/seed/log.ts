import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { createLogServer } from "../../src/adapters/event-store/sqlite/log-server.ts";
import { openLog } from "../../src/adapters/event-store/sqlite/open-log.ts";
import { openLogReader } from "../../src/adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventStore } from "../../src/domain/ports/event-store.ts";

/** The log of a data directory that no service uses yet, with a time of its own. */
export interface SeedLog {
  readonly store: EventStore;
  close(): Promise<void>;
}

/**
 * Makes the log of a new data directory. It lives in this thread, because its time is the story's.
 *
 * @throws Error when the directory holds something already
 */
export function openSeedLog(dataDirectory: string, clock: () => Date): SeedLog {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  if (readdirSync(dataDirectory).length > 0) {
    throw new Error(`${dataDirectory} is not empty: name a new directory, so that nothing is mixed up`);
  }
  const directory = join(dataDirectory, "log");
  const log = openLog({
    directory,
    clock,
    randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
    onWarning: fail,
  });
  const server = createLogServer(log, fail);
  const { port1, port2 } = new MessageChannel();
  server.connect(port2);
  const reader = openLogReader(directory);
  const store = createSqliteEventStore({ ...log.identity, port: port1 }, { reader });
  return {
    store,
    async close() {
      await store.close();
      reader.close();
      await server.close();
    },
  };
}

/** Whatever the log has to tell here leaves the history incomplete. */
function fail(reason: unknown): never {
  throw new Error("the log failed while it was filled", { cause: reason });
}
