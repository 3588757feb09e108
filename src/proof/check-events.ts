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
  /**
   * One clock gave all events their times. Where several processes write, each has a clock of its own, and times rise
   * within a stream only. (Default: true)
   */
  readonly hasOneClock?: boolean;
  /** Data and meta are known to be canonical: they came as parts of a text that is. (Default: false) */
  readonly isCanonical?: boolean;
  /** Whether ids are compared, which takes some 30 octets of memory for each event. (Default: true) */
  readonly comparesIds?: boolean;
}

/** What is known of events that cannot be read, so that those behind them can be checked. */
export interface LeftOut {
  /** Over all events up to the last of them. */
  readonly tree: TreeState;
  /** Those of them that are at hand in another place, in their order. */
  readonly copies: Iterable<CheckedEvent>;
  /** The hash before an event behind them, where that is told beside it. */
  previousOf(event: CheckedEvent): Hash | undefined;
}

/** Checks events one by one, in the order of the log. Remembers some 200 octets for each stream, and ids. */
export interface EventCheck {
  /** @param previous the hash before it, where its stream began before the first event that is checked */
  add(event: CheckedEvent, previous?: Hash): void;
  /** Goes on behind events that cannot be read. @throws Error when the tree is none */
  goOnBehind(leftOut: LeftOut): void;
  /** How many events there were, with those before the first that was checked. */
  size(): number;
  /** The root of the tree over all of them. */
  root(): Hash;
  tree(): TreeState;
}

/** @throws Error when `before` is no tree */
export function createEventCheck(options: EventCheckOptions): EventCheck {
  const {
    findings,
    before = emptyTree,
    isCanonical = false,
    hasOneClock = true,
    comparesIds = true,
  } = options;
  let tree = createTreeBuilder({ state: before });
  const chains = createChainCheck(findings, before.size === 0);
  const ids = createIdSet();
  const newest = createTimes(hasOneClock);
  let position = before.size;

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
    const { time, where } = newest.before(event);
    if (event.time < time) {
      find("TIME_BACKWARDS", event, `its time is ${event.time}, and the event before it ${where}has ${time}`);
    }
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
      if (comparesIds && !ids.add(event.id))
        find("ID_REPEATED", event, `its id ${event.id} was there before`);
      if (!isCanonical) checkText(event);
      chains.add(event, previous);
      tree.append(event.hash);
    },
    goOnBehind({ tree: state, copies, previousOf }) {
      tree = createTreeBuilder({ state });
      position = state.size;
      chains.goOnElsewhere(previousOf);
      for (const event of copies) chains.addLeftOut(event);
    },
    size: () => tree.size(),
    root: () => tree.root(),
    tree: () => tree.state(),
  };
}

/** The time of the event before another: in the log, or where that has several clocks, in its stream. */
function createTimes(hasOneClock: boolean) {
  const byStream = new Map<string, number>();
  const where = hasOneClock ? "" : "in its stream ";
  return {
    before({ stream, time }: CheckedEvent): { readonly time: number; readonly where: string } {
      const key = hasOneClock ? "" : stream;
      const before = byStream.get(key) ?? 0;
      byStream.set(key, time);
      return { time: before, where };
    },
  };
}
