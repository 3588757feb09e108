import { EventStoreError, type Position } from "../../domain/ports/event-store.ts";
import type { CheckedEvent } from "../../proof/check-chains.ts";
import { endLine, eventLine, headerLine } from "../../proof/export-format.ts";
import { createTreeBuilder } from "../../proof/tree-builder.ts";
import { type CloudEventChoice, cloudEventLine, isChosen } from "./cloud-event.ts";
import type { ExportRange } from "./export-range.ts";
import { numbered, numberedPages, type PositionRange, pagesBetween, type ReadLog } from "./log-pages.ts";
import { type LogIdentity, positionText } from "./position.ts";

/**
 * The numbers of the events at two positions, counted from 1; 0 before the first.
 *
 * @throws EventStoreError `POSITION_UNKNOWN` unless an event stands at both
 */
export async function numbersOf(log: ReadLog, { after, through }: PositionRange): Promise<ExportRange> {
  const numbers = { after: after === undefined ? 0 : undefined, through: undefined as number | undefined };
  let number = 0;
  for await (const events of pagesBetween(log, { after: undefined, through })) {
    for (const { position } of events) {
      number++;
      if (position === after) numbers.after = number;
      if (position === through) numbers.through = number;
    }
  }
  if (through === undefined) numbers.through = 0;
  if (numbers.after !== undefined && numbers.through !== undefined) {
    return { after: numbers.after, through: numbers.through };
  }
  throw new EventStoreError("POSITION_UNKNOWN", `no events stand at ${after} and behind it at ${through}`);
}

export interface VerifiableRange extends ExportRange {
  /** An event that is not before the last of the file. */
  readonly until: Position | undefined;
}

/**
 * The text of the file that `ironledger-verify` checks: see `verifiableLines` of a log in files. The log is read from its
 * first event on, whatever the range, since it is there that counting begins.
 *
 * @throws EventStoreError when the store cannot be read, or the log ends before the range does
 */
export async function* verifiableLinesOf(log: ReadLog, range: VerifiableRange): AsyncGenerator<string, void> {
  const { after, through, resumeAfter, until } = range;
  const file = createFile(log.identity, range);
  if (after === 0 && resumeAfter === undefined) yield `${file.header()}\n`;
  for await (const page of numberedPages(log, until)) {
    const lines = page.filter(({ position }) => position <= through).flatMap(file.linesFor);
    if (lines.length > 0) yield `${lines.join("\n")}\n`;
  }
  if (file.size() !== through) {
    throw new EventStoreError("POSITION_UNKNOWN", `the log has no event number ${through} up to ${until}`);
  }
  yield `${file.end()}\n`;
}

/** The lines of a file, made of all events of the log up to its last. */
function createFile(identity: LogIdentity, { after, through, resumeAfter }: ExportRange) {
  const tree = createTreeBuilder();
  const takePrevious = createPrevious();
  const header = () => headerLine({ ...identity, before: tree.state(), through, hasOneClock: false });

  return {
    header,
    size: tree.size,
    end: () => endLine({ ...identity, count: through - after, root: tree.root() }),
    linesFor(event: CheckedEvent): readonly string[] {
      tree.append(event.hash);
      const previous = takePrevious(event, event.position > after);
      if (event.position > (resumeAfter ?? after)) {
        return [eventLine(positionText(identity, event.position), { event, previous })];
      }
      return event.position === after && resumeAfter === undefined ? [header()] : [];
    },
  };
}

/** The hash before an event, where the event is the first of the file that is of a stream which began before. */
function createPrevious() {
  const newest = new Map<string, string>();
  return ({ stream, hash }: { readonly stream: string; readonly hash: string }, isInFile: boolean) => {
    const previous = isInFile ? newest.get(stream) : undefined;
    if (isInFile) newest.delete(stream);
    else newest.set(stream, hash);
    return previous;
  };
}

/** The events of a range as CloudEvents 1.0: see `cloudEventLines` of a log in files. @throws EventStoreError */
export async function* cloudEventLinesOf(
  log: ReadLog,
  range: PositionRange & CloudEventChoice,
): AsyncGenerator<string, void> {
  for await (const events of pagesBetween(log, range)) {
    const lines = events
      .filter((event) => isChosen(event, range))
      .map((event) => cloudEventLine(log.identity.logId, event.position, numbered(event, 0)));
    yield lines.map((line) => `${line}\n`).join("");
  }
}
