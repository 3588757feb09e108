import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { z } from "zod";
import { LoggedEvent, loggedEventFields } from "./logged-event.ts";
import type { InsideService } from "./service-inside.ts";

/** A subscription to the whole log. */
export interface EventFeed {
  /** Everything that it brought, in the order in which it came. */
  readonly events: readonly LoggedEvent[];
  /**
   * Looks now and after every event that comes, until there is something.
   *
   * @throws Error after `timeoutMs`, or when the subscription breaks
   */
  readonly waitUntil: <Value>(
    look: () => Value | undefined,
    options: { readonly what: string; readonly timeoutMs: number },
  ) => Promise<Value>;
  readonly close: () => Promise<void>;
}

const FeedItem = z.discriminatedUnion("__typename", [
  LoggedEvent.extend({ __typename: z.literal("Event") }),
  z.object({ __typename: z.literal("CaughtUp") }),
  z.object({ __typename: z.literal("Heartbeat") }),
]);
const Result = z.object({ data: z.object({ events: FeedItem }) });

const query = `subscription { events { __typename ... on Event { ${loggedEventFields} } } }`;

/**
 * Subscribes from the beginning of the log over one WebSocket, which is never made again: what it brings is what one
 * subscription brings.
 */
export function followEvents({ apiSocket, token }: InsideService): EventFeed {
  const client = createClient({
    url: `ws+unix:${apiSocket}:/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const events: LoggedEvent[] = [];
  const listeners = new Set<() => void>();
  let broken: Error | undefined;
  const notify = () => {
    for (const listener of [...listeners]) listener();
  };
  const reading = (async () => {
    for await (const result of client.iterate({ query })) {
      const { __typename, ...event } = Result.parse(result).data.events;
      if (__typename === "Event") events.push(LoggedEvent.parse(event));
      notify();
    }
    throw new Error("the server ended the subscription");
  })().catch((error: unknown) => {
    broken = error instanceof Error ? error : new Error(`the socket was closed: ${closeCodeOf(error)}`);
    notify();
  });

  return {
    events,

    waitUntil(look, { what, timeoutMs }) {
      const { promise, resolve, reject } = Promise.withResolvers<NonNullable<ReturnType<typeof look>>>();
      const check = () => {
        const found = look();
        if (found !== undefined && found !== null) resolve(found);
        else if (broken !== undefined) reject(new Error("the event feed broke", { cause: broken }));
      };
      const timer = setTimeout(() => reject(new Error(`${timeoutMs} ms passed without ${what}`)), timeoutMs);
      listeners.add(check);
      check();
      return promise.finally(() => {
        clearTimeout(timer);
        listeners.delete(check);
      });
    },

    async close() {
      await client.dispose();
      await reading;
    },
  };
}

/** The client rejects with the socket's close event, which holds the whole socket. */
function closeCodeOf(event: unknown): unknown {
  return typeof event === "object" && event !== null && "code" in event ? event.code : event;
}
