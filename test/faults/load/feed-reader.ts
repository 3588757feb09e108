import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { z } from "zod";
import type { Sight } from "../history/history.ts";
import type { LoadClient } from "./client.ts";
import { positionNumber } from "./position-number.ts";

const Item = z.object({
  data: z.object({
    events: z.object({ position: z.string().nullish(), eventId: z.string().optional() }),
  }),
});

const queryWith = (fields: string) => `subscription ($after: EventPosition) { events(after: $after) {
  ... on Event { position eventId ${fields} } ... on CaughtUp { position } ... on Heartbeat { position } } }`;

type SocketClass = new (address: string, protocols?: string | string[]) => WebSocket;

/** Somebody who follows the log. */
export interface FeedReader extends LoadClient {
  /** What was seen so far. */
  sights(): readonly Sight[];
}

export interface FeedReaderOptions {
  /** What it connects by. (Default: the library's own) */
  readonly socket?: SocketClass;
  /** What else it asks for of each event, and does not look at. (Default: nothing) */
  readonly fields?: string;
}

/** Follows the log from its first event, and goes on with the next service where the last one ended. */
export function createFeedReader({ socket = WebSocket, fields = "" }: FeedReaderOptions = {}): FeedReader {
  const query = queryWith(fields);
  const sights: Sight[] = [];
  let after: string | undefined;

  return {
    sights: () => sights,

    async run({ api, token }, signal) {
      const client = createClient({
        url: api.replace("http", "ws"),
        webSocketImpl: socket,
        connectionParams: { authorization: `Bearer ${token}` },
        retryAttempts: 0,
      });
      // A connection that never came up has nothing to close, and says so.
      const stop = () => Promise.resolve(client.dispose()).catch(() => undefined);
      signal.addEventListener("abort", stop);
      try {
        for await (const item of client.iterate({ query, variables: { after } })) {
          const { position, eventId } = Item.parse(item).data.events;
          if (eventId && position) sights.push({ position: positionNumber(position), event: eventId });
          after = position ?? after;
        }
      } catch (error) {
        throwRefusal(error);
      } finally {
        signal.removeEventListener("abort", stop);
        await stop();
      }
    },
  };
}

/** A socket that breaks is told as its close event; what the server refuses is an error of its own. */
function throwRefusal(error: unknown): void {
  if (error instanceof Error) throw error;
  if (Array.isArray(error)) throw new Error(`the API refuses the feed: ${JSON.stringify(error)}`);
}
