import type { EventFilter as LogFilter, RecordedEvent } from "../../../domain/ports/event-store.ts";
import type { Sha256 } from "../../../domain/values/sha256.ts";
import type { EventIndexRow } from "../../../projections/views/events-index.ts";
import type { EventsFilter } from "../../../projections/views/events-index-reader.ts";
import type { EventFilter, EventResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { loadEvents } from "../load-events.ts";
import type { Past } from "../models.ts";
import { nodeId } from "../node-id.ts";
import { type Connection, isOrdinal, type PageArguments, type Paging, readPage } from "../page.ts";
import { shown } from "../positions.ts";

/** Longest condition of a filter, and most types in it. */
const textMax = 256;
const typesMax = 100;

const paging: Paging<EventIndexRow, number> = {
  type: "EventConnection",
  keyOf: ({ ordinal }) => ordinal,
  isKey: isOrdinal,
};

export const eventQueries: Pick<QueryResolvers, "events" | "position"> = {
  async events(_root, { minPosition, filter, ...page }, context) {
    const wanted = checkedFilter(filter);
    await shown(context, minPosition);
    return eventPage(indexFilter(wanted), page, { context, past: undefined });
  },
  position: async (_root, _args, { log }) => (await log.head()) ?? null,
};

export const Event: EventResolvers = {
  id: ({ id }) => nodeId("Event", id),
  eventId: ({ id }) => id,
  stream: ({ stream }) => stream,
  revision: ({ revision }) => revision,
  position: ({ position }) => position,
  type: ({ type }) => type,
  schema: ({ schema }) => schema,
  time: ({ time }) => time,
  data: ({ data }) => data,
  actor: ({ meta }) => meta.actor,
  source: ({ meta }) => meta.source,
  correlationId: ({ meta }) => meta.$correlationId,
  causationId: ({ meta }) => meta.$causationId,
  reason: ({ meta }) => meta.reason ?? null,
  sourceAddress: ({ meta }) => meta.sourceAddress ?? null,
  // The port has it as text, and it is never anything else.
  hash: ({ hash }) => hash as Sha256,
};

/** A page of events that the index finds, with their data from the log. */
export async function eventPage(
  filter: EventsFilter,
  page: PageArguments,
  { context, past }: { readonly context: GraphqlContext; readonly past: Past | undefined },
): Promise<Connection<RecordedEvent>> {
  const { log, views } = context;
  const rows = readPage(paging, page, ({ first, after }) =>
    views.events
      .list(filter, { limit: first, ...(after !== undefined && { after }) })
      .filter(({ ordinal }) => !past || ordinal <= past.ordinal),
  );
  const nodes = await loadEvents({ log, events: views.events }, rows.nodes);
  const edges = rows.edges.flatMap(({ cursor }, index) => {
    const node = nodes[index];
    return node ? [{ node, cursor }] : [];
  });
  return { ...rows, edges, nodes };
}

/** @throws GraphQLError `INPUT_INVALID` */
export function checkedFilter(filter: EventFilter | null | undefined): EventFilter {
  const { types = [], stream, actor, correlationId } = filter ?? {};
  const texts = [...(types ?? []), stream, actor, correlationId];
  if (texts.length - 3 > typesMax)
    throw apiError("INPUT_INVALID", `filter.types has more than ${typesMax} types`);
  if (texts.some((text) => text && text.length > textMax)) {
    throw apiError("INPUT_INVALID", `a condition of the filter has more than ${textMax} characters`);
  }
  return filter ?? {};
}

function indexFilter({ stream, types, actor, correlationId, from, to }: EventFilter): EventsFilter {
  return {
    ...(stream && { stream }),
    ...(types && { types }),
    ...(actor && { actor }),
    ...(correlationId && { correlationId }),
    ...(typeof from === "number" && { fromMs: from }),
    ...(typeof to === "number" && { untilMs: to }),
  };
}

/** What the log itself can leave out. */
export function logFilter({ stream, types }: EventFilter): LogFilter {
  return { ...(stream && { streams: [stream] }), ...(types && { types }) };
}

/** The rest of the filter, which the log cannot look at. */
export function acceptsEvent({
  actor,
  correlationId,
  from,
  to,
}: EventFilter): (event: RecordedEvent) => boolean {
  return ({ meta, time }) =>
    (!actor || meta.actor === actor) &&
    (!correlationId || meta.$correlationId === correlationId) &&
    (typeof from !== "number" || time >= from) &&
    (typeof to !== "number" || time < to);
}
