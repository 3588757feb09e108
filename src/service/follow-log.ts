import type { EventFilter, EventReader, Position, RecordedEvent } from "../domain/ports/event-store.ts";

export interface FollowLogOptions {
  readonly reader: EventReader;
  readonly filter: EventFilter;
  /** Up to here everything is applied already. `undefined`: nothing is. */
  readonly after: Position | undefined;
  readonly apply: (event: RecordedEvent) => void;
  /** The log cannot be followed any more: what is in memory grows old, and the service should end. */
  readonly onFailure: (error: unknown) => void;
}

export interface LogFollower {
  /** Resolves when it has stopped. */
  stop(): Promise<void>;
}

/**
 * Applies the log to what is kept in memory, but for what this process appended and applied already. Resolves when all that was in
 * the log at the start is applied.
 */
export async function followLog({
  reader,
  filter,
  after,
  apply,
  onFailure,
}: FollowLogOptions): Promise<LogFollower> {
  const abort = new AbortController();
  const caughtUp = Promise.withResolvers<void>();

  async function follow(): Promise<void> {
    const subscription = { after, filter, withoutApplied: true, signal: abort.signal };
    for await (const page of reader.subscribe(subscription)) {
      for (const event of page.events) apply(event);
      if (page.caughtUp) caughtUp.resolve();
    }
  }

  const following = follow().catch((error: unknown) => {
    caughtUp.reject(error);
    if (!abort.signal.aborted) onFailure(error);
  });
  await caughtUp.promise;
  return {
    async stop() {
      abort.abort();
      await following;
    },
  };
}
