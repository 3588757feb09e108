import type { EventReader, LogPage } from "../../../domain/ports/event-store.ts";
import { categoryOf } from "../../../domain/values/category.ts";
import type { ReadModels } from "../read-models.ts";
import type { Kind, Seen, Sight } from "./sight.ts";

/** How long a feed waits for the views to know whose an event is, milliseconds. */
const patienceMs = 60_000;

/** Whoever sees, or changes, one of these kinds of things reads the streams of a category to that end. */
const streamKinds: Readonly<Record<string, readonly Kind[]>> = {
  network: ["network"],
  address: ["network", "leases"],
  bootenv: ["environments"],
  bulk: ["machines"],
  access: ["access"],
  accessrole: ["access"],
  // They say which machine had a name or an interface. The machine is looked for next.
  mac: ["machines"],
  name: ["machines"],
  boot: ["events"],
  login: ["events"],
};

/** What one caller reads the log with. */
export interface LogGuard {
  readonly sight: Sight;
  readonly projector: ReadModels["projector"];
}

/**
 * The log as one caller's resolvers read it. Streams of machines that the caller does not see are empty, and what is
 * followed are the events that the caller sees. `readAll` gives events to whoever may see some: what to read of them
 * comes from an index that is guarded.
 */
export function guardLog(log: EventReader, { sight, projector }: LogGuard): EventReader {
  /** Whoever sees one of these of a machine may have it folded from the machine's stream. */
  const folded: readonly Seen[] = ["machines", "runs", "events"];

  async function seen(page: LogPage): Promise<LogPage> {
    // Whose an event is, the views say; and what it changes about that, only once they show it.
    if (sight.reach("events") !== "all" && page.events.length > 0 && page.position !== undefined) {
      await projector.waitFor(page.position, { timeoutMs: patienceMs });
    }
    return { ...page, events: page.events.filter(({ stream }) => sight.seesEvents(stream)) };
  }

  return {
    head: () => log.head(),
    async readStream(stream, slice) {
      const category = categoryOf(stream);
      if (category === "machine") {
        sight.need(...folded);
        const id = stream.slice("machine-".length);
        return folded.some((kind) => sight.sees(kind, id)) ? log.readStream(stream, slice) : [];
      }
      const kinds = streamKinds[category];
      if (kinds) sight.need(...kinds);
      return log.readStream(stream, slice);
    },
    async readAll(page) {
      const read = await log.readAll(page);
      return sight.has("events", "operate") ? read : { ...read, events: [] };
    },
    subscribe(subscription) {
      sight.need("events");
      return mapped(log.subscribe(subscription), seen);
    },
  };
}

/**
 * The log for feeds of machines and runs, which tell that something changed and show it by the views: so what the
 * caller does not see is left out there.
 */
export function guardChanges(
  log: Pick<EventReader, "subscribe">,
  sight: Sight,
): Pick<EventReader, "subscribe"> {
  return {
    subscribe(subscription) {
      sight.need("machines", "runs");
      return log.subscribe(subscription);
    },
  };
}

function mapped(
  pages: AsyncIterable<LogPage>,
  map: (page: LogPage) => Promise<LogPage>,
): AsyncIterable<LogPage> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = pages[Symbol.asyncIterator]();
      return {
        async next() {
          const result = await iterator.next();
          return result.done ? result : { done: false, value: await map(result.value) };
        },
        async return() {
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
