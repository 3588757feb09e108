import type { MessagePort } from "node:worker_threads";
import type { ClockWatch } from "../domain/ports/clock-watch.ts";
import { EventStoreError, type EventStoreErrorCode } from "../domain/ports/event-store.ts";

/** Left out: what the clock did is recorded. */
interface Failure {
  readonly message: string;
  readonly code: EventStoreErrorCode | undefined;
}

interface Answer {
  readonly question: number;
  readonly failed?: Failure;
}

/** Lets whoever is on the other end of the port have changes of the wall clock recorded. */
export function serveClock(port: MessagePort, { recordStep }: ClockWatch): void {
  port.on("message", (question: number) =>
    recordStep().then(
      () => port.postMessage({ question } satisfies Answer),
      (error: unknown) => port.postMessage({ question, failed: failureOf(error) } satisfies Answer),
    ),
  );
  // A thread ends when its work is done, whoever could still ask.
  port.unref();
}

function failureOf(error: unknown): Failure {
  return {
    message: error instanceof Error ? error.message : String(error),
    code: error instanceof EventStoreError ? error.code : undefined,
  };
}

/** `port`: whose other end is served by `serveClock`. What it rejects with has the code that the other end met. */
export function askClock(port: MessagePort): ClockWatch {
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  let questions = 0;
  port.on("message", ({ question, failed }: Answer) => {
    const asked = waiting.get(question);
    waiting.delete(question);
    if (failed) asked?.reject(errorOf(failed));
    else asked?.resolve();
  });
  port.unref();

  return {
    recordStep() {
      const question = ++questions;
      const asked = Promise.withResolvers<void>();
      waiting.set(question, asked);
      port.postMessage(question);
      return asked.promise;
    },
  };
}

function errorOf({ message, code }: Failure): Error {
  return code === undefined ? new Error(message) : new EventStoreError(code, message);
}
