import type { Position } from "../../domain/ports/event-store.ts";
import { eventsIndex } from "../../projections/views/events-index.ts";
import type { Moment } from "./__generated__/resolvers.ts";
import type { GraphqlContext } from "./context.ts";
import { apiError } from "./errors.ts";
import type { Past } from "./models.ts";

type Reading = Pick<GraphqlContext, "views" | "log" | "waitMs">;
type Shown = ReturnType<Reading["views"]["projector"]["status"]>[number];

/**
 * Resolves when every view shows the position. Nothing is waited for when none was asked for.
 *
 * @param isAwaited which views are waited for. (Default: every one)
 * @throws GraphQLError `PROJECTION_BEHIND`
 * @throws EventStoreError `POSITION_UNKNOWN`
 */
export async function shown(
  { views, log, waitMs }: Reading,
  position: Position | null | undefined,
  isAwaited: (view: Shown) => boolean = () => true,
): Promise<void> {
  if (position === null || position === undefined) return;
  // A position of another log must not be compared with ours: the log knows its own.
  await log.readAll({ after: position, limit: 1 });
  const { projector } = views;
  const awaited = () => projector.status().filter(isAwaited);
  const waits = awaited().map(({ view }) => projector.waitFor(position, { timeoutMs: waitMs, view }));
  if ((await Promise.all(waits)).every(Boolean)) return;
  const [slowest = ""] = awaited()
    .map((view) => view.position ?? "")
    .sort();
  const message = `the views did not show the position within ${waitMs} ms: try again`;
  throw apiError("PROJECTION_BEHIND", message, { position: slowest === "" ? null : slowest });
}

/** Before the first event, when nothing was there. */
export const beforeAll: Past = { position: "", ordinal: -1 };

/** The moment that is asked for; `undefined`: now. @throws as `shown` */
export async function thenOf(reading: Reading, at: Moment | null | undefined): Promise<Past | undefined> {
  return at ? ((await pastOf(reading, at)) ?? beforeAll) : undefined;
}

/**
 * The last event that belongs to a moment; `undefined`: none, the log began later. Views that are behind that event are
 * waited for, but not those that have no rows to show yet: whoever asks such a one is told so by itself.
 *
 * @throws as `shown`
 */
export async function pastOf(reading: Reading, moment: Moment): Promise<Past | undefined> {
  const { views, log } = reading;
  const hasRows = ({ shownVersion }: Shown) => shownVersion !== undefined;
  const isIndex = (view: Shown) => hasRows(view) && view.view === eventsIndex.name;
  await shown(reading, moment.position ?? (await log.head()), isIndex);
  const last =
    moment.position === undefined
      ? views.events.lastUntil(moment.time)
      : views.events.findByPosition(moment.position);
  await shown(reading, last?.position, hasRows);
  return last && { position: last.position, ordinal: last.ordinal };
}
