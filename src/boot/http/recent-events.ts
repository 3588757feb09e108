import type { EventReader, RecordedEvent } from "../../domain/ports/event-store.ts";

/** Most events that are read of an interface's stream. The boots of the last day are among them. */
const recentMax = 500;

/**
 * The newest events of a stream that grows for as long as its interface is used, oldest first: what is asked for
 * while a machine boots must not take longer the more often it has booted.
 */
export async function recentEvents(
  reader: Pick<EventReader, "readStream">,
  stream: string,
): Promise<readonly RecordedEvent[]> {
  const [newest] = await reader.readStream(stream, { newestOnly: true });
  if (!newest) return [];
  const from = Math.max(0, newest.revision + 1 - recentMax);
  // A boot must not wait for an archive, nor fail without one.
  return reader.readStream(stream, { from, withoutArchived: true });
}
