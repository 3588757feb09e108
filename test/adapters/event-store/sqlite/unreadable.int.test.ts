import { describe, expect, test, vi } from "vitest";
import type { Log } from "../../../../src/adapters/event-store/sqlite/log.ts";
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
