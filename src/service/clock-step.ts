/** A wall clock that moved by more than this against the steady one was changed, not corrected; milliseconds. */
const stepMs = 60_000;

export interface ClockReading {
  /** Milliseconds since 1970 UTC, as the wall clock says. */
  readonly wallMs: number;
  /** Milliseconds since some moment, never set by anybody. */
  readonly steadyMs: number;
}

/** A change of the wall clock, milliseconds since 1970 UTC. */
export interface ClockStep {
  /** What it should have said. */
  readonly fromMs: number;
  /** What it said. */
  readonly toMs: number;
}

/** How the wall clock was changed between two readings. `undefined`: it was not, give or take a minute. */
export function clockStep(earlier: ClockReading, later: ClockReading): ClockStep | undefined {
  const fromMs = earlier.wallMs + (later.steadyMs - earlier.steadyMs);
  const toMs = later.wallMs;
  return Math.abs(toMs - fromMs) > stepMs ? { fromMs: Math.round(fromMs), toMs } : undefined;
}
