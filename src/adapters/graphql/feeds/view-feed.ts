import { setTimeout as pause } from "node:timers/promises";
import type { ViewStatus } from "../../../projections/projector.ts";
import type { SubscriptionViewChangedArgs } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { apiError } from "../errors.ts";

/** How often it is looked what has changed, milliseconds. */
const lookMs = 500;

/**
 * How views are doing, as that changes. It is looked at now and then, by whoever has taken what there was: a builder
 * tells nobody and waits for nobody. Its first pull may be refused: `INPUT_INVALID`.
 */
export async function* viewFeed(
  { view: only }: SubscriptionViewChangedArgs,
  { views: { projector }, signal }: Pick<GraphqlContext, "views" | "signal">,
): AsyncGenerator<ViewStatus, void, undefined> {
  const shown = () =>
    projector.status().filter(({ view }) => only === undefined || only === null || view === only);
  if (shown().length === 0) throw apiError("INPUT_INVALID", `there is no view ${String(only).slice(0, 64)}`);
  const told = new Map<string, string>();
  while (!signal.aborted) {
    for (const status of shown()) {
      const news = newsOf(status);
      if (told.get(status.view) === news) continue;
      told.set(status.view, news);
      yield status;
    }
    await pause(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

/** What of a view is news when it changes. That it shows another event is none: it does so all the time. */
function newsOf({ version, shownVersion, generation, state, building, poison }: ViewStatus): string {
  return JSON.stringify({ version, shownVersion, generation, state, building, poison });
}
