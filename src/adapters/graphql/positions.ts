import type { Position } from "../../domain/ports/event-store.ts";
import type { Moment } from "./__generated__/resolvers.ts";
import type { GraphqlContext } from "./context.ts";
import { apiError } from "./errors.ts";
import type { Past } from "./models.ts";

type Reading = Pick<GraphqlContext, "views" | "log" | "waitMs">;

/**
 * Resolves when every view shows the position. Nothing is waited for when none was asked for.
 *
 * @throws GraphQLError `PROJECTION_BEHIND`
 * @throws EventStoreError `POSITION_UNKNOWN`
 */
export async function shown(
  { views, log, waitMs }: Reading,
  position: Position | null | undefined,
): Promise<void> {
  if (position === null || position === undefined) return;
  // A position of another log must not be compared with ours: the log knows its own.
  await log.readAll({ after: position, limit: 1 });
  const { projector } = views;
  if (await projector.waitFor(position, { timeoutMs: waitMs })) return;
  const [slowest = ""] = projector
    .status()
    .map((view) => view.position ?? "")
    .sort();
  const message = `the views did not show the position within ${waitMs} ms: try again`;
  throw apiError("PROJECTION_BEHIND", message, { position: slowest === "" ? null : slowest });
}

/** Before the first event, when nothing was there. */
const beforeAll: Past = { position: "", ordinal: -1 };

/** The moment that is asked for; `undefined`: now. @throws as `shown` */
export async function thenOf(reading: Reading, at: Moment | null | undefined): Promise<Past | undefined> {
  return at ? ((await pastOf(reading, at)) ?? beforeAll) : undefined;
}

/**
 * The last event that belongs to a moment; `undefined`: none, the log began later.
 *
 * @throws as `shown`
 */
export async function pastOf(reading: Reading, moment: Moment): Promise<Past | undefined> {
  const { views, log } = reading;
  const position = moment.position ?? (await log.head());
  await shown(reading, position);
  const last =
    moment.position === undefined
      ? views.events.lastUntil(moment.time)
      : views.events.findByPosition(moment.position);
  return last && { position: last.position, ordinal: last.ordinal };
}
