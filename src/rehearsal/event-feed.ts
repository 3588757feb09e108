import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

/** An event as the API shows it. */
const FeedEvent = z.object({
  stream: z.string(),
  type: z.string(),
  schema: z.int(),
  time: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type FeedEvent = Readonly<z.infer<typeof FeedEvent>>;

/** Every item has the position to resume from. */
const FeedItem = z.discriminatedUnion("__typename", [
  FeedEvent.extend({ __typename: z.literal("Event"), position: z.string() }),
  z.object({ __typename: z.literal("CaughtUp"), reached: z.string().nullish() }),
  z.object({ __typename: z.literal("Heartbeat"), reached: z.string().nullish() }),
]);
type FeedItem = z.infer<typeof FeedItem>;

/** What a server says (graphql-transport-ws, https://github.com/enisdenjo/graphql-ws, PROTOCOL.md). */
const ServerMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("connection_ack") }),
  z.object({ type: z.literal("ping") }),
  z.object({ type: z.literal("pong") }),
  z.object({ type: z.literal("next"), payload: z.object({ data: z.object({ events: FeedItem }) }) }),
  z.object({ type: z.literal("error"), payload: z.array(z.object({ message: z.string() })) }),
  z.object({ type: z.literal("complete") }),
]);

/** The document that is subscribed to. */
export const eventsSubscription = `subscription ($after: EventPosition) {
  events(after: $after) {
    __typename
    ... on Event { position stream type schema time data }
    ... on CaughtUp { reached: position }
    ... on Heartbeat { reached: position }
  }
}`;

/** How often a lost connection is made again before the feed gives up, without an item in between. */
const reconnectsMax = 5;

interface FeedOptions {
  /** Base address of the API. */
  readonly api: string;
  readonly token: string;
  readonly signal: AbortSignal;
  /** Before a lost connection is made again. (Default: 500) */
  readonly reconnectMs?: number;
}

/**
 * Every event of the log, from the first on and then live. A lost connection is made again from the last
 * position, so none is missing and none comes twice. Ends when `signal` aborts.
 */
export async function* followEvents(options: FeedOptions): AsyncGenerator<FeedEvent, void, undefined> {
  let after: string | undefined;
  let reconnects = 0;
  const { reconnectMs = 500 } = options;
  while (!options.signal.aborted) {
    try {
      for await (const item of connection(after, options)) {
        reconnects = 0;
        if (item.__typename === "Event") yield item;
        after = positionOf(item) ?? after;
      }
    } catch (error) {
      if (options.signal.aborted) return;
      reconnects += 1;
      if (reconnects > reconnectsMax) throw error;
      await delay(reconnectMs);
    }
  }
}

function positionOf(item: FeedItem): string | null | undefined {
  return item.__typename === "Event" ? item.position : item.reached;
}

/** One connection, until it breaks (then it throws) or `signal` aborts. */
async function* connection(
  after: string | undefined,
  { api, token, signal }: FeedOptions,
): AsyncGenerator<FeedItem, void, undefined> {
  const url = new URL("/graphql", api);
  url.protocol = "ws:";
  const socket = new WebSocket(url, "graphql-transport-ws");
  const inbox: string[] = [];
  let broken: string | undefined;
  let wake = () => {};
  socket.onmessage = ({ data }) => {
    inbox.push(String(data));
    wake();
  };
  socket.onopen = () => {
    socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }));
  };
  socket.onclose = ({ code, reason }) => {
    broken ??= `the event feed was closed (${code} ${reason})`;
    wake();
  };
  const close = () => socket.close();
  signal.addEventListener("abort", close);
  try {
    for (;;) {
      const text = inbox.shift();
      if (text !== undefined) {
        const item = itemOf(text, { socket, after });
        if (item) yield item;
      } else if (broken !== undefined) throw new Error(broken);
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener("abort", close);
    socket.close();
  }
}

/** Answers what is to be answered; returns the item when the message carries one. */
function itemOf(
  text: string,
  { socket, after }: { readonly socket: WebSocket; readonly after: string | undefined },
): FeedItem | undefined {
  const message = ServerMessage.parse(JSON.parse(text));
  switch (message.type) {
    case "connection_ack":
      socket.send(
        JSON.stringify({
          id: "1",
          type: "subscribe",
          payload: { query: eventsSubscription, variables: { after } },
        }),
      );
      return undefined;
    case "ping":
      socket.send(JSON.stringify({ type: "pong" }));
      return undefined;
    case "pong":
      return undefined;
    case "next":
      return message.payload.data.events;
    case "error":
      throw new Error(
        `the event feed was refused: ${message.payload.map((error) => error.message).join("; ")}`,
      );
    case "complete":
      throw new Error("the event feed ended");
  }
}
