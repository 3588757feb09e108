import { expect } from "vitest";
import { type EventStore, EventStoreError } from "../../../../src/domain/ports/event-store.ts";
import { follow, numbered } from "../../../contracts/event-store.support.ts";
import { chainOf } from "./support.ts";

const writers = ["machine-a", "machine-b", "network"];

export interface WriteThrough {
  /** Writes and follows the log, and is closed by the caller. */
  readonly store: EventStore;
  /** What is done to the engine meanwhile. */
  readonly disturb: () => Promise<void>;
  /** Appended to the names of the streams, on an engine that has more than this test's. (Default: none) */
  readonly suffix?: string;
}

/**
 * Appends one event after the other to several streams, each again until it is answered, while something is done to the
 * engine. Then everything that was answered is in the log, once and in order, and was told to a follower so.
 *
 * @returns how many were appended, and how many attempts failed
 */
export async function writeThrough({ store, disturb, suffix = "" }: WriteThrough) {
  const after = await store.head();
  let isDisturbed = true;
  let failed = 0;

  async function writeAll(stream: string): Promise<readonly string[]> {
    const ids: string[] = [];
    while (isDisturbed || ids.length < 20) {
      const event = numbered(ids.length);
      const batch = {
        expectedRevision: ids.length === 0 ? "no-stream" : ids.length - 1,
        events: [event],
      } as const;
      const revision = await untilAnswered(
        () => store.append(stream, batch),
        () => failed++,
      );
      expect(revision).toBe(ids.length);
      ids.push(event.id);
    }
    return ids;
  }

  const writing = writers.map((name) => writeAll(name + suffix));
  await disturb();
  isDisturbed = false;
  const acknowledged = (await Promise.all(writing)).flat();
  const told = await follow(store, { count: acknowledged.length, ...(after && { after }) });

  expect(told.map(({ id }) => id).sort()).toEqual([...acknowledged].sort());
  expect([...told].sort((a, b) => (a.position < b.position ? -1 : 1))).toEqual(told);
  for (const name of writers) {
    const recorded = await store.readStream(name + suffix);
    expect(recorded).toEqual(told.filter(({ stream }) => stream === name + suffix));
    expect(recorded.map(({ hash }) => hash)).toEqual(chainOf(recorded));
  }
  return { appended: acknowledged.length, failed };
}

/** The revision, once there is an answer: the same ids are sent again and again. */
async function untilAnswered(append: () => ReturnType<EventStore["append"]>, onFailed: () => void) {
  for (;;) {
    try {
      const answer = await append();
      return answer.outcome === "appended" ? answer.revision : answer;
    } catch (error) {
      if (!(error instanceof EventStoreError) || error.code !== "LOG_READ_ONLY") throw error;
      onFailed();
    }
  }
}
