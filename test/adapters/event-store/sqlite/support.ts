import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MessageChannel } from "node:worker_threads";
import { vi } from "vitest";
import { prepareEvents } from "../../../../src/adapters/event-store/prepare.ts";
import type { Log } from "../../../../src/adapters/event-store/sqlite/log.ts";
import { logFiles } from "../../../../src/adapters/event-store/sqlite/log-files.ts";
import { createLogServer, type LogServer } from "../../../../src/adapters/event-store/sqlite/log-server.ts";
import { type LogOptions, openLog } from "../../../../src/adapters/event-store/sqlite/open-log.ts";
import type { LogLine } from "../../../../src/adapters/event-store/sqlite/protocol.ts";
import type { NewEvent } from "../../../../src/domain/ports/event-store.ts";
import { afterwards } from "../../../support/afterwards.ts";

// Nothing here waits for a fixed time, so a slow disk costs patience and no failure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** A new directory, removed after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "ironledger-log-"));
  afterwards(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Opens a log in this thread; the test, or the end of the test, closes it. */
export function openTestLog(directory: string, options: Partial<LogOptions> = {}): Log {
  const log = openLog({
    directory,
    clock: () => new Date("2026-01-01T00:00:00Z"),
    randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
    onWarning(message) {
      throw new Error(message);
    },
    ...options,
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= log.close();
    return closing;
  };
  afterwards(close);
  return { ...log, close };
}

/** Serves a log in this thread, as the log's thread does. */
export function serveTestLog(log: Log): LogServer & { connect(): LogLine } {
  const server = createLogServer(log, () => {});
  return {
    ...server,
    connect() {
      const { port1, port2 } = new MessageChannel();
      server.connect(port2);
      afterwards(() => port1.close());
      return { ...log.identity, port: port1 };
    },
  };
}

/** Commits one append to a stream, whatever its revision. */
export function commit(log: Log, stream: string, events: readonly NewEvent[]) {
  const append = { stream, expectedRevision: "any", events: prepareEvents(stream, events) } as const;
  const [outcome] = log.commit([append]);
  if (outcome?.outcome === "failed") throw outcome.error;
  return outcome;
}

/** A connection as any other program would open it, for looking at a log and for spoiling it. */
export function openRaw(directory: string): DatabaseSync {
  const database = new DatabaseSync(logFiles(directory).ledger);
  afterwards(() => database.isOpen && database.close());
  return database;
}
