import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import type { Sha256 } from "../../../domain/values/sha256.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import type { EventIndexRow } from "../../../projections/views/events-index.ts";
import type { EventResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { EventConnectionModel } from "../list-models.ts";
import { type ListArguments, type Listed, type Listing, readConnection } from "../listing/connection.ts";
import { loadEvents } from "../load-events.ts";
import { nodeId } from "../node-id.ts";
import { withNodes } from "../page.ts";
import { pastOf, shown, thenOf } from "../positions.ts";

const listing: Listing = { type: "Event", nodes: { eventId: "Event", machineId: "Machine" } };

export const eventQueries: Pick<QueryResolvers, "events" | "position"> = {
  async events(_root, { minPosition, at, ...args }, context) {
    await shown(context, minPosition);
    const past = await thenOf(context, at);
    return eventPage(args, past && { column: "position", below: past.ordinal + 1 }, context);
  },
  async position(_root, { at }, context) {
    if (!at) return (await context.log.head()) ?? null;
    return (await pastOf(context, at))?.position ?? null;
  },
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

/** The events that the caller may see. */
export function listedEvents(
  { views, clock }: Pick<GraphqlContext, "views" | "clock">,
  scope?: Condition,
): Listed<EventIndexRow> {
  return { collection: views.lists.events, listing, scope, nowMs: clock().getTime() };
}

/** A page of events that the index finds, with their data from the log. `scope`: what else must hold. */
export async function eventPage(
  args: ListArguments,
  scope: Condition | undefined,
  context: GraphqlContext,
): Promise<EventConnectionModel> {
  const { log, views } = context;
  const page = readConnection(listedEvents(context, scope), args);
  const inOrder = page.nodes.toSorted((one, other) => one.ordinal - other.ordinal);
  const events = new Map(
    (await loadEvents({ log, events: views.events }, inOrder)).map((event) => [event.id, event]),
  );
  return withNodes(
    page,
    page.nodes.map(({ id }) => loaded(events, id)),
  );
}

/** One event by its id; `undefined`: the caller may see none. */
export async function eventById(id: string, context: GraphqlContext): Promise<RecordedEvent | undefined> {
  const { log, views } = context;
  const [found] = views.lists.events.page({ where: { column: "eventId", eq: id }, limit: 1 });
  const [event] = found ? await loadEvents({ log, events: views.events }, [found.row]) : [];
  return event;
}

function loaded(events: ReadonlyMap<string, RecordedEvent>, id: string): RecordedEvent {
  const event = events.get(id);
  if (!event) throw new Error(`the index of events names ${id}, and the log lacks it`);
  return event;
}
