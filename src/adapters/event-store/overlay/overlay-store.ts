import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type AppendResult,
  type EventStore,
  EventStoreError,
  type LogPage,
  type ReadAll,
  type RecordedEvent,
} from "../../../domain/ports/event-store.ts";
import { type OpenOverlay, OverlayFullError } from "../../../domain/ports/overlay-store.ts";
import { eventHash } from "../../../proof/event-hash.ts";
import { passes } from "../event-filter.ts";
import { follow } from "../follow.ts";
import { createHeadSignal } from "../head-signal.ts";
import { checkPageLimit } from "../page.ts";
import { appended, type Placed, place } from "../placement.ts";
import { positionNumber, positionText, refuseBeyondEnd } from "../position.ts";
import { type PreparedEvent, prepareEvents } from "../prepare.ts";
import { type PinnedLog, pinLog } from "./pinned-log.ts";

/** Most characters of events, as JSON, that all open overlays hold together. In memory it is some times as much. */
const charactersMax = 64 * 1024 * 1024;

/**
 * Opens overlays: stores over a log as it is at that moment, which forget what they were given. What they hold
 * counts until they are closed.
 *
 * Event ids are compared with those of the overlay alone. It is for dry runs, whose ids are new.
 */
export function overlayOpener(clock: () => Date, roomCharacters = charactersMax): OverlayOpener {
  const room = { characters: roomCharacters };
  return {
    heldCharacters: () => roomCharacters - room.characters,
    async open(log) {
      const pinned = await pinLog(log);
      const layer = new Layer({ pinned, clock, room });
      return {
        ...storeOf(layer, pinned),
        before: { readStream: pinned.readStream },
        appended: () => layer.events,
      };
    },
  };
}

/** Opens overlays that share their room. */
export interface OverlayOpener {
  readonly open: OpenOverlay;
  /** Of the shared room, how much the open overlays hold, characters. */
  heldCharacters(): number;
}

interface Surroundings {
  readonly pinned: PinnedLog;
  readonly clock: () => Date;
  /** How much is left for all layers. */
  readonly room: { characters: number };
}

/** What was appended over a log, in memory. */
class Layer {
  readonly events: RecordedEvent[] = [];
  readonly #pinned: PinnedLog;
  readonly #clock: () => Date;
  readonly #room: Surroundings["room"];
  #heldCharacters = 0;
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #placedById = new Map<string, Placed>();

  constructor({ pinned, clock, room }: Surroundings) {
    this.#pinned = pinned;
    this.#clock = clock;
    this.#room = room;
  }

  get length(): number {
    return this.#pinned.length + this.events.length;
  }

  stream(name: string): readonly RecordedEvent[] {
    return this.#streams.get(name) ?? [];
  }

  /** `newest`: of the stream in the log below. */
  append(
    stream: string,
    { expectedRevision, events }: Parameters<EventStore["append"]>[1],
    newest: RecordedEvent | undefined,
  ): AppendResult {
    const { identity } = this.#pinned;
    const prepared = prepareEvents(stream, events);
    const previous = this.stream(stream).at(-1) ?? newest;
    const ids = events.map(({ id }) => id);
    const known = {
      actualRevision: previous?.revision ?? ("no-stream" as const),
      find: (id: string) => this.#placedById.get(id),
    };
    const placement = place({ stream, expectedRevision, ids }, known);
    if (placement.outcome === "conflict") return placement;
    if (placement.outcome === "repeated") return appended(identity, placement.last);
    this.#hold(prepared);

    const time = Math.max(this.#clock().getTime(), this.events.at(-1)?.time ?? newest?.time ?? 0);
    for (const [index, event] of prepared.entries()) {
      this.#record(event, { stream, revision: placement.firstRevision + index, time }, newest?.hash);
    }
    const revision = placement.firstRevision + prepared.length - 1;
    return appended(identity, { revision, position: this.length, time });
  }

  /** Makes room for others. */
  release(): void {
    this.#room.characters += this.#heldCharacters;
    this.#heldCharacters = 0;
  }

  #hold(prepared: readonly PreparedEvent[]): void {
    const characters = prepared.reduce((sum, { data, meta }) => sum + data.length + meta.length, 0);
    if (characters > this.#room.characters) {
      throw new OverlayFullError("what would be appended is more than is kept in memory");
    }
    this.#room.characters -= characters;
    this.#heldCharacters += characters;
  }

  #record(
    event: PreparedEvent,
    place: Omit<Placed, "position"> & { readonly stream: string },
    hashBelow: string | undefined,
  ): void {
    const history = this.#streams.get(place.stream) ?? [];
    const placed = { ...place, position: this.length + 1 };
    const recorded: RecordedEvent = {
      ...event,
      ...placed,
      data: JSON.parse(event.data),
      meta: JSON.parse(event.meta),
      position: positionText(this.#pinned.identity, placed.position),
      hash: eventHash(history.at(-1)?.hash ?? hashBelow, { ...event, ...placed }),
    };
    history.push(recorded);
    this.#streams.set(place.stream, history);
    this.#placedById.set(event.id, placed);
    this.events.push(recorded);
  }
}

function storeOf(layer: Layer, pinned: PinnedLog): EventStore {
  const headSignal = createHeadSignal();
  let closed = false;

  function refuseWhenClosed(): void {
    if (closed) throw new EventStoreError("LOG_CLOSED", "the log is closed");
  }

  async function readAll(wanted: ReadAll): Promise<LogPage> {
    refuseWhenClosed();
    checkPageLimit(wanted.limit);
    const after = positionNumber(pinned.identity, wanted.after);
    refuseBeyondEnd(after, layer.length);
    if (after >= pinned.length) return pageOf(layer, after - pinned.length, wanted);
    const page = await pinned.page(wanted);
    return { ...page, caughtUp: page.caughtUp && layer.events.length === 0 };
  }

  return {
    async append(stream, batch) {
      refuseWhenClosed();
      // Nothing waits for a disk here, so whoever rehearses much would let nobody else have the thread.
      await nextTurn();
      // Read before the decision, which must not be interrupted.
      const newest = await pinned.newestOf(stream);
      const result = layer.append(stream, batch, newest);
      headSignal.raise();
      return result;
    },

    async readStream(stream, slice = {}) {
      const { from = 0, limit, newestOnly = false } = slice;
      refuseWhenClosed();
      const above = layer.stream(stream).filter(({ revision }) => revision >= from);
      if (newestOnly && above.length > 0) return above.slice(-1);
      return [...(await pinned.readStream(stream, slice)), ...above].slice(0, limit);
    },

    readAll,
    subscribe: (subscription) => follow({ readAll, headSignal, isClosed: () => closed }, subscription),

    async head() {
      refuseWhenClosed();
      return layer.length === 0 ? undefined : positionText(pinned.identity, layer.length);
    },

    async close() {
      closed = true;
      layer.release();
      headSignal.raise();
    },
  };
}

/** `skipped`: how many of the layer's own events come before the page. */
function pageOf({ events }: Layer, skipped: number, { after, limit, filter = {} }: ReadAll): LogPage {
  const found: RecordedEvent[] = [];
  let looked = skipped;
  while (looked < events.length && found.length < limit) {
    const event = events[looked++];
    if (event && passes(event, filter)) found.push(event);
  }
  return {
    events: found,
    position: events[looked - 1]?.position ?? after,
    caughtUp: looked === events.length,
  };
}
