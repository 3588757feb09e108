import { type LoginEvent, loginCodec, loginStream } from "../../../domain/access/login-events.ts";
import { firstMeta } from "../../../domain/event-meta.ts";
import type { EventStore } from "../../../domain/ports/event-store.ts";

const hourMs = 3_600_000;

/** Sources that get a stream of their own in an hour. The others share one. */
const ownStreamsPerHour = 60;

/** The stream of those that get none of their own. */
const sharedSource = "other";

export interface AttemptRecorderOptions {
  readonly store: Pick<EventStore, "append">;
  readonly newId: () => string;
  /** How long failures of a source are gathered into one event, milliseconds. */
  readonly gatherMs: number;
  /** The log took an event not: what was gathered is lost. */
  readonly onFault: (error: unknown) => void;
}

/** Records failed attempts in few events: what an attacker can add to the log has a bound. */
export interface AttemptRecorder {
  note(source: string, nowMs: number): void;
  /** Records what was gathered so far. */
  close(): Promise<void>;
}

/** A failure waits in memory until its minute is over, so a crash loses the failures of one minute at most. */
export function createAttemptRecorder(options: AttemptRecorderOptions): AttemptRecorder {
  const { store, newId, gatherMs, onFault } = options;
  const gathered = new Map<string, LoginEvent["data"]>();
  const own = new Set<string>();
  let hourBeganMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  function streamSource(source: string, nowMs: number): string {
    if (nowMs - hourBeganMs >= hourMs || nowMs < hourBeganMs) {
      hourBeganMs = nowMs;
      own.clear();
    }
    if (own.size < ownStreamsPerHour) own.add(source);
    return own.has(source) ? source : sharedSource;
  }

  async function append(source: string, data: LoginEvent["data"]): Promise<void> {
    const id = newId();
    const meta = firstMeta({ actor: "system", source: "graphql" }, id);
    const event = { ...loginCodec.write({ type: "AuthenticationFailed", data }), id, meta };
    await store.append(loginStream(source), { expectedRevision: "any", events: [event] });
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const due = [...gathered];
    gathered.clear();
    await Promise.all(due.map(([source, data]) => append(source, data).catch(onFault)));
  }

  return {
    note(source, nowMs) {
      const key = streamSource(source, nowMs);
      const { count, firstAtMs } = gathered.get(key) ?? { count: 0, firstAtMs: nowMs };
      gathered.set(key, { count: count + 1, firstAtMs, lastAtMs: nowMs });
      timer ??= setTimeout(() => void flush(), gatherMs);
    },
    close: flush,
  };
}
