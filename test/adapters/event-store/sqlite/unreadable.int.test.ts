import { describe, expect, test, vi } from "vitest";
import type { Log } from "../../../../src/adapters/event-store/sqlite/log.ts";
import type { LogReader } from "../../../../src/adapters/event-store/sqlite/reader.ts";
import { createSqliteEventStore } from "../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { EventStoreError, type RecordedEvent } from "../../../../src/domain/ports/event-store.ts";
import { events, write } from "../../../contracts/event-store.support.ts";
import { commit, openTestLog, serveTestLog, temporaryDirectory } from "./support.ts";

describe("a log whose file is being opened anew", () => {
  test("refuses reads with a code, and loses no subscriber", async () => {
    const { log, failing } = failingLog(openTestLog(temporaryDirectory()));
    const server = serveTestLog(log);
    const store = createSqliteEventStore(server.connect());
    await write(store, "machine-1", events(1));
    const abort = new AbortController();
    const seen: RecordedEvent[] = [];
    const following = (async () => {
      for await (const page of store.subscribe({ after: undefined, signal: abort.signal })) {
        seen.push(...page.events);
      }
    })();
    await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 60_000 });

    failing.now = true;
    await expect(write(store, "machine-1", events(1))).rejects.toMatchObject({ code: "LOG_READ_ONLY" });
    await expect(store.readStream("machine-1")).rejects.toMatchObject({ code: "LOG_UNREADABLE" });
    // What the commit that failed left in the file shows when the file was opened again, with no append after it.
    failing.now = false;
    await vi.waitFor(() => expect(seen).toHaveLength(2), { timeout: 60_000 });
    abort.abort();
    await following;
    await server.close();
  });
});

describe("a disk that fails to read for a moment", () => {
  // SQLite says so of EIO.
  const error = Object.assign(new Error("database disk image is malformed"), { errcode: 11 });

  test("is told to who reads once, and ends nobody who follows", async () => {
    const log = openTestLog(temporaryDirectory());
    const failing = { now: false };
    const reader: LogReader = {
      ...log.reader,
      stream: (...request) => orFail(() => log.reader.stream(...request)),
      page: (request) => orFail(() => log.reader.page(request)),
    };
    function orFail<Result>(read: () => Result): Result {
      if (failing.now) throw error;
      return read();
    }
    const server = serveTestLog(log);
    const store = createSqliteEventStore(server.connect(), { reader });
    await write(store, "machine-1", events(1));
    failing.now = true;
    await expect(store.readStream("machine-1")).rejects.toMatchObject({
      code: "LOG_UNREADABLE",
      cause: error,
    });
    const whole = store.readAll({ after: undefined, limit: 10 });
    await expect(whole).rejects.toMatchObject({ code: "LOG_UNREADABLE", cause: error });

    const following = store.subscribe({ after: undefined, signal: new AbortController().signal });
    const first = following[Symbol.asyncIterator]().next();
    failing.now = false;
    expect((await first).value?.events).toHaveLength(1);
    await server.close();
  });
});

/** A log on a disk that fails: appends reach the file and are refused, and the file cannot be read. */
function failingLog(log: Log) {
  const failing = { now: false };
  function readable<Result>(read: () => Result): Result {
    if (failing.now) throw new EventStoreError("LOG_UNREADABLE", "the log is being opened anew");
    return read();
  }
  const broken: Log = {
    ...log,
    reader: {
      head: () => readable(() => log.reader.head()),
      stream: (...request) => readable(() => log.reader.stream(...request)),
      page: (request) => readable(() => log.reader.page(request)),
    },
    commit(appends) {
      if (!failing.now) return log.commit(appends);
      commit(log, "machine-1", events(1));
      const error = new EventStoreError("LOG_READ_ONLY", "the disk is failing");
      return appends.map(() => ({ outcome: "failed", error }));
    },
    health: () => (failing.now ? { status: "read-only", reason: "the disk is failing" } : log.health()),
    recover: () => {},
  };
  return { log: broken, failing };
}
