import { Presets, SingleBar } from "cli-progress";
import type { Session } from "./session.ts";

/** How far something is that takes long. */
export interface Progress {
  advance(steps: number): void;
  end(): void;
}

/** A bar on stderr, where a person looks at it; nothing elsewhere, and nothing for a single step. */
export function createProgress(
  { streams, global }: Pick<Session, "streams" | "global">,
  { total, unit, steps }: { readonly total: number; readonly unit: string; readonly steps: number },
): Progress {
  if (!streams.canAsk || global.quiet || global.debug || steps < 2) return { advance() {}, end() {} };
  const format = `{bar} {value}/{total} ${unit} {eta_formatted}`;
  const bar = new SingleBar(
    { format, stream: process.stderr, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { advance: (steps) => bar.increment(steps), end: () => bar.stop() };
}
