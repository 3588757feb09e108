import type { EventReader, LogPage } from "../../../domain/ports/event-store.ts";
import { categoryOf } from "../../../domain/values/category.ts";
import { eventsIndex } from "../../../projections/views/events-index.ts";
import { machines } from "../../../projections/views/machines.ts";
import { viewsShow } from "../feeds/views-show.ts";
import type { ReadModels } from "../read-models.ts";
import type { Kind, Seen, Sight } from "./sight.ts";

/** Streams of no machine. Whoever sees, or changes, one of these kinds of things reads them to that end. */
const streamKinds: ReadonlyMap<string, readonly Kind[]> = new Map<string, readonly Kind[]>([
  ["network", ["network"]],
  ["bootenv", ["environments"]],
  // Whether the log was restored, and whether the clock is in doubt, is asked before anything is changed.
  ["system", ["service", "machines", "network"]],
  // Only whoever began a bulk change finds the name of its stream.
  ["bulk", ["machines"]],
]);

/** Whoever sees one of these of a machine may have it folded from the machine's stream. */
const folded: readonly Seen[] = ["machines", "runs", "events"];

/** What one caller reads the log with. */
export interface LogGuard {
  readonly sight: Sight;
  readonly views: Pick<ReadModels, "projector">;
}

/**
 * The log as one caller's resolvers read it: what the caller does not see is left out, of streams and of pages. A
 * page of the log tells only of events that the views show already, because they say whose an event is; what is
 * followed waits for them.
 */
export function guardLog(log: EventReader, { sight, views }: LogGuard): EventReader {
  const seen = (page: LogPage): LogPage => ({ ...page, events: page.events.filter(sight.seesEvent) });

  return {
    head: () => log.head(),
    async readStream(stream, slice) {
      const category = categoryOf(stream);
      const name = stream.slice(category.length + 1);
      switch (category) {
        case "machine":
          sight.need(...folded);
          return folded.some((kind) => sight.sees(kind, name)) ? log.readStream(stream, slice) : [];
        case "address":
          // It passes from machine to machine, so whoever is limited to some reads none of it.
          sight.need("leases");
          return sight.reach("leases") === "all" ? log.readStream(stream, slice) : [];
        case "mac":
        case "name": {
          sight.need("machines");
          const claims = await log.readStream(stream, slice);
          return claims.filter(({ data }) => sight.sees("machines", holderIn(data)));
        }
        default: {
          const kinds = streamKinds.get(category);
          if (!kinds) throw new Error(`no caller reads ${stream} as a stream`);
          sight.need(...kinds);
          return log.readStream(stream, slice);
        }
      }
    },
    readAll: async (page) => seen(await log.readAll(page)),
    subscribe(subscription) {
      sight.need("events");
      return mapped(log.subscribe(subscription), async (page) => {
        // Whose an event is, these views say; and what it changes about that, only once they show it.
        const isLimited = sight.reach("events") !== "all" && page.events.length > 0;
        if (isLimited) await viewsShow([eventsIndex.name, machines.name], page.position, { views });
        return seen(page);
      });
    },
  };
}

/** Whose claim an event of `mac-` or `name-` tells. */
function holderIn({ machineId }: { readonly machineId?: unknown }): string | undefined {
  return typeof machineId === "string" ? machineId : undefined;
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
