import type { FeedEvent } from "./event-feed.ts";
import type { Hardware } from "./hardware.ts";
import { createTimeline, detailedMachinesMax, formatLine } from "./timeline.ts";

/** How often numbers are shown when there are too many machines for a line each, milliseconds. */
const progressEveryMs = 2000;

/** What people see while it goes on. All of it goes to stderr: stdout is for results. */
export interface Screen {
  /** Shows an event of the log, or counts it. */
  show(event: FeedEvent): void;
}

/** `note` takes whole lines. `startedMs`: what elapsed times count from, milliseconds since 1970 UTC. */
export function createScreen({
  machines,
  startedMs,
  colour,
  note,
}: {
  readonly machines: readonly Hardware[];
  readonly startedMs: number;
  readonly colour: boolean;
  readonly note: (line: string) => void;
}): Screen {
  const timeline = createTimeline(machines, startedMs);
  const detailed = machines.length <= detailedMachinesMax;
  let progressAtMs = 0;

  return {
    show(event) {
      const line = timeline.lineOf(event);
      if (!line) return;
      if (detailed || line.tone === "bad") note(formatLine(line, colour));
      const isLast = line.tone === "good" && timeline.isComplete();
      const isDue = detailed ? line.tone === "good" : line.elapsedMs >= progressAtMs + progressEveryMs;
      if (!isDue && !isLast) return;
      progressAtMs = line.elapsedMs;
      note(
        formatLine(
          { ...line, machine: "", step: "progress", detail: timeline.progress(), tone: "plain" },
          colour,
        ),
      );
    },
  };
}
