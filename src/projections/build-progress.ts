/** How far a view is that is being built, whether in its own file or beside it. */
export interface BuildProgress {
  readonly kind: BuildKind;
  readonly phase: BuildPhase;
  /** Events of the log that it has. */
  readonly events: number;
  /** Of how many. Grows with the log. */
  readonly total: number;
  /** On average since the build began. */
  readonly eventsPerSecond: number;
  /** Until it has all, at that speed; `undefined` as long as no speed is known. */
  readonly etaSeconds: number | undefined;
}

export type BuildKind =
  /** What readers see comes to show what is in the log. */
  | "catch-up"
  /** A new file is made beside the one that readers see. */
  | "rebuild";

export type BuildPhase =
  /** Applies the log. */
  | "reading"
  /** Compares its rows with those that readers see. */
  | "comparing";

/** Follows one build. */
export interface BuildMeter {
  /** It has so many events now. */
  at(events: number): void;
  comparing(): void;
  /** @param total how many events the log has */
  progress(total: number): BuildProgress;
}

/** @param nowMs of a steady clock */
export function createBuildMeter(kind: BuildKind, first: number, nowMs: () => number): BuildMeter {
  const beganMs = nowMs();
  let events = first;
  let newestMs = beganMs;
  let phase: BuildPhase = "reading";

  return {
    at(now) {
      events = now;
      newestMs = nowMs();
    },
    comparing() {
      phase = "comparing";
    },
    progress(total) {
      const elapsedMs = newestMs - beganMs;
      const eventsPerSecond = elapsedMs > 0 ? ((events - first) * 1_000) / elapsedMs : 0;
      const whole = Math.max(total, events);
      const etaSeconds = eventsPerSecond > 0 ? (whole - events) / eventsPerSecond : undefined;
      return { kind, phase, events, total: whole, eventsPerSecond, etaSeconds };
    },
  };
}
