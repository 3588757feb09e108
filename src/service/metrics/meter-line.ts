import type { MessagePort } from "node:worker_threads";
import type { Measured, Meter } from "./meter.ts";

/** Answers whoever asks on the other end of the port with what the thread measures. */
export function serveMeter(port: MessagePort, meter: Pick<Meter, "measure">): void {
  port.on("message", async (question: number) =>
    port.postMessage({ question, measured: await meter.measure() }),
  );
  // A thread ends when its work is done, whoever could still ask.
  port.unref();
}

interface Answer {
  readonly question: number;
  readonly measured: Measured;
}

/** Asks a thread for its metrics. */
export interface MeterLine {
  /** `undefined`: the thread did not answer in `timeoutMs`. */
  ask(timeoutMs: number): Promise<Measured | undefined>;
}

/** `port`: whose other end is served by `serveMeter`. */
export function askMeter(port: MessagePort): MeterLine {
  const waiting = new Map<number, (measured: Measured) => void>();
  let questions = 0;
  port.on("message", ({ question, measured }: Answer) => waiting.get(question)?.(measured));
  port.unref();

  return {
    async ask(timeoutMs) {
      const question = ++questions;
      const { promise, resolve } = Promise.withResolvers<Measured | undefined>();
      const timer = setTimeout(() => resolve(undefined), timeoutMs);
      waiting.set(question, resolve);
      port.postMessage(question);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        waiting.delete(question);
      }
    },
  };
}
