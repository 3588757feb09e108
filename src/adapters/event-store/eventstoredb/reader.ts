import {
  type EventReader,
  EventStoreError,
  type ReadAll,
  type RecordedEvent,
  type StreamSlice,
} from "../../../domain/ports/event-store.ts";
import { checkPageLimit } from "../page.ts";
import { type LogIdentity, positionNumber, positionText } from "../position.ts";
import { refuseStreamsBeside, type Standing, standing } from "./envelope.ts";
import { portError } from "./failure.ts";
import type { Known } from "./known.ts";
import { createPages } from "./page.ts";
import { deadlineIn, persist, type Random } from "./persist.ts";
import type { EngineReads } from "./reads.ts";

export interface EngineReaderOptions {
  readonly reads: EngineReads;
  readonly identity: () => Promise<LogIdentity>;
  readonly known: Known;
  readonly random: Random;
  /** For a read, however often it is tried, milliseconds. */
  readonly limitMs: number;
  readonly isClosed: () => boolean;
}

export interface EngineReader {
  readonly reader: Omit<EventReader, "subscribe">;
  /** Tries a read again until the engine answers or its time is over. @throws EventStoreError */
  reading<Answer>(read: (log: LogIdentity) => Promise<Answer>): Promise<Answer>;
}

/** Reads of the log, each tried again until the engine answers or its time is over. */
export function createEngineReader(options: EngineReaderOptions): EngineReader {
  const { reads, identity, known, random, limitMs, isClosed } = options;
  const pages = createPages(reads);
  const closed = () => new EventStoreError("LOG_CLOSED", "the log is closed");

  async function reading<Answer>(read: (log: LogIdentity) => Promise<Answer>): Promise<Answer> {
    if (isClosed()) throw closed();
    try {
      return await persist(async () => read(await identity()), { deadline: deadlineIn(limitMs), random });
    } catch (error) {
      throw isClosed() ? closed() : portError(error, "LOG_UNREADABLE");
    }
  }

  async function eventsOf(
    stream: string,
    { from = 0, limit, newestOnly = false }: StreamSlice,
  ): Promise<readonly Standing[]> {
    if (!newestOnly) return ((await reads.stream(stream, from, limit)) ?? []).map(standing);
    const newest = await reads.newest(stream);
    return newest ? [standing(newest)] : [];
  }

  const reader: EngineReader["reader"] = {
    async readStream(stream, slice = {}) {
      refuseStreamsBeside(stream);
      return reading(async (log) => {
        const events = await eventsOf(stream, slice);
        for (const event of events) known.see(event);
        return events
          .filter(({ revision }) => revision >= (slice.from ?? 0))
          .map((event) => recorded(log, event));
      });
    },

    async readAll({ after, limit, filter }: ReadAll) {
      checkPageLimit(limit);
      return reading(async (log) => {
        const page = await pages.read({ after: positionNumber(log, after), limit, filter });
        if (page.last) known.reach(page.last);
        return {
          events: page.events.map((event) => recorded(log, event)),
          position: page.position === undefined ? undefined : positionText(log, page.position),
          caughtUp: page.caughtUp,
        };
      });
    },

    head: () =>
      reading(async (log) => {
        const position = await pages.newest();
        return position === undefined ? undefined : positionText(log, position);
      }),
  };
  return { reader, reading };
}

function recorded(log: LogIdentity, { position, ...event }: Standing): RecordedEvent {
  return { ...event, position: positionText(log, position) };
}
