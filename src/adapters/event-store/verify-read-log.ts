import { EventStoreError, isBefore, type LogPage, type Position } from "../../domain/ports/event-store.ts";
import type { VerifyReport } from "../../proof/report.ts";
import { createLogCheck, type Verifying } from "./log-check.ts";
import { numbered, type ReadLog } from "./log-pages.ts";
import { pageEventsMax } from "./page.ts";
import { positionNumber } from "./position.ts";

/**
 * Verifies a log through its store, up to and including a position: every event's hash and its place in its stream, the
 * order of time within it, that ids are unique, and the tree over all of it. What the store does not keep as it was
 * written cannot be asked about: the spelling of texts, and positions without an event.
 *
 * @throws EventStoreError when the store cannot be read
 */
export async function verifyReadLog(
  log: ReadLog,
  through: Position | undefined,
  verifying: Verifying,
): Promise<VerifyReport> {
  const check = createLogCheck(verifying, false);
  for await (const page of readablePages(log, through)) {
    if ("why" in page) {
      check.unreadable(check.size() + 1, `${page.why}. What comes behind it was not looked at`);
      break;
    }
    for (const event of page.events) {
      if (!isBefore(through, event.position)) check.add(numbered(event, check.size() + 1));
    }
    verifying.onProgress?.(check.size(), sizeAbout(log, { page, through, events: check.size() }));
  }
  return check.end(log.identity);
}

/** Reads one by one once a page cannot be read, so that the event is found that is at fault. */
async function* readablePages(
  { reader }: ReadLog,
  through: Position | undefined,
): AsyncGenerator<LogPage | { readonly why: string }> {
  let limit = pageEventsMax;
  for (let after: Position | undefined; isBefore(after, through); ) {
    try {
      const page = await reader.readAll({ after, limit });
      yield page;
      if (page.caughtUp) return;
      after = page.position;
    } catch (error) {
      if (!(error instanceof EventStoreError) || error.code !== "LOG_DAMAGED") throw error;
      if (limit === 1) {
        yield { why: error.message };
        return;
      }
      limit = 1;
    }
  }
}

interface Reached {
  readonly page: LogPage;
  readonly through: Position | undefined;
  /** How many were read up to the end of the page. */
  readonly events: number;
}

/** How many events there are, if the rest of the log is like what was read. */
function sizeAbout({ identity }: ReadLog, { page, through, events }: Reached): number {
  const reached = positionNumber(identity, page.position);
  const share = positionNumber(identity, through) / Math.max(1, reached);
  return page.caughtUp ? events : Math.max(events, Math.round(events * share));
}
