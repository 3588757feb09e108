import { createEventCheck } from "../../proof/check-events.ts";
import { createFindingList, findingLine } from "../../proof/findings.ts";
import type { MovedEvent } from "./moved-log.ts";

/** Checks events as they come, one after the other in the order of the log. */
export interface PageCheck {
  /** @throws Error that names the first event that is not what its hash says, or is not in its place */
  add(event: MovedEvent): void;
  size(): number;
  /** Of the RFC 6962 tree over all of them. */
  root(): string;
}

/** @param place that they are read from, for the error */
export function createPageCheck(place: string): PageCheck {
  const findings = createFindingList();
  // Clocks of several processes on one engine differ. The order of the log is that of its positions.
  const check = createEventCheck({ findings, hasOneClock: false });

  return {
    add(event) {
      check.add({ ...event, position: check.size() + 1 });
      const [found] = findings.first();
      if (found) throw new Error(`${place} is not a log that can be moved: ${findingLine(found)}`);
    },
    size: check.size,
    root: check.root,
  };
}
