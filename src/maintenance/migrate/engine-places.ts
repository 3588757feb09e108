import type { EventData, ResolvedEvent } from "@eventstore/db-client";
import { createClient } from "../../adapters/event-store/eventstoredb/client.ts";
import { createConnection } from "../../adapters/event-store/eventstoredb/connection.ts";
import { readConnectionString } from "../../adapters/event-store/eventstoredb/connection-string.ts";
import {
  eventData,
  identityStream,
  isOfLog,
  standing,
} from "../../adapters/event-store/eventstoredb/envelope.ts";
import { portError } from "../../adapters/event-store/eventstoredb/failure.ts";
import {
  movedEvent,
  type NamedLog,
  nameEvent,
  readLogName,
} from "../../adapters/event-store/eventstoredb/log-name.ts";
import { deadlineIn, persist } from "../../adapters/event-store/eventstoredb/persist.ts";
import { createEngineReads, type EngineReads } from "../../adapters/event-store/eventstoredb/reads.ts";
import { createEngineWrite } from "../../adapters/event-store/eventstoredb/write.ts";
import { prepareEvents } from "../../adapters/event-store/prepare.ts";
import { nextIncarnation, type Restored } from "../../adapters/event-store/sqlite/fence.ts";
import { takenBack } from "../../adapters/event-store/sqlite/moved-away.ts";
import { canonicalJson } from "../../canonical-json.ts";
import { systemMeta } from "../../domain/event-meta.ts";
import { RestoreDetected, systemCodec, systemStream } from "../../domain/system/events.ts";
import { eventHash } from "../../proof/event-hash.ts";
import { appendsOf } from "./appends-of.ts";
import type { MigrationSource, MigrationTarget, MovedEvent, MovedPages } from "./moved-log.ts";

export interface EnginePlaceOptions {
  /** With the password, if there is one. */
  readonly connectionString: string;
  /** For people: without the password. */
  readonly place: string;
  readonly clock: () => Date;
  /** 0 up to, not including, 1. */
  readonly random: () => number;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** For how long a call is tried again when nothing answers, milliseconds. (Default: 60,000) */
  readonly patienceMs?: number;
}

/** For one call of the engine, or for its next word, milliseconds. */
const callMs = 10_000;

/** Events that are read at once. */
const pageEvents = 1_000;

/**
 * The log of an engine. Nothing locks an engine: stop every service on it before.
 *
 * @throws EventStoreError when the engine does not answer
 * @throws Error when it holds no log
 */
export async function openEngineSource(options: EnginePlaceOptions): Promise<MigrationSource> {
  const engine = connect(options);
  try {
    const { place } = options;
    const { logId, incarnation, movedTo, revision } = await nameOf(engine, place);
    const identity = { logId, incarnation };
    return {
      place,
      identity,
      movedTo,
      size: undefined,
      pages: () => pagesOf(engine.all),
      async leave(to) {
        // Whoever says so first is believed, and it was said already where an attempt was cut short.
        if (movedTo === undefined) await engine.say(movedEvent(identity, to), revision);
      },
      close: engine.close,
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/**
 * Lets services start again on an engine whose log was moved away, fenced: it may have gone on elsewhere.
 *
 * @throws EventStoreError when the engine does not answer
 * @throws Error when it holds no log, or that was not moved
 */
export async function reopenEngine(options: EnginePlaceOptions, random8: string): Promise<Restored> {
  const engine = connect(options);
  try {
    const identity = await nameOf(engine, options.place);
    const { logId, movedTo, revision } = identity;
    if (movedTo === undefined) throw new Error("the log was not moved");
    const restored = takenBack(identity, movedTo);
    const incarnation = nextIncarnation({ identity, witness: undefined }, random8);
    await engine.say(nameEvent({ logId, incarnation }, restored), revision);
    return restored;
  } finally {
    await engine.close();
  }
}

/** What the engine says last of which log it holds. */
async function nameOf({ named }: ReturnType<typeof connect>, place: string): Promise<NamedLog> {
  const event = await named();
  if (!event) throw new Error(`${place} holds no log`);
  return readLogName(event);
}

/**
 * An engine of Ironledger's own that holds no log yet, or what an attempt that was cut short left there. It has a name
 * last of all, and no service starts on an engine that has events and no name.
 *
 * @throws EventStoreError when the engine does not answer
 * @throws Error when it holds a log
 */
export async function openEngineTarget(options: EnginePlaceOptions): Promise<MigrationTarget> {
  const engine = connect(options);
  const { place, clock, newId } = options;
  try {
    if (await engine.named()) throw new Error(`${place} holds a log: name an empty engine`);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return {
    place,
    pages: () => pagesOf(engine.all),
    async write(events) {
      for (const append of appendsOf(events)) await engine.append(append);
    },
    async finish(identity, restored) {
      // Before the log has its name, so that nothing ever starts on it without the fence.
      const before = await engine.newest(systemStream);
      const event = { ...systemCodec.write({ type: RestoreDetected.type, data: restored }), id: newId() };
      const [prepared] = prepareEvents(systemStream, [{ ...event, meta: systemMeta(event.id) }]);
      if (!prepared) throw new Error("an event was prepared, and is not there");
      const last = before && standing(before);
      const time = Math.max(clock().getTime(), last?.time ?? 0);
      const placed = { ...prepared, stream: systemStream, revision: (last?.revision ?? -1) + 1, time };
      await engine.append([{ ...placed, hash: eventHash(last?.hash, placed) }]);
      await engine.say(nameEvent(identity), undefined);
    },
    close: engine.close,
  };
}

function connect({ connectionString, random, patienceMs = 60_000 }: EnginePlaceOptions) {
  const { url, credentials } = readConnectionString(connectionString);
  const open = () => createConnection(() => createClient(url));
  const connections = { reads: open(), appends: open() };
  const reads = createEngineReads(connections.reads, callMs);
  const write = createEngineWrite(connections.appends, { credentials, limitMs: callMs });

  /** The engine takes the same ids at the same revision once, however often they are sent. */
  async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await persist(ask, { deadline: deadlineIn(patienceMs), random });
    } catch (error) {
      throw portError(error, "LOG_UNREADABLE");
    }
  }

  return {
    all: (from: number | undefined, count: number) => patiently(() => reads.all(from, count)),
    newest: (stream: string) => patiently(() => reads.newest(stream)),
    named: () => patiently(() => reads.newest(identityStream)),
    append(events: readonly MovedEvent[]): Promise<void> {
      const [first] = events;
      if (!first) throw new Error("an append of no event");
      const data = events.map((event) => eventData(event, event.time, event.hash));
      return patiently(() =>
        write(first.stream, data, first.revision === 0 ? undefined : first.revision - 1),
      );
    },
    /** Says which log the engine holds. `behind`: the revision of what was said last. */
    say: (name: EventData, behind: number | undefined) =>
      patiently(() => write(identityStream, [name], behind)),
    async close(): Promise<void> {
      await Promise.all(Object.values(connections).map((connection) => connection.close()));
    },
  };
}

/** The engine's own events, and those about the log, are left out. */
async function* pagesOf(all: EngineReads["all"]): MovedPages {
  for (let from: number | undefined; ; ) {
    // One more, because the page begins with the last event of the one before.
    const asked = await all(from, pageEvents + 1);
    const fresh = from === undefined ? asked : asked.slice(1);
    yield fresh.filter(isOfLog).map(storedEvent);
    const last = asked.at(-1)?.event?.position?.commit;
    if (asked.length <= pageEvents || last === undefined) return;
    from = Number(last);
  }
}

/** As it was stored elsewhere: the client parses JSON, and its canonical form is the same text again. */
function storedEvent(resolved: ResolvedEvent): MovedEvent {
  const { position: _, data, meta, ...event } = standing(resolved);
  return { ...event, data: canonicalJson(data), meta: canonicalJson(meta) };
}
