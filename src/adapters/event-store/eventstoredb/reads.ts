import {
  BACKWARDS,
  END,
  FORWARDS,
  type ResolvedEvent,
  START,
  type StreamingRead,
} from "@eventstore/db-client";
import type { EngineClient } from "./client.ts";
import type { Connection } from "./connection.ts";
import { failureOf, NoAnswerError } from "./failure.ts";

/** Reads of the engine, each with a limit for the time without a word of it. */
export interface EngineReads {
  /** From a revision on, at most `count`. `undefined`: there is no such stream. */
  stream(stream: string, from: number, count?: number): Promise<readonly ResolvedEvent[] | undefined>;
  /** The newest event of a stream. */
  newest(stream: string): Promise<ResolvedEvent | undefined>;
  /** Of the whole log with the engine's own events, from the event at a position on, that one included. */
  all(from: number | undefined, count: number): Promise<readonly ResolvedEvent[]>;
  /** Of the whole log, the newest first, before a position. */
  allBackwards(before: number | undefined, count: number): Promise<readonly ResolvedEvent[]>;
}

/** @param silenceMs longest time to wait for an answer's beginning, and for each next event of it */
export function createEngineReads(connection: Connection, silenceMs: number): EngineReads {
  const read = (start: (client: EngineClient) => StreamingRead<ResolvedEvent>) =>
    connection.use((client) => collected(start(client), silenceMs));
  // What was acknowledged must be seen, also right after another node took the lead.
  const requiresLeader = true;

  return {
    stream: (stream, from, maxCount = Number.MAX_SAFE_INTEGER) =>
      unlessMissing(
        read((client) => client.readStream(stream, { fromRevision: BigInt(from), maxCount, requiresLeader })),
      ),

    async newest(stream) {
      const options = { fromRevision: END, direction: BACKWARDS, maxCount: 1, requiresLeader } as const;
      const events = await unlessMissing(read((client) => client.readStream(stream, options)));
      return events?.[0];
    },

    all: (from, maxCount) =>
      read((client) =>
        client.readAll({ fromPosition: place(from, START), direction: FORWARDS, maxCount, requiresLeader }),
      ),

    allBackwards: (before, maxCount) =>
      read((client) =>
        client.readAll({ fromPosition: place(before, END), direction: BACKWARDS, maxCount, requiresLeader }),
      ),
  };
}

function place<Edge>(position: number | undefined, edge: Edge) {
  return position === undefined ? edge : { commit: BigInt(position), prepare: BigInt(position) };
}

/** All that a stream of the client gives. One that is left stays open on the server until it is cancelled. */
async function collected(
  stream: StreamingRead<ResolvedEvent>,
  silenceMs: number,
): Promise<readonly ResolvedEvent[]> {
  const silence = new NoAnswerError(`the engine was silent for ${silenceMs} ms`);
  const timer = setTimeout(() => stream.destroy(silence), silenceMs);
  const events: ResolvedEvent[] = [];
  try {
    for await (const event of stream) {
      timer.refresh();
      events.push(event);
    }
    return events;
  } finally {
    clearTimeout(timer);
    stream.cancel().catch(() => undefined);
  }
}

async function unlessMissing<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (failureOf(error) === "missing") return undefined;
    throw error;
  }
}
