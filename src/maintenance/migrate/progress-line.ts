import type { MigrationProgress } from "./migrate-log.ts";

/** Least time between two lines, milliseconds. */
const intervalMs = 2_000;

/** Lines for a person who waits: how far it is, how fast, and how long it will take, now and then. */
export function progressLines(
  write: (line: string) => void,
  nowMs: () => number,
): (progress: MigrationProgress) => void {
  let step: MigrationProgress["step"] | undefined;
  let beganMs = nowMs();
  let toldMs = beganMs;

  return (progress) => {
    const atMs = nowMs();
    if (progress.step !== step) {
      step = progress.step;
      beganMs = atMs;
    }
    if (atMs - toldMs < intervalMs) return;
    toldMs = atMs;
    write(progressLine(progress, atMs - beganMs));
  };
}

/** @param elapsedMs since the step began */
function progressLine({ step, events, total }: MigrationProgress, elapsedMs: number): string {
  const perSecond = elapsedMs > 0 ? (events * 1_000) / elapsedMs : 0;
  const speed = `${Math.round(perSecond)} events/s`;
  if (total === undefined || perSecond === 0) return `${step}: ${events} events, ${speed}`;
  const restSeconds = Math.ceil(Math.max(0, total - events) / perSecond);
  return `${step}: ${events} of ${total} events, ${speed}, ${restSeconds} s to go`;
}
