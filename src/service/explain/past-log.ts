import type { ReadModels } from "../../adapters/graphql/read-models.ts";
import type { BootQuestion } from "../../domain/ports/boot-explainer.ts";
import type { EventReader, Position } from "../../domain/ports/event-store.ts";

/** What reads streams as they were. */
export type StreamReader = Pick<EventReader, "readStream">;

export interface LogSources {
  readonly log: StreamReader;
  readonly views: Pick<ReadModels, "lists" | "events">;
}

/** The streams of the log as they were at a moment. */
export function logAt(
  sources: LogSources,
  { until, isNow }: Pick<BootQuestion, "until" | "isNow">,
): StreamReader {
  return isNow ? sources.log : pastLog(sources, until);
}

/** The streams of the log as they were after an event. */
function pastLog({ log, views }: LogSources, until: Position): StreamReader {
  /** Without reading the stream, which may have grown for years since. */
  function newestRevision(stream: string): number | undefined {
    const ordinal = views.events.findByPosition(until)?.ordinal;
    // The view lags behind: what it does not show yet is what the log has now.
    if (ordinal === undefined) return undefined;
    const [newest] = views.lists.events.page({
      where: {
        all: [
          { column: "stream", eq: stream },
          { column: "position", below: ordinal + 1 },
        ],
      },
      orderBy: { column: "position", descending: true },
      limit: 1,
    });
    return newest?.row.revision;
  }

  return {
    async readStream(stream, { newestOnly = false, ...slice } = {}) {
      const from = newestOnly ? newestRevision(stream) : slice.from;
      const events = await log.readStream(stream, { ...slice, from: from ?? 0, withoutArchived: false });
      const then = events.filter(({ position }) => position <= until);
      return newestOnly ? then.slice(-1) : then;
    },
  };
}
