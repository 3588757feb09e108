import { isCanonicalObject } from "./canonical.ts";
import { type CheckedEvent, createChainCheck, missing } from "./check-chains.ts";
import type { FindingCode, FindingList } from "./findings.ts";
import { createIdSet } from "./id-set.ts";
import type { Hash } from "./merkle.ts";
import { createTreeBuilder, emptyTree, type TreeState } from "./tree-builder.ts";

export interface EventCheckOptions {
  readonly findings: FindingList;
  /** The tree of the events before the first that is checked. (Default: there are none) */
  readonly before?: TreeState;
  /** Data and meta are known to be canonical: they came as parts of a text that is. (Default: false) */
  readonly isCanonical?: boolean;
}

/** Checks events one by one, in the order of the log. Remembers some 30 octets for each and 200 for each stream. */
export interface EventCheck {
  /** @param previous the hash before it, where its stream began before the first event that is checked */
  add(event: CheckedEvent, previous?: Hash): void;
  /** How many events there were, with those before the first that was checked. */
  size(): number;
  /** The root of the tree over all of them. */
  root(): Hash;
}

/** @throws Error when `before` is no tree */
export function createEventCheck(options: EventCheckOptions): EventCheck {
  const { findings, before = emptyTree, isCanonical = false } = options;
  const tree = createTreeBuilder({ state: before });
  const chains = createChainCheck(findings, before.size === 0);
  const ids = createIdSet();
  let position = before.size;
  let time = 0;

  function find(code: FindingCode, event: CheckedEvent, message: string): void {
    findings.add({ code, position: event.position, stream: event.stream, revision: event.revision, message });
  }

  function checkPlace(event: CheckedEvent): void {
    if (event.position > position + 1) {
      find("POSITION_GAP", event, `${missing("position", position + 1, event.position - 1)} before it`);
    } else if (event.position <= position) {
      find("POSITION_REPEATED", event, `it follows on position ${position}`);
    }
    position = Math.max(position, event.position);
  }

  function checkTime(event: CheckedEvent): void {
    if (event.time < time) {
      find("TIME_BACKWARDS", event, `its time is ${event.time}, and the event before it has ${time}`);
    }
    time = event.time;
  }

  function checkText(event: CheckedEvent): void {
    for (const name of ["data", "meta"] as const) {
      if (isCanonicalObject(event[name])) continue;
      find("NOT_CANONICAL", event, `its ${name} is not the RFC 8785 text of an object`);
    }
  }

  return {
    add(event, previous) {
      checkPlace(event);
      checkTime(event);
      if (!ids.add(event.id)) find("ID_REPEATED", event, `its id ${event.id} was there before`);
      if (!isCanonical) checkText(event);
      chains.add(event, previous);
      tree.append(event.hash);
    },
    size: tree.size,
    root: tree.root,
  };
}
