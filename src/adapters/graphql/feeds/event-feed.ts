import type { EventFilter as LogFilter, RecordedEvent } from "../../../domain/ports/event-store.ts";
import { categoryOf } from "../../../domain/values/category.ts";
import type { MachineId } from "../../../domain/values/machine-id.ts";
import { looksAt } from "../../../projections/query/condition.ts";
import { matches } from "../../../projections/query/matches.ts";
import { eventsIndex } from "../../../projections/views/events-index.ts";
import type { EventFilter, SubscriptionEventsArgs, TextCondition } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { whereOf } from "../listing/connection.ts";
import { listedEvents } from "../resolvers/event.ts";
import { type FeedItem, feed } from "./feed.ts";
import { skipBeyond } from "./lag.ts";
import { viewsShow } from "./views-show.ts";

/** Follows the events of the log that a filter lets through. Its first pull may be refused: `INPUT_INVALID`. */
export function eventFeed(
  { after, filter, maxLag }: SubscriptionEventsArgs,
  context: GraphqlContext,
): AsyncIterableIterator<FeedItem<RecordedEvent>> {
  return feed(context, () => {
    if (typeof maxLag === "number" && maxLag < 1) {
      throw apiError("INPUT_INVALID", `maxLag is ${maxLag}: ask for 1 or more`, { field: "maxLag" });
    }
    const where = whereOf(listedEvents(context), { filter });
    const isAboutMachines = where !== undefined && looksAt(where, "machineId");
    return {
      after: after ?? undefined,
      filter: logFilter(filter ?? {}),
      async show({ events, position }) {
        if (!where) return { items: events };
        // Whose an event is, this view says.
        if (isAboutMachines && events.length > 0) await viewsShow([eventsIndex.name], position, context);
        const machineOf = (event: RecordedEvent) =>
          isAboutMachines ? context.views.events.machineAt(event.position) : undefined;
        return { items: events.filter((event) => matches(factsOf(event, machineOf(event)), where)) };
      },
      skipTo: typeof maxLag === "number" ? skipBeyond(maxLag, context) : async () => undefined,
    };
  });
}

/** What the log can leave out by itself. */
function logFilter({ stream, type }: EventFilter): LogFilter {
  const [streams, types] = [named(stream), named(type)];
  return { ...(streams && { streams }), ...(types && { types }) };
}

/** The texts that a condition names; `undefined`: it is about something else too, or there is none. */
function named(condition: TextCondition | null | undefined): readonly string[] | undefined {
  return condition?.in ?? (typeof condition?.eq === "string" ? [condition.eq] : undefined);
}

/** An event as conditions see it. */
function factsOf(
  { id, stream, revision, type, time, meta }: RecordedEvent,
  machineId: MachineId | undefined,
) {
  const { actor, source, $correlationId: correlationId, $causationId: causationId } = meta;
  const category = categoryOf(stream);
  return {
    values: {
      eventId: id,
      stream,
      revision,
      category,
      type,
      time,
      actor,
      source,
      correlationId,
      causationId,
      machineId: machineId ?? null,
    },
  };
}
