import type {
  EventReader,
  LogPage,
  ReadAll,
  RecordedEvent,
  StreamSlice,
} from "../../../domain/ports/event-store.ts";
import { type LogIdentity, positionIdentity, positionNumber } from "../position.ts";

/** A log as it was at one moment: what is appended to it later is not seen. */
export interface PinnedLog {
  readonly identity: LogIdentity;
  /** How many events the log held. */
  readonly length: number;
  readonly readStream: EventReader["readStream"];
  newestOf(stream: string): Promise<RecordedEvent | undefined>;
  /** As `EventReader.readAll`; `after` is one of its own positions, or `undefined`. */
  page(page: ReadAll): Promise<LogPage>;
}

/** What the positions over a log look like that has none yet. */
const ofEmptyLog: LogIdentity = { logId: "0".repeat(16), incarnation: "0".repeat(12) };

export async function pinLog(log: EventReader): Promise<PinnedLog> {
  const head = await log.head();
  const identity = head === undefined ? ofEmptyLog : positionIdentity(head);
  // Within one incarnation of one log, positions order as text.
  const isThere = ({ position }: RecordedEvent) => head !== undefined && position <= head;

  async function readStream(stream: string, { newestOnly = false, ...slice }: StreamSlice = {}) {
    const events = await log.readStream(stream, { ...slice, newestOnly });
    if (events.every(isThere)) return events;
    if (!newestOnly) return events.filter(isThere);
    // The newest event is a later one, and the one that was the newest is before it.
    return (await log.readStream(stream, slice)).filter(isThere).slice(-1);
  }

  return {
    identity,
    length: positionNumber(identity, head),
    readStream,
    newestOf: async (stream) => (await readStream(stream, { newestOnly: true })).at(-1),
    async page(wanted) {
      if (head === undefined) return { events: [], position: undefined, caughtUp: true };
      const page = await log.readAll(wanted);
      const caughtUp = page.position === undefined || page.position >= head;
      return { events: page.events.filter(isThere), position: caughtUp ? head : page.position, caughtUp };
    },
  };
}
