import type { Position } from "../../../domain/ports/event-store.ts";
import { apiError } from "../errors.ts";
import type { ReadModels } from "../read-models.ts";

/** How long a feed waits for a view, milliseconds. Longer than any view lags that is not stuck. */
const patienceMs = 60_000;

/**
 * Resolves when views show a position that the log has told, so that what a feed shows is no older than the event.
 *
 * @throws GraphQLError `PROJECTION_BEHIND`
 */
export async function viewsShow(
  names: readonly string[],
  position: Position | undefined,
  { views: { projector } }: { readonly views: Pick<ReadModels, "projector"> },
): Promise<void> {
  if (position === undefined) return;
  const waits = names.map((view) => projector.waitFor(position, { timeoutMs: patienceMs, view }));
  if ((await Promise.all(waits)).every(Boolean)) return;
  const shown = projector
    .status()
    .flatMap((status) => (names.includes(status.view) ? [status.position ?? ""] : []));
  const slowest = shown.toSorted()[0] ?? "";
  throw apiError("PROJECTION_BEHIND", `the views do not go on: follow again later`, {
    position: slowest || null,
  });
}
