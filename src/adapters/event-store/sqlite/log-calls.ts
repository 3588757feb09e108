import { EventStoreError } from "../../../domain/ports/event-store.ts";
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
  append(append: Append): Promise<AppendOutcome>;
  read(request: ReadRequest): Promise<unknown>;
  isClosed(): boolean;
  /** Refuses what comes later, waits for the answers to the appends under way, hangs up. */
  close(): Promise<void>;
}

/**
 * How much is sent without waiting for the end of the tick, elements of a flat array: some 32 appends of one
 * event. The log's thread writes them while this one prepares the rest.
 */
const flatMax = 288;

/** @param onGrown called when the log may have grown, and when the line is cut */
export function createLogCalls({ port }: LogLine, onGrown: () => void): LogCalls {
  const pending = createPendingCalls();
  const appending = new Set<Promise<unknown>>();
  const loadLimit = createLoadLimit();
  let outgoing: Flat = [];
  let closed = false;

  port.on("message", (message: ServerMessage) => {
    pending.settle(message);
    if (!("call" in message)) onGrown();
  });
  port.on("close", () => {
    closed = true;
    pending.rejectAll(closedError());
    onGrown();
  });

  /** What is appended before this tick ends travels together, so that it can share a transaction. */
  function sendAppends(): void {
    if (outgoing.length === 0) return;
    const message: ClientMessage = { appends: outgoing };
    outgoing = [];
    port.postMessage(message);
  }

  return {
    isClosed: () => closed,

    async append(append) {
      if (closed) throw closedError();
      const release = loadLimit.admit(append);
      const { call, answer } = pending.open();
      if (outgoing.length === 0) process.nextTick(sendAppends);
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
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Numbers questions and hands each its answer. */
function createPendingCalls() {
  const waiting = new Map<number, Waiting>();
  let calls = 0;

  function take(call: number): Waiting | undefined {
    const taken = waiting.get(call);
    waiting.delete(call);
    return taken;
  }

  return {
    open() {
      const call = ++calls;
      const answer = new Promise<unknown>((resolve, reject) => waiting.set(call, { resolve, reject }));
      return { call, answer };
    },

    settle(message: ServerMessage): void {
      if ("outcomes" in message) {
        for (const { call, outcome } of readOutcomes(message.outcomes)) take(call)?.resolve(outcome);
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
