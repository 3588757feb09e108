import { setTimeout as pause } from "node:timers/promises";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { failureOf, NoAnswerError } from "./failure.ts";

/** First and longest pause before an engine is asked again, milliseconds. */
const pauseMs = { first: 20, max: 1_000 } as const;

/** Throws dice: 0 up to, not including, 1. */
export type Random = () => number;

/** The pause before the `attempt`th repetition, from 0: doubled each time, and anywhere in its second half. */
export function backoffMs(attempt: number, random: Random): number {
  const longest = Math.min(pauseMs.max, pauseMs.first * 2 ** Math.min(attempt, 16));
  return (longest * (1 + random())) / 2;
}

/** When something must be done, in milliseconds of the steady clock. */
export type Deadline = number;

export function deadlineIn(limitMs: number): Deadline {
  return performance.now() + limitMs;
}

export function msUntil(deadline: Deadline): number {
  return Math.max(0, deadline - performance.now());
}

/**
 * Asks until there is an answer, good or bad, or the deadline comes: then throws what the last attempt threw.
 */
export async function persist<Answer>(
  ask: () => Promise<Answer>,
  { deadline, random }: { readonly deadline: Deadline; readonly random: Random },
): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const waitMs = backoffMs(attempt, random);
      const isKnown = error instanceof EventStoreError || failureOf(error) !== "unknown";
      if (isKnown || waitMs >= msUntil(deadline)) throw error;
      await pause(waitMs);
    }
  }
}

/** The answer, or a rejection when none came in time. What comes later is let go. */
export async function within<Answer>(limitMs: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswerError(`no answer for ${Math.round(limitMs)} ms`)), limitMs);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
}
