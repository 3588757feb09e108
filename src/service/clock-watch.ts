/** A wall clock that moved by more than this against the steady one was changed, not corrected; milliseconds. */
const stepMs = 60_000;

export interface ClockReading {
  /** Milliseconds since 1970 UTC, as the wall clock says. */
  readonly wallMs: number;
  /** Milliseconds since some moment, never set by anybody. */
  readonly steadyMs: number;
}

/**
 * Whether the wall clock was changed between two readings, and by what: `fromMs` is what it should have said,
 * `toMs` what it says. `undefined`: it ran as the steady clock did, give or take a minute.
 */
export function clockStep(
  earlier: ClockReading,
  later: ClockReading,
): { readonly fromMs: number; readonly toMs: number } | undefined {
  const fromMs = earlier.wallMs + (later.steadyMs - earlier.steadyMs);
  const toMs = later.wallMs;
  return Math.abs(toMs - fromMs) > stepMs ? { fromMs: Math.round(fromMs), toMs } : undefined;
}
