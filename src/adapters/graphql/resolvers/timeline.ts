import { RunId } from "../../../domain/values/run-id.ts";
import type { TimelineRow } from "../../../projections/views/boot-timeline-reader.ts";
import { eventsIndex } from "../../../projections/views/events-index.ts";
import type { TimelineEntryResolvers } from "../__generated__/resolvers.ts";
import { batched } from "../batch.ts";
import type { GraphqlContext } from "../context.ts";
import { viewsShow } from "../feeds/views-show.ts";
import { loadEvents } from "../load-events.ts";
import type { MachineModel, RunModel, TimelineEntryModel } from "../models.ts";
import { isOrdinal, type Page, type PageArguments, type Paging, readPage, withNodes } from "../page.ts";
import { runById } from "./run.ts";

const paging: Paging<number> = { type: "TimelineConnection", isKey: isOrdinal };

/** What happened to a machine up to the moment that is looked at. */
export function timelineOfMachine(
  { snapshot, past }: MachineModel,
  args: PageArguments,
  context: GraphqlContext,
): Page<TimelineEntryModel> {
  const page = readPage(paging, args, ({ limit, after = -1, before = Infinity, fromEnd }) => {
    const end = Math.min(before, past ? past.ordinal + 1 : Infinity);
    const rows = context.views.timeline.listByMachine(snapshot.id, {
      limit,
      newestFirst: fromEnd,
      after: fromEnd ? end : after,
    });
    const inside = rows.filter(({ ordinal }) => ordinal > after && ordinal < end);
    const found = inside.map((row) => ({ row, key: row.ordinal }));
    return fromEnd ? found.reverse() : found;
  });
  const eventOf = eventsOnce(page.nodes, context);
  return withNodes(
    page,
    page.nodes.map((row) => ({ row, past, event: () => eventOf(row.eventId) })),
  );
}

export const TimelineEntry: TimelineEntryResolvers = {
  position: ({ row }) => row.position,
  time: ({ row }) => row.timeMs,
  type: ({ row }) => row.type,
  mac: ({ row }) => row.mac,
  actor: ({ row }) => row.actor,
  detail: ({ row }) => row.detail,
  bootId: ({ row }) => row.bootId,
  async run({ row, past }, _args, context) {
    const run = await runOfEntry(row, context);
    return run && { ...run, past };
  },
  event: ({ event }) => event(),
};

/** The run that an entry belongs to by its correlation id, or else the one that its boot belongs to. */
async function runOfEntry(
  { correlationId, bootId }: TimelineRow,
  context: GraphqlContext,
): Promise<RunModel | null> {
  const id = RunId.safeParse(correlationId).data;
  const own = id ? await runById(id, context) : null;
  if (own || bootId === null) return own;
  const boot = await bootById(bootId, context);
  return boot?.run ? runById(boot.run, context) : null;
}

const bootById = batched((ids: readonly string[], { views }) => {
  const boots = ids.flatMap((id) => views.timeline.findBoot(id) ?? []);
  return new Map(boots.map((boot) => [boot.id, boot]));
});

/** Reads the events of a page when the first of them is asked for, all at once. */
function eventsOnce(rows: readonly TimelineRow[], context: GraphqlContext) {
  const { log, views } = context;
  const { events } = views;
  let reading: Promise<ReadonlyMap<string, Awaited<ReturnType<typeof loadEvents>>[number]>> | undefined;
  async function read() {
    // The views follow the log each by itself: what the timeline shows, the index may not show yet.
    const last = rows
      .map(({ position }) => position)
      .toSorted()
      .at(-1);
    await viewsShow([eventsIndex.name], last, context);
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
