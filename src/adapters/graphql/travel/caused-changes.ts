import type { Position, RecordedEvent } from "../../../domain/ports/event-store.ts";
import { changesBetween, type ValueChange } from "../plan/changes.ts";
import { type Subjects, subjectsAlong } from "../plan/subjects.ts";

/** A value that became another one, and what made it so. */
export interface CausedChange extends ValueChange {
  /** `machine/<uuid>`, `subnet/<name>` and so on. */
  readonly subject: string;
  /** Those that changed the value or a part of it, in their order. */
  readonly events: readonly RecordedEvent[];
}

/** What lies between two places of the log: the first exclusive, an empty text is the beginning. */
export interface Stretch {
  readonly from: Position;
  readonly to: Position;
}

/** What is different about the things of a stream. `events`: all of the stream. */
export function causedChanges(
  stream: string,
  events: readonly RecordedEvent[],
  { from, to }: Stretch,
): readonly CausedChange[] {
  const until = events.filter(({ position }) => position <= to);
  const first = until.filter(({ position }) => position <= from).length;
  const along = subjectsAlong(stream, until, first);
  const steps = stepsOf(until.slice(first), along);
  return differencesOf(along[0], along.at(-1)).map((change) => ({
    ...change,
    events: steps
      .filter((step) => step.changes.some((each) => touches(each, change)))
      .map(({ event }) => event),
  }));
}

/** The event that made a value of a thing what it is, the last of these; `undefined`: none of them did. */
export function lastChange(
  stream: string,
  events: readonly RecordedEvent[],
  path: string,
): RecordedEvent | undefined {
  const isMeant = (each: SubjectChange) => touches(each, { subject: each.subject, path });
  const steps = stepsOf(events, subjectsAlong(stream, events, 0));
  return steps.findLast(({ changes }) => changes.some(isMeant))?.event;
}

type SubjectChange = ValueChange & { readonly subject: string };

/** What each event changed. `along`: the things before the first, and after each. */
function stepsOf(events: readonly RecordedEvent[], along: readonly Subjects[]) {
  return events.map((event, index) => ({ event, changes: differencesOf(along[index], along[index + 1]) }));
}

function differencesOf(one: Subjects = new Map(), other: Subjects = new Map()): readonly SubjectChange[] {
  const subjects = new Set([...one.keys(), ...other.keys()]);
  return [...subjects].flatMap((subject) =>
    changesBetween(one.get(subject), other.get(subject)).map((change) => ({ ...change, subject })),
  );
}

type Place = Pick<SubjectChange, "subject" | "path">;

/** Whether one is the other, or a part of it. */
function touches(one: Place, other: Place): boolean {
  const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`);
  return one.subject === other.subject && (isWithin(one.path, other.path) || isWithin(other.path, one.path));
}
