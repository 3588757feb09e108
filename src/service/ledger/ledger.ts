import type { MessagePort } from "node:worker_threads";
import type { Logger } from "pino";
import type { LeadershipRegister } from "../../adapters/event-store/eventstoredb/leadership-register.ts";
import type { Restored } from "../../adapters/event-store/sqlite/fence.ts";
import type { LogHealth } from "../../adapters/event-store/sqlite/latch.ts";
import type { LogLine } from "../../adapters/event-store/sqlite/protocol.ts";
import type { Config } from "../../config.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import type { Meter } from "../metrics/meter.ts";
import type { Part } from "../stopping.ts";

export interface LedgerOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly meter: Meter;
  /** Gets the log's parts, before anything later can fail. */
  readonly parts: Part[];
  /** The log is lost. */
  readonly onFatal: (error: unknown) => void;
}

/** The log, opened for this process. */
export interface Ledger {
  readonly store: EventStore;
  /** The log continues from a copy, of which maybe no RestoreDetected event tells yet. */
  readonly restored: Restored | undefined;
  /** Where processes settle which of them leads; `undefined`: there is one alone. */
  readonly register: LeadershipRegister | undefined;
  /** What another thread needs to open the same log. To be called once for each. */
  connect(): LogPlace;
  /** Where is told what is measured of the log: for another thread to have. */
  readonly meterPort: MessagePort;
  /** Tells the listener each change of the log's health, and first of all what became of it until now. */
  onHealth(listener: (health: LogHealth) => void): void;
}

/** Where the log is, for a thread that is to open it. */
export type LogPlace =
  /** In files, which the log's own thread writes. */
  | { readonly kind: "sqlite"; readonly line: LogLine; readonly directory: string }
  /** In an engine. The connection string may hold a password. */
  | { readonly kind: "engine"; readonly connectionString: string };

/** The log's health as it was told last, for whoever comes to hear of it later. */
export function healthTeller(): {
  tell(health: LogHealth): void;
  listen(listener: (health: LogHealth) => void): void;
} {
  let health: LogHealth | undefined;
  let tell: (health: LogHealth) => void = () => undefined;
  return {
    tell(now) {
      health = now;
      tell(now);
    },
    listen(listener) {
      tell = listener;
      // A disk is full before anybody is there to be told of it, too.
      if (health) listener(health);
    },
  };
}
