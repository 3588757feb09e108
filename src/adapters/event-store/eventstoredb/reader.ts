import {
  type EventReader,
  EventStoreError,
  type ReadAll,
  type RecordedEvent,
} from "../../../domain/ports/event-store.ts";
import { checkPageLimit } from "../page.ts";
import { type LogIdentity, positionNumber, positionText } from "../position.ts";
import { refuseIdentityStream, type Standing, standing } from "./envelope.ts";
import { portError } from "./failure.ts";
import type { Known } from "./known.ts";
import { newestPosition, readPage } from "./page.ts";
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

/** Reads of the log, each tried again until the engine answers or its time is over. */
export function createEngineReader(options: EngineReaderOptions): Omit<EventReader, "subscribe"> {
  const { reads, identity, known, random, limitMs, isClosed } = options;
  const closed = () => new EventStoreError("LOG_CLOSED", "the log is closed");

  async function reading<Answer>(read: (log: LogIdentity) => Promise<Answer>): Promise<Answer> {
    if (isClosed()) throw closed();
    try {
      return await persist(async () => read(await identity()), { deadline: deadlineIn(limitMs), random });
    } catch (error) {
      throw isClosed() ? closed() : portError(error, "LOG_UNREADABLE");
    }
  }

  async function eventsOf(stream: string, from: number, newestOnly: boolean): Promise<readonly Standing[]> {
    if (!newestOnly) return ((await reads.stream(stream, from)) ?? []).map(standing);
    const newest = await reads.newest(stream);
    return newest ? [standing(newest)] : [];
  }

  return {
    async readStream(stream, { from = 0, newestOnly = false } = {}) {
      refuseIdentityStream(stream);
      return reading(async (log) => {
        const events = await eventsOf(stream, from, newestOnly);
        for (const event of events) known.see(event);
        return events.filter(({ revision }) => revision >= from).map((event) => recorded(log, event));
      });
    },

    async readAll({ after, limit, filter }: ReadAll) {
      checkPageLimit(limit);
      return reading(async (log) => {
        const page = await readPage(reads, { after: positionNumber(log, after), limit, filter });
        return {
          events: page.events.map((event) => recorded(log, event)),
          position: page.position === undefined ? undefined : positionText(log, page.position),
          caughtUp: page.caughtUp,
        };
      });
    },

    head: () =>
      reading(async (log) => {
        const position = await newestPosition(reads);
        return position === undefined ? undefined : positionText(log, position);
      }),
  };
}

function recorded(log: LogIdentity, { position, ...event }: Standing): RecordedEvent {
  return { ...event, position: positionText(log, position) };
}
