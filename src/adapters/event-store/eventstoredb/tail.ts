import { setTimeout as pause } from "node:timers/promises";
import { END, excludeSystemEvents } from "@eventstore/db-client";
import type { Connection } from "./connection.ts";
import { isOfLog } from "./envelope.ts";
import { NoAnswerError } from "./failure.ts";
import { backoffMs, type Random } from "./persist.ts";

export interface TailOptions {
  readonly connection: Connection;
  /** Called when the log may have grown, or may be readable again. */
  readonly onGrown: () => void;
  /** Called when the engine confirmed a subscription, the first one too. Where it rejects, that ends it. */
  readonly onConfirmed: () => Promise<unknown>;
  readonly random: Random;
  /** Longest time until the engine confirms the subscription, milliseconds. */
  readonly confirmMs: number;
  /** Time after which the log is looked at although the engine told nothing, milliseconds. */
  readonly lookMs: number;
}

/**
 * Tells when the log grows, by a subscription from its end on. What has come is read in pages by whoever follows:
 * this one only wakes them, so an event that the subscription loses, doubles or delays is neither lost nor doubled,
 * and a slow follower holds nothing. Subscribes again when it ends, and wakes them then for what came in between.
 *
 * @returns what ends it
 */
export function watchTail(options: TailOptions): () => void {
  const { onGrown, random, lookMs } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const looking = setInterval(onGrown, lookMs);
  looking.unref();
  signal.addEventListener("abort", () => clearInterval(looking));

  async function run(): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await listen(options, signal, () => {
          attempt = 0;
        });
      } catch {
        // The engine is away, or cut it off: whoever reads meets what is wrong.
      }
      if (!signal.aborted) await pause(backoffMs(attempt, random), undefined, { signal, ref: false });
    }
  }

  // The only rejection is the pause's, when it is stopped.
  run().catch(() => undefined);
  return () => stopping.abort();
}

async function listen(
  { connection, onGrown, onConfirmed, confirmMs }: TailOptions,
  signal: AbortSignal,
  onReady: () => void,
): Promise<void> {
  await connection.use(async (client) => {
    const subscription = client.subscribeToAll({ fromPosition: END, filter: excludeSystemEvents() });
    const late = new NoAnswerError(`the engine confirmed no subscription within ${confirmMs} ms`);
    const timer = setTimeout(() => subscription.destroy(late), confirmMs);
    const stop = () => subscription.destroy();
    signal.addEventListener("abort", stop);
    subscription.once("confirmation", () => {
      clearTimeout(timer);
      onConfirmed()
        .then(onReady, (error) => subscription.destroy(error))
        .finally(onGrown);
    });
    try {
      for await (const event of subscription) if (isOfLog(event)) onGrown();
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      subscription.unsubscribe().catch(() => undefined);
    }
  });
}
