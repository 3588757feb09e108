import { mkdir } from "node:fs/promises";
import type { MessagePort } from "node:worker_threads";
import { MessageChannel } from "node:worker_threads";
import type { Logger } from "pino";
import type { LogHealth } from "../adapters/event-store/sqlite/latch.ts";
import { type LogThread, startLogThread } from "../adapters/event-store/sqlite/log-thread.ts";
import { createSqliteEventStore } from "../adapters/event-store/sqlite/sqlite-event-store.ts";
import type { EventStore } from "../domain/ports/event-store.ts";
import { threadEntry } from "../paths.ts";
import { countRefusals } from "./metrics/measure-store.ts";
import type { Meter } from "./metrics/meter.ts";
import { type Part, part } from "./stopping.ts";

export interface LedgerOptions {
  readonly directory: string;
  readonly log: Logger;
  readonly meter: Meter;
  /** Gets the log's parts, before anything later can fail. */
  readonly parts: Part[];
  /** The log is lost. */
  readonly onFatal: (error: unknown) => void;
}

/** The log, opened for this process. */
export interface Ledger {
  readonly directory: string;
  readonly thread: LogThread;
  readonly store: EventStore;
  /** Where its thread tells what it measures: for another thread to have. */
  readonly meterPort: MessagePort;
  /** Tells the listener each change of the log's health, and first of all what became of it until now. */
  onHealth(listener: (health: LogHealth) => void): void;
}

/** @throws EventStoreError */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { directory, log, meter, parts, onFatal } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  let health: LogHealth | undefined;
  let tell: (health: LogHealth) => void = () => undefined;
  const thread = await startLogThread({
    entry: threadEntry("log"),
    directory,
    onHealth(now) {
      log.warn(now, "the log's health changed");
      health = now;
      tell(now);
    },
    onWarning: (message) => log.warn(message),
    onFailure: onFatal,
  });
  parts.push(part("the log", () => thread.close()));
  const { port1, port2 } = new MessageChannel();
  thread.connectMeter(port1);
  const store = countRefusals(createSqliteEventStore(thread.connect()), meter, "main");
  parts.push(part("appends", () => store.close()));

  return {
    directory,
    thread,
    store,
    meterPort: port2,
    onHealth(listener) {
      tell = listener;
      // A disk is full before anybody is there to be told of it, too.
      if (health) listener(health);
    },
  };
}
