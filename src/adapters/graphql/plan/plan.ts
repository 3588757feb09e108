import { setImmediate as nextTurn } from "node:timers/promises";
import { stringify } from "yaml";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import type { OverlayStore } from "../../../domain/ports/overlay-store.ts";
import type { Plan, PlannedChange } from "../__generated__/resolvers.ts";
import { changesBetween } from "./changes.ts";
import { subjectsOf } from "./subjects.ts";
import { type Texts, unifiedDiff } from "./unified-diff.ts";

/** Most events and changes that a plan shows one by one. */
const shownMax = 1_000;

/** Longest diff, characters. */
const diffCharactersMax = 256 * 1024;

type Rehearsed = Pick<OverlayStore, "before" | "readStream" | "appended">;

interface Showing {
  /** What is rendered besides, such as a script. (Default: nothing) */
  readonly texts?: readonly Texts[] | undefined;
  /** Whether what happens in a stream is for the caller to see. (Default: it is) Otherwise it is only counted. */
  readonly shows?: (stream: string) => boolean;
}

/** What a dry run came to. */
export async function planOf(
  log: Rehearsed,
  { texts = [], shows = () => true }: Showing = {},
): Promise<Plan> {
  const appended = log.appended();
  const shown = appended.filter(({ stream }) => shows(stream));
  const events = shown.slice(0, shownMax).map(plannedEvent);
  const changes: PlannedChange[] = [];
  let diff = "";
  for (const stream of new Set(shown.map((event) => event.stream))) {
    if (changes.length >= shownMax || diff.length > diffCharactersMax) break;
    // Each is some milliseconds of work, and others want the thread too.
    await nextTurn();
    for (const { subject, before, after } of await comparisonsOf(stream, log)) {
      const found = changesBetween(before, after);
      // All subnets are in one stream: those that stay as they are cost no more than the look.
      if (found.length === 0) continue;
      changes.push(...found.map((change) => ({ subject, ...change })));
      diff += unifiedDiff({ name: subject, before: textOf(before), after: textOf(after) });
    }
  }
  for (const text of texts) diff += unifiedDiff(text);
  return { events, eventCount: appended.length, changes: changes.slice(0, shownMax), diff: cut(diff) };
}

function plannedEvent({ stream, revision, type, data }: RecordedEvent) {
  return { stream, revision, type, data };
}

async function comparisonsOf(stream: string, log: Rehearsed) {
  const before = subjectsOf(stream, await log.before.readStream(stream));
  const after = subjectsOf(stream, await log.readStream(stream));
  return [...new Set([...before.keys(), ...after.keys()])].map((subject) => ({
    subject,
    before: before.get(subject),
    after: after.get(subject),
  }));
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : stringify(value, { lineWidth: 0 });
}

/** At the end of a line, so that what is left is still a diff. */
function cut(diff: string): string {
  if (diff.length <= diffCharactersMax) return diff;
  return diff.slice(0, diff.lastIndexOf("\n", diffCharactersMax) + 1);
}
