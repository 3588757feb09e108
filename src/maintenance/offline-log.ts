import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { MessageChannel } from "node:worker_threads";
import { logFiles } from "../adapters/event-store/sqlite/log-files.ts";
import { createLogServer } from "../adapters/event-store/sqlite/log-server.ts";
import { openLog } from "../adapters/event-store/sqlite/open-log.ts";
import { createSqliteEventStore } from "../adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventStore } from "../domain/ports/event-store.ts";

export interface OfflineLogOptions {
  /** `<data>/log` */
  readonly directory: string;
  readonly clock: () => Date;
  /** Told of what is wrong and does not matter for what is done here. */
  readonly onWarning: (message: string) => void;
}

/** The log of a stopped service. */
export interface OfflineLog {
  readonly store: EventStore;
  /** Commits, closes the files, releases the lock. */
  close(): Promise<void>;
}

/**
 * Opens the log of a stopped service under its lock, in this thread: nothing else is going on.
 *
 * @throws EventStoreError `LOG_LOCKED` while a service runs on it, `LOG_DAMAGED`, `LOG_NEWER`
 * @throws Error when there is no log
 */
export function openOfflineLog({ directory, clock, onWarning }: OfflineLogOptions): OfflineLog {
  const { ledger } = logFiles(directory);
  if (!existsSync(ledger)) {
    throw new Error(`${ledger} does not exist: name the data directory of a service that has run`);
  }
  const randomHex = (digits: number) => randomBytes(digits / 2).toString("hex");
  const log = openLog({ directory, clock, randomHex, onWarning });
  const server = createLogServer(log, (health) => {
    if (health.status === "read-only") onWarning(`the log cannot be written: ${health.reason}`);
  });
  const { port1, port2 } = new MessageChannel();
  server.connect(port2);
  const store = createSqliteEventStore({ ...log.identity, port: port1 });
  return {
    store,
    async close() {
      await store.close();
      await server.close();
    },
  };
}
