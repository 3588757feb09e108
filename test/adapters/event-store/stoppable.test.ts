import { describe, expect, test } from "vitest";
import { stoppable } from "../../../src/adapters/event-store/stoppable.ts";

/** Yields one item and then waits for its signal, as one does who follows a log. */
function following(signal: AbortSignal) {
  const ended: string[] = [];
  const items = stoppable(signal, async function* (own) {
    try {
      yield "first";
      await new Promise<void>((resolve) => own.addEventListener("abort", () => resolve()));
    } finally {
      ended.push("ended");
    }
  });
  return { items: items[Symbol.asyncIterator](), ended };
}

describe("leaving what a generator yields", () => {
  test("ends the generator while it waits", async () => {
    const { items, ended } = following(new AbortController().signal);
    expect(await items.next()).toEqual({ value: "first", done: false });
    const waiting = items.next();
    await items.return?.();
    expect(await waiting).toMatchObject({ done: true });
    expect(ended).toEqual(["ended"]);
  });

  test("happens by the signal of the subscription too", async () => {
    const stop = new AbortController();
    const { items, ended } = following(stop.signal);
    await items.next();
    const waiting = items.next();
    stop.abort();
    expect(await waiting).toMatchObject({ done: true });
    expect(ended).toEqual(["ended"]);
  });
});
