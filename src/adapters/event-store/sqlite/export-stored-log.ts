import { isCanonicalObject } from "../../../proof/canonical.ts";
import { endLine, eventLine, headerLine } from "../../../proof/export-format.ts";
import { createTreeBuilder, type TreeBuilder } from "../../../proof/tree-builder.ts";
import { type CloudEventChoice, cloudEventLine, isChosen } from "../cloud-event.ts";
import type { ExportRange } from "../export-range.ts";
import { positionText, refuseBeyondEnd } from "../position.ts";
import { type EventRow, uuidText } from "./rows.ts";
import type { StoredLog } from "./stored-log.ts";

/**
 * The text of the file that `ironledger-verify` checks: a page of events at once, between a line that says which they
 * are and one with their count and the root of the tree. Returns how many events the whole file holds.
 *
 * @throws EventStoreError `POSITION_UNKNOWN` when the log does not reach that far, `LOG_ARCHIVE_MISSING`
 * @throws Error when the log has an event that is none
 */
export function* verifiableLines(log: StoredLog, range: ExportRange): Generator<string, number> {
  const { after, through, resumeAfter } = checkedRange(log, range);
  const { identity } = log;
  const tree = createTreeBuilder({ state: log.treeAt(after) });
  if (resumeAfter === undefined) {
    yield `${headerLine({ ...identity, before: tree.state(), through, hasOneClock: log.hasOneClock })}\n`;
  } else {
    growTo(tree, log, resumeAfter);
  }

  const line = lineWriter(log, after);
  for (const page of readablePages(log, tree.size(), through)) {
    for (const [, , , , , , , , , hash] of page) tree.append(hash);
    yield `${page.map(line).join("\n")}\n`;
  }
  const count = through - after;
  yield `${endLine({ ...identity, count, root: tree.root() })}\n`;
  return count;
}

/**
 * The events of a range as CloudEvents 1.0, those that are chosen, each a line of JSON, a page of them at once: empty
 * where none of it is. To go on after a break, name the `sequence` of the last whole line as `after`.
 *
 * @throws as `verifiableLines`
 */
export function* cloudEventLines(
  log: StoredLog,
  range: ExportRange & CloudEventChoice,
): Generator<string, void> {
  const { after, through, resumeAfter = after } = checkedRange(log, range);
  const { identity } = log;
  for (const page of readablePages(log, resumeAfter, through)) {
    const chosen = page.filter(([, , , , type, , time]) => isChosen({ type, time }, range));
    const lines = chosen.map((row) => {
      const [position, stream, revision, id, type, schema, time, data, meta, hash] = row;
      const event = { stream, revision, id: uuidText(id), type, schema, time, data, meta, hash };
      return cloudEventLine(identity.logId, positionText(identity, position), event);
    });
    yield lines.map((line) => `${line}\n`).join("");
  }
}

function checkedRange(log: StoredLog, range: ExportRange): ExportRange {
  const { after, through, resumeAfter = after } = range;
  refuseBeyondEnd(through, log.head);
  refuseBeyondEnd(resumeAfter, through);
  refuseBeyondEnd(after, resumeAfter);
  return range;
}

/** Pages without a gap, up to the end. */
function* readablePages(log: StoredLog, after: number, through: number): Generator<readonly EventRow[]> {
  let last = after;
  for (const page of log.rows(after, through)) {
    if ("why" in page) throw page.cause ?? unusable(`event ${page.position} cannot be read: ${page.why}`);
    for (const [position] of page) {
      if (position !== last + 1) throw unusable(`event ${last + 1} is missing`);
      last = position;
    }
    if (page.length > 0) yield page;
  }
  if (last !== through) throw unusable(`event ${last + 1} is missing`);
}

function unusable(what: string): Error {
  return new Error(`${what}. What is wrong with the log, "ironledger-maintenance verify" tells`);
}

function growTo(tree: TreeBuilder, log: StoredLog, size: number): void {
  for (const hash of log.hashes(tree.size(), size)) tree.append(hash);
}

/** @param after where the file begins: whether an event is the first of its stream there does not depend on more */
function lineWriter(log: StoredLog, after: number): (row: EventRow) => string {
  /** Streams of which an event was written: only where the file begins in the middle of the log. */
  const begun = new Set<string>();

  function previousOf(stream: string, revision: number): string | undefined {
    if (after === 0 || begun.has(stream)) return undefined;
    begun.add(stream);
    const before = revision > 0 ? log.find(stream, revision - 1) : undefined;
    return before && before.position <= after ? before.hash : undefined;
  }

  return (row) => {
    const [position, stream, revision, id, type, schema, time, data, meta, hash] = row;
    if (!isCanonicalObject(data) || !isCanonicalObject(meta)) {
      throw unusable(`event ${position} is not stored as this service stores events`);
    }
    const previous = previousOf(stream, revision);
    const event = { position, stream, revision, id: uuidText(id), type, schema, time, data, meta, hash };
    return eventLine(positionText(log.identity, position), { event, previous });
  };
}
