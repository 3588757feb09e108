import { RunId } from "../../../domain/values/run-id.ts";
import type { TimelineRow } from "../../../projections/views/boot-timeline-reader.ts";
import type { TimelineEntryResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { loadEvents } from "../load-events.ts";
import type { MachineModel, TimelineEntryModel } from "../models.ts";
import { type Connection, isOrdinal, type PageArguments, type Paging, readPage } from "../page.ts";
import { runNow } from "./run.ts";

const paging: Paging<TimelineRow, number> = {
  type: "TimelineConnection",
  keyOf: ({ ordinal }) => ordinal,
  isKey: isOrdinal,
};

/** What happened to a machine up to the moment that is looked at. */
export function timelineOfMachine(
  { snapshot, past }: MachineModel,
  page: PageArguments,
  context: GraphqlContext,
): Connection<TimelineEntryModel> {
  const rows = readPage(paging, page, ({ first, after }) =>
    context.views.timeline
      .listByMachine(snapshot.id, { limit: first, ...(after !== undefined && { after }) })
      .filter(({ ordinal }) => !past || ordinal <= past.ordinal),
  );
  const eventOf = eventsOnce(rows.nodes, context);
  const entryOf = (row: TimelineRow) => ({ row, past, event: () => eventOf(row.eventId) });
  const edges = rows.edges.map(({ node, cursor }) => ({ node: entryOf(node), cursor }));
  return { ...rows, edges, nodes: edges.map(({ node }) => node) };
}

export const TimelineEntry: TimelineEntryResolvers = {
  position: ({ row }) => row.position,
  time: ({ row }) => row.timeMs,
  type: ({ row }) => row.type,
  mac: ({ row }) => row.mac,
  actor: ({ row }) => row.actor,
  detail: ({ row }) => row.detail,
  bootId: ({ row }) => row.bootId,
  run({ row, past }, _args, context) {
    const boot = row.bootId === null ? undefined : context.views.timeline.findBoot(row.bootId);
    const id = RunId.safeParse(row.correlationId).data;
    const run = runNow(id, context) ?? runNow(boot?.run ?? undefined, context);
    return run ? { ...run, past } : null;
  },
  event: ({ event }) => event(),
};

/** Reads the events of a page when the first of them is asked for, all at once. */
function eventsOnce(rows: readonly TimelineRow[], { log, views }: GraphqlContext) {
  const { events } = views;
  let reading: Promise<ReadonlyMap<string, Awaited<ReturnType<typeof loadEvents>>[number]>> | undefined;
  async function read() {
    const indexed = rows.map(({ eventId }) => events.findById(eventId)).filter((row) => row !== undefined);
    const loaded = await loadEvents({ log, events }, indexed);
    return new Map(loaded.map((event) => [event.id, event]));
  }
  return async (id: string) => {
    reading ??= read();
    const event = (await reading).get(id);
    if (!event) throw new Error(`the timeline names event ${id}, and the index of events lacks it`);
    return event;
  };
}
