import { Presets, SingleBar } from "cli-progress";
import type { Session } from "./session.ts";

/** How far something is that takes long. */
export interface Progress {
  advance(steps: number): void;
  /** It has come so far, of so much as is known now. `unit`: what is counted, and what else is to be told of it. */
  at(done: number, now: { readonly total: number; readonly unit: string }): void;
  end(): void;
}

/** A bar on stderr, where a person looks at it; nothing elsewhere, and nothing for a single step. */
export function createProgress(
  { streams, global }: Pick<Session, "streams" | "global">,
  { total, unit, steps }: { readonly total: number; readonly unit: string; readonly steps: number },
): Progress {
  if (!streams.canAsk || global.quiet || global.debug || steps < 2)
    return { advance() {}, at() {}, end() {} };
  const format = "{bar} {value}/{total} {unit} {eta_formatted}";
  const bar = new SingleBar(
    { format, stream: process.stderr, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0, { unit });
  return {
    advance: (steps) => bar.increment(steps),
    at(done, now) {
      bar.setTotal(now.total);
      bar.update(done, { unit: now.unit });
    },
    end: () => bar.stop(),
  };
}
