/** How long after a packet the event loop stays awake for its answer, milliseconds. */
const awakeMs = 0.15;

/** Keeps the event loop turning for the answer that will be here at once. */
export interface Wakeful {
  /**
   * Something was sent, and the answer to the last packet came after `answerMs`, or so long ago that it does not
   * matter. Clients that take longer than 0.15 ms are not waited for this way.
   */
  expectAnswer(nowMs: number, answerMs: number): void;
}

/**
 * In lockstep (RFC 1350) server and client sleep in turns, and being woken takes longer than all the rest of a
 * block. So for a client that is that fast the loop asks the sockets again and again for a moment instead of sleeping.
 * Other sockets are looked at in every round.
 */
export function wakefulLoop(): Wakeful {
  let untilMs = 0;
  let isTurning = false;

  function turn(): void {
    isTurning = performance.now() < untilMs;
    if (isTurning) setImmediate(turn);
  }

  return {
    expectAnswer(nowMs, answerMs) {
      if (answerMs > awakeMs) return;
      untilMs = nowMs + awakeMs;
      if (isTurning) return;
      isTurning = true;
      setImmediate(turn);
    },
  };
}
