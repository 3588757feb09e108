import {
  type AppendResult,
  type EventStore,
  EventStoreError,
  type ExpectedRevision,
  type NewEvent,
  type ReadAll,
} from "../../../domain/ports/event-store.ts";
import { follow } from "../follow.ts";
import { createHeadSignal } from "../head-signal.ts";
import { checkPageLimit } from "../page.ts";
import { appended, place } from "../placement.ts";
import type { LogIdentity } from "../position.ts";
import { prepareEvents } from "../prepare.ts";
import { createMemoryLog } from "./memory-log.ts";

const defaultIdentity: LogIdentity = { logId: "0".repeat(16), incarnation: "000100000000" };

interface Batch {
  readonly expectedRevision: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

/** Keeps the log in this process. For tests: everything is gone at exit. */
export function createMemoryEventStore(clock: () => Date, identity = defaultIdentity): EventStore {
  const log = createMemoryLog(identity);
  const headSignal = createHeadSignal();
  let closed = false;

  function refuseWhenClosed(): void {
    if (closed) throw new EventStoreError("LOG_CLOSED", "the log is closed");
  }

  function append(stream: string, { expectedRevision, events }: Batch): AppendResult {
    const prepared = prepareEvents(stream, events);
    const ids = events.map(({ id }) => id);
    const actualRevision = log.stream(stream).at(-1)?.revision ?? "no-stream";
    const placement = place({ stream, expectedRevision, ids }, { actualRevision, find: log.find });
    if (placement.outcome === "conflict") return placement;
    if (placement.outcome === "repeated") return appended(identity, placement.last);

    const time = Math.max(clock().getTime(), log.newest()?.time ?? 0);
    for (const event of prepared) log.record(stream, event, time);
    headSignal.raise();
    const revision = placement.firstRevision + prepared.length - 1;
    return appended(identity, { revision, position: log.length(), time });
  }

  async function readAll(page: ReadAll) {
    refuseWhenClosed();
    checkPageLimit(page.limit);
    return log.page(page);
  }

  return {
    async append(stream, batch) {
      refuseWhenClosed();
      return append(stream, batch);
    },

    async readStream(stream, { from = 0, limit = Number.MAX_SAFE_INTEGER, newestOnly = false } = {}) {
      refuseWhenClosed();
      const events = log.stream(stream);
      const first = newestOnly ? Math.max(from, events.length - 1) : from;
      return events.slice(first, first + limit);
    },

    readAll,
    subscribe: (subscription) => follow({ readAll, headSignal, isClosed: () => closed }, subscription),

    async head() {
      refuseWhenClosed();
      return log.newest()?.position;
    },

    async close() {
      closed = true;
      headSignal.raise();
    },
  };
}
