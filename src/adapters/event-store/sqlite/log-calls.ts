import { EventStoreError } from "../../../domain/ports/event-store.ts";
import type { AppliedEvents } from "./applied-events.ts";
import { createLoadLimit } from "./load-limit.ts";
import {
  type ClientMessage,
  errorOf,
  type Flat,
  type LogLine,
  type ReadRequest,
  readOutcomes,
  type ServerMessage,
  writeAppend,
} from "./protocol.ts";
import type { Append, AppendOutcome } from "./writer.ts";

/** Questions to the log's thread and their answers. */
export interface LogCalls {
  /** `isApplied`: whoever asks for it knows what the events mean once they are in the log. */
  append(append: Append, isApplied: boolean): Promise<AppendOutcome>;
  read(request: ReadRequest): Promise<unknown>;
  isClosed(): boolean;
  /** Refuses what comes later, waits for the answers to the appends under way, hangs up. */
  close(): Promise<void>;
}

/**
 * How much is sent without waiting for the end of the turn, elements of a flat array: some 32 appends of one
 * event. The log's thread writes them while this one prepares the rest.
 */
const flatMax = 288;

export interface LogCallsOptions {
  /** Called when the log may have grown, and when the line is cut. */
  readonly onGrown: () => void;
  /** Told how far the log reaches, before `onGrown` is called. */
  readonly applied: AppliedEvents;
}

export function createLogCalls({ port }: LogLine, { onGrown, applied }: LogCallsOptions): LogCalls {
  const pending = createPendingCalls(applied);
  const appending = new Set<Promise<unknown>>();
  const loadLimit = createLoadLimit();
  let outgoing: Flat = [];
  let closed = false;

  port.on("message", (message: ServerMessage) => {
    pending.settle(message);
    if ("call" in message) return;
    const head = "outcomes" in message ? message.head : message.grown;
    if (head === undefined) applied.growsUnseen();
    else applied.reaches(head);
    onGrown();
  });
  port.on("close", () => {
    closed = true;
    pending.rejectAll(closedError());
    onGrown();
  });

  /**
   * What is appended in one turn of the event loop travels together: a message takes longer to send than what is in
   * it. A tick would be too short, since each datagram is one.
   */
  function sendAppends(): void {
    if (outgoing.length === 0) return;
    const message: ClientMessage = { appends: outgoing };
    outgoing = [];
    port.postMessage(message);
  }

  return {
    isClosed: () => closed,

    async append(append, isApplied) {
      if (closed) throw closedError();
      const release = loadLimit.admit(append);
      const { call, answer } = pending.open(isApplied ? append.events.length : 0);
      if (outgoing.length === 0) setImmediate(sendAppends);
      writeAppend(outgoing, call, append);
      if (outgoing.length >= flatMax) sendAppends();
      appending.add(answer);
      try {
        return (await answer) as AppendOutcome;
      } finally {
        appending.delete(answer);
        release();
      }
    },

    read(read) {
      if (closed) return Promise.reject(closedError());
      const { call, answer } = pending.open();
      const message: ClientMessage = { call, read };
      port.postMessage(message);
      return answer;
    },

    async close() {
      closed = true;
      await Promise.allSettled(appending);
      port.close();
    },
  };
}

interface Waiting {
  /** How many events of the append its caller applies by itself. */
  readonly appliedEvents: number;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Numbers questions and hands each its answer. */
function createPendingCalls(applied: AppliedEvents) {
  const waiting = new Map<number, Waiting>();
  let calls = 0;

  function take(call: number): Waiting | undefined {
    const taken = waiting.get(call);
    waiting.delete(call);
    return taken;
  }

  function settleAppend(call: number, outcome: AppendOutcome): void {
    const taken = take(call);
    if (!taken) return;
    const { appliedEvents, resolve } = taken;
    if (appliedEvents > 0 && outcome.outcome === "appended")
      applied.add(outcome.position - appliedEvents + 1, outcome.position);
    resolve(outcome);
  }

  return {
    open(appliedEvents = 0) {
      const call = ++calls;
      const answer = new Promise<unknown>((resolve, reject) =>
        waiting.set(call, { appliedEvents, resolve, reject }),
      );
      return { call, answer };
    },

    settle(message: ServerMessage): void {
      if ("outcomes" in message) {
        for (const { call, outcome } of readOutcomes(message.outcomes)) settleAppend(call, outcome);
      } else if ("answer" in message) {
        take(message.call)?.resolve(message.answer);
      } else if ("failure" in message) {
        take(message.call)?.reject(errorOf(message.failure));
      }
    },

    rejectAll(error: Error): void {
      for (const call of waiting.keys()) take(call)?.reject(error);
    },
  };
}

function closedError(): EventStoreError {
  return new EventStoreError("LOG_CLOSED", "the log is closed");
}
