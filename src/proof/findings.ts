/** What can be wrong with a log, by the word that a report names it with. */
export const findingTexts = {
  EVENT_CHANGED:
    "the fields of an event, with the hash before it in its stream, do not give the hash that it has",
  EVENT_UNREADABLE: "an event cannot be read",
  REVISION_GAP: "events of a stream are missing before this one",
  REVISION_REPEATED: "the stream had this revision already, or a later one: an event was moved or put in",
  POSITION_GAP: "events of the log are missing before this one",
  POSITION_REPEATED: "the log had this position already, or a later one",
  TIME_BACKWARDS:
    "an event is older than the one before it in the log; where several processes wrote it, in its stream",
  ID_REPEATED: "two events have one id",
  NOT_CANONICAL: "data or meta is not the RFC 8785 text that the service stores",
  STREAM_CHANGED: "a stream is filed under a category that is not its own",
  COUNT_WRONG: "there are more or fewer events than can be read in order",
  COPY_DIFFERS: "an event that is in an archive is another in the log's own file",
  CHECKPOINT_BAD: "a checkpoint is not signed by the key, or not of the form that is written down",
  CHECKPOINT_FOREIGN: "a checkpoint is of another log than the exported file",
  CHECKPOINT_NOT_REACHED: "the log had more events when the checkpoint was signed: the newest are missing",
  CHECKPOINT_DIFFERS: "the events are not those that the checkpoint was signed over",
  FILE_CUT: "the exported file ends before its last line",
  FILE_CHANGED: "a line of the exported file is not one that was exported",
} as const;

export type FindingCode = keyof typeof findingTexts;

/** One thing that is wrong, and where. */
export interface Finding {
  readonly code: FindingCode;
  /** Number of the event in the log, from 1; 0 where it is about no one event. */
  readonly position: number;
  readonly stream?: string;
  readonly revision?: number;
  /** What is wrong, in one line for a person. */
  readonly message: string;
}

/** Findings that are kept; a log of which nothing is right must not fill the memory. */
const keptMax = 1_000;

/** Takes down what is wrong: the first thousand findings, and how many there were. */
export interface FindingList {
  add(finding: Finding): void;
  count(): number;
  first(): readonly Finding[];
}

export function createFindingList(): FindingList {
  const kept: Finding[] = [];
  let count = 0;
  return {
    add(finding) {
      if (count++ < keptMax) kept.push(finding);
    },
    count: () => count,
    first: () => kept,
  };
}

/** A finding in one line: where, what, and why that is known. */
export function findingLine({ code, position, stream, revision, message }: Finding): string {
  const where = [
    ...(position > 0 ? [`position ${position}`] : []),
    ...(stream === undefined ? [] : [`stream ${JSON.stringify(stream)}`]),
    ...(revision === undefined ? [] : [`revision ${revision}`]),
  ];
  return [code, ...(where.length > 0 ? [where.join(", ")] : []), message].join(": ");
}
