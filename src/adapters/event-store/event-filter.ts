import type { EventFilter, RecordedEvent } from "../../domain/ports/event-store.ts";
import { categoryOf } from "../../domain/values/category.ts";

/** Whether an event is one of those that a filter means. For stores that keep the log in memory. */
export function passes(
  { stream, type }: Pick<RecordedEvent, "stream" | "type">,
  { categories, streams, types }: EventFilter,
): boolean {
  return (
    (categories?.includes(categoryOf(stream)) ?? true) &&
    (streams?.includes(stream) ?? true) &&
    (types?.includes(type) ?? true)
  );
}
