import { type EventData, NO_STREAM } from "@eventstore/db-client";
import type { Connection } from "./connection.ts";
import type { EngineAddress } from "./connection-string.ts";
import { within } from "./persist.ts";

/** Appends behind a revision, `undefined`: behind none. Rejects with what the client says. */
export type EngineWrite = (
  stream: string,
  events: readonly EventData[],
  revision: number | undefined,
) => Promise<void>;

export interface EngineWriteOptions extends Pick<EngineAddress, "credentials"> {
  /** Longest time for one attempt, milliseconds. */
  readonly limitMs: number;
}

/**
 * Credentials with every append: with them the client makes a call of its own for it, with a deadline. Without, all
 * appends of all clients in the process share one call that has none, and one that fails takes the others with it.
 */
export function createEngineWrite(
  connection: Connection,
  { credentials, limitMs }: EngineWriteOptions,
): EngineWrite {
  return async (stream, events, revision) => {
    const expectedRevision = revision === undefined ? NO_STREAM : BigInt(revision);
    const options = { expectedRevision, credentials, deadline: limitMs, requiresLeader: true } as const;
    await connection.use((client) => within(limitMs, client.appendToStream(stream, [...events], options)));
  };
}
