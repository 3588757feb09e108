import { setTimeout as delay } from "node:timers/promises";

/** Asks again and again until there is an answer. Fails after `withinMs` (Default: 30,000). */
export async function eventually<Value>(
  ask: () => Promise<Value | undefined> | Value | undefined,
  { withinMs = 30_000 }: { readonly withinMs?: number } = {},
): Promise<Value> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`nothing came of it within ${withinMs} ms: ${ask}`);
    await delay(50);
  }
}
