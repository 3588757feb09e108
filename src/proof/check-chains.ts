import { eventHash, type HashedEvent } from "./event-hash.ts";
import type { FindingCode, FindingList } from "./findings.ts";
import type { Hash } from "./merkle.ts";

/** An event as it is stored or exported. */
export interface CheckedEvent extends HashedEvent {
  /** Number of the event in the log, from 1. */
  readonly position: number;
  readonly hash: Hash;
}

/** The newest event of a stream, as far as it was read. */
interface StreamHead {
  readonly revision: number;
  /** The hash that is stored with it. */
  readonly hash: Hash | undefined;
  /** The hash that it should have, where that is another. */
  readonly computed: Hash | undefined;
  /** What came before a gap. Where an event was put in or two changed places, the stream goes on from here. */
  readonly aside?: Aside;
}

interface Aside {
  readonly head: Omit<StreamHead, "aside">;
  /** Whether the stream went on from here already: that it does was found once, and is no news. */
  readonly isKnown: boolean;
}

/** What a stream that is not there yet ends with. */
const noHead: StreamHead = { revision: -1, hash: undefined, computed: undefined };

export interface ChainCheck {
  /** @param previous the hash before it, where its stream began before the first event that is checked */
  add(event: CheckedEvent, previous: Hash | undefined): void;
  /**
   * Events are left out.
   *
   * @param previousOf the hash before an event behind them, where that is told beside it
   */
  goOnElsewhere(previousOf: (event: CheckedEvent) => Hash | undefined): void;
  /** An event that was left out and is at hand all the same, in its order. Checked where what it follows on is known. */
  addLeftOut(event: CheckedEvent): void;
}

/**
 * Checks that each event has the next revision of its stream, and the hash that follows from the one before it.
 *
 * @param isWhole whether the log is checked from its first event on, so that no stream began before
 */
export function createChainCheck(findings: FindingList, isWhole: boolean): ChainCheck {
  const heads = createHeads();

  function find(code: FindingCode, { position, stream, revision }: CheckedEvent, message: string): void {
    findings.add({ code, position, stream, revision, message });
  }

  /** What the event must follow on; `undefined`: that is not known. */
  function headBefore(event: CheckedEvent, previous: Hash | undefined): StreamHead | undefined {
    const head = heads.get(event.stream);
    if (previous === undefined) return head ?? heads.elsewhere(event);
    if (head || isWhole) find("EVENT_CHANGED", event, "a hash before it is told, of which there is no need");
    return head ?? headOf(event.revision - 1, previous);
  }

  /** The event as what the stream goes on from. */
  function follow(event: CheckedEvent, head: StreamHead): StreamHead {
    const { revision, hash } = event;
    const fault = rangeFault(event);
    const computed = fault === undefined ? computedHash(event, head) : hash;
    if (fault !== undefined) find("EVENT_CHANGED", event, fault);
    else if (computed !== hash) find("EVENT_CHANGED", event, changedMessage(revision));
    // The text that was computed is one of its own; the one that was read may keep all that it was cut from in memory.
    return { revision, hash: computed === hash ? computed : hash, computed };
  }

  /** An event whose revision is not the next. Returns what the stream goes on from. */
  function misplaced(event: CheckedEvent, head: StreamHead): StreamHead {
    const { revision, hash } = event;
    if (revision > head.revision) {
      find("REVISION_GAP", event, `${missing("revision", head.revision + 1, revision - 1)} before it`);
      const { aside: _, ...before } = head;
      return { revision, hash, computed: hash, aside: { head: before, isKnown: false } };
    }
    const { aside } = head;
    const goesOn = aside !== undefined && revision > aside.head.revision;
    if (!goesOn || !aside.isKnown) find("REVISION_REPEATED", event, repeatedMessage(head.revision));
    if (!goesOn) return head;
    const next = aside.head.revision + 1;
    const isNext = revision === next;
    if (!isNext && aside.isKnown)
      find("REVISION_GAP", event, `${missing("revision", next, revision - 1)} before it`);
    return {
      ...head,
      aside: { head: isNext ? follow(event, aside.head) : { revision, hash, computed: hash }, isKnown: true },
    };
  }

  function headAfter(event: CheckedEvent, head: StreamHead): StreamHead {
    return event.revision === head.revision + 1 ? follow(event, head) : misplaced(event, head);
  }

  return {
    add(event, previous) {
      const head = headBefore(event, previous);
      if (!head)
        find("REVISION_GAP", event, `${missing("revision", event.revision - 1, event.revision - 1)}, too`);
      heads.set(event.stream, head ? headAfter(event, head) : headOf(event.revision, event.hash));
    },

    goOnElsewhere: heads.leaveOut,

    addLeftOut(event) {
      const head = heads.older(event.stream);
      const isNext = event.revision === head.revision + 1;
      heads.setOlder(event.stream, isNext ? follow(event, head) : headOf(event.revision, event.hash));
    },
  };
}

/** What each stream goes on from. */
function createHeads() {
  const heads = new Map<string, StreamHead>();
  /** Where streams were when events were left out: some of theirs may be among those. */
  const older = new Map<string, StreamHead>();
  let previousOf: ((event: CheckedEvent) => Hash | undefined) | undefined;
  const olderOf = (stream: string) => older.get(stream) ?? noHead;

  return {
    get: (stream: string) => heads.get(stream),
    set: (stream: string, head: StreamHead) => heads.set(stream, head),
    older: olderOf,
    setOlder: (stream: string, head: StreamHead) => older.set(stream, head),

    leaveOut(told: (event: CheckedEvent) => Hash | undefined): void {
      for (const [stream, head] of heads) older.set(stream, head);
      heads.clear();
      previousOf = told;
    },

    /** Of a stream whose newest event, if it has one, was before those that were left out, or is among them. */
    elsewhere(event: CheckedEvent): StreamHead | undefined {
      const head = olderOf(event.stream);
      if (!previousOf || event.revision <= head.revision + 1) return head;
      const previous = previousOf(event);
      return previous === undefined ? undefined : headOf(event.revision - 1, previous);
    },
  };
}

/** An event whose hash is taken for right. */
function headOf(revision: number, hash: Hash): StreamHead {
  return { revision, hash, computed: hash };
}

function repeatedMessage(newest: number): string {
  return `it follows on revision ${newest}: one of the two was moved, or put in`;
}

/** Of an event of which only the hash was changed, the next one was made when it was still right. */
function computedHash(event: CheckedEvent, { hash, computed }: StreamHead): Hash {
  const onStored = eventHash(hash, event);
  if (onStored === event.hash || hash === computed) return onStored;
  return eventHash(computed, event);
}

/** What no event can have, and no hash is defined for. */
function rangeFault({ revision, schema, time }: CheckedEvent): string | undefined {
  if (!Number.isSafeInteger(revision) || revision < 0) return `its revision is ${revision}`;
  if (!Number.isSafeInteger(schema) || schema < 1 || schema >= 2 ** 32) return `its schema is ${schema}`;
  if (!Number.isSafeInteger(time) || time < 0) return `its time is ${time}`;
  return undefined;
}

function changedMessage(revision: number): string {
  const changed = "a field of it, or its hash, was changed";
  if (revision === 0) return `its fields do not give its hash: ${changed}`;
  const before = `revision ${revision - 1}`;
  return `its fields and the hash of ${before} do not give its hash: ${changed}, or ${before} was replaced`;
}

/** `revision 3 is missing`, `positions 4 to 7 are missing`. */
export function missing(what: string, first: number, last: number): string {
  return first === last ? `${what} ${first} is missing` : `${what}s ${first} to ${last} are missing`;
}
