import type { DatabaseSync } from "node:sqlite";
import {
  EventStoreError,
  type ExpectedRevision,
  type StreamRevision,
} from "../../../domain/ports/event-store.ts";
import { RestoreDetected } from "../../../domain/system/events.ts";
import { eventHash } from "../../../proof/event-hash.ts";
import { type Placed, place } from "../placement.ts";
import type { PreparedEvent } from "../prepare.ts";
import { createStreamHeads, type StreamHead } from "./heads.ts";
import { prepareInserts } from "./insert.ts";
import { createLogTable } from "./log-table.ts";
import { keepShapes } from "./shapes.ts";
import { inTransaction } from "./transaction.ts";

export interface Append {
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  readonly events: readonly PreparedEvent[];
}

export type AppendOutcome =
  | ({ readonly outcome: "appended" } & Omit<Placed, "stream">)
  | { readonly outcome: "conflict"; readonly actualRevision: StreamRevision }
  | { readonly outcome: "failed"; readonly error: EventStoreError };

/** The newest event of the log; position 0 when there is none. */
export interface LogHead {
  readonly position: number;
  readonly time: number;
  /** Empty when there is none. */
  readonly hash: string;
}

export interface LogWriter {
  head(): LogHead;
  /**
   * Decides and writes all appends in one transaction. What it returns is durable; when it throws, nothing
   * was acknowledged, and whether a commit that failed half-way is in the file is known only after opening it
   * again.
   */
  commit(appends: readonly Append[]): readonly AppendOutcome[];
}

export function createLogWriter(database: DatabaseSync, clock: () => Date): LogWriter {
  const heads = createStreamHeads(database);
  const table = createLogTable(database);
  const shapes = keepShapes(table);
  const statements = prepareStatements(database);
  let newest = statements.newest();
  /** As the open transaction sees it. */
  let next = newest;

  function append(request: Append): AppendOutcome {
    const { stream, expectedRevision, events } = request;
    const head = heads.get(stream);
    const ids = events.map(({ id }) => id);
    const actualRevision = head?.revision ?? "no-stream";
    const placement = place({ stream, expectedRevision, ids }, { actualRevision, find: statements.find });
    if (placement.outcome === "conflict") return placement;
    if (placement.outcome === "repeated") return { outcome: "appended", ...placement.last };

    const time = Math.max(clock().getTime(), next.time);
    let newestOfStream = head;
    for (const event of events) newestOfStream = record(newestOfStream, { stream, event, time });
    const revision = placement.firstRevision + events.length - 1;
    return { outcome: "appended", revision, position: next.position, time };
  }

  function record(previous: StreamHead | undefined, { stream, event, time }: Recording): StreamHead {
    const streamId = previous?.streamId ?? statements.addStream(stream);
    const revision = (previous?.revision ?? -1) + 1;
    const position = next.position + 1;
    const hash = eventHash(previous?.hash, { ...event, stream, revision, time });
    statements.addEvent(event, { position, streamId, revision, time, hash });
    shapes.wrote(event.type, event.schema);
    // In the same transaction, so that the fence passes from the table to the event without a gap.
    if (event.type === RestoreDetected.type) table.delete("restored");

    const head = { streamId, revision, hash };
    heads.set(stream, head);
    next = { position, time, hash };
    return head;
  }

  return {
    head: () => newest,

    commit(appends) {
      next = newest;
      try {
        const outcomes = inTransaction(database, () =>
          appends.map((request) => settle(() => append(request))),
        );
        heads.committed();
        newest = next;
        return outcomes;
      } catch (error) {
        heads.rolledBack();
        shapes.rolledBack();
        throw error;
      }
    },
  };
}

interface Recording {
  readonly stream: string;
  readonly event: PreparedEvent;
  readonly time: number;
}

/** What is wrong with one append leaves its neighbours in the transaction alone. */
function settle(append: () => AppendOutcome): AppendOutcome {
  try {
    return append();
  } catch (error) {
    if (error instanceof EventStoreError) return { outcome: "failed", error };
    throw error;
  }
}

function prepareStatements(database: DatabaseSync) {
  const selectPlaced = database.prepare(
    `SELECT s.name AS stream, e.revision, e.position, e.time FROM event AS e
      JOIN stream AS s ON s.id = e.stream WHERE e.id = unhex(?, '-')`,
  );
  const selectNewest = database.prepare(
    "SELECT position, time, lower(hex(hash)) AS hash FROM event ORDER BY position DESC LIMIT 1",
  );

  return {
    ...prepareInserts(database),
    newest: () => (selectNewest.get() as LogHead | undefined) ?? { position: 0, time: 0, hash: "" },
    find: (id: string) => selectPlaced.get(id) as Placed | undefined,
  };
}
