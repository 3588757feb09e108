import { onTestFinished } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import type { TestApi } from "./api.ts";

export const eventsQuery = `subscription ($after: EventPosition, $filter: EventFilter) {
  events(after: $after, filter: $filter) {
    __typename
    ... on Event { position type stream }
    ... on CaughtUp { position }
    ... on Heartbeat { position }
  }
}`;

/** A message of the server. */
export interface ServerMessage {
  readonly type: string;
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into payloads of every shape, and assert what they find.
  readonly payload?: any;
}

/** A client that says what it is told to, right or wrong. */
export interface RawSocket {
  readonly socket: WebSocket;
  /** Everything that was received, oldest first. */
  readonly received: ServerMessage[];
  /** Resolves with the code, once the socket is closed. */
  readonly closed: Promise<number>;
  send(message: unknown): void;
  /** Resolves with the first message that fits, received or to come; rejects when the socket is closed before. */
  message(fits: (message: ServerMessage) => boolean): Promise<ServerMessage>;
}

type SocketOptions = Omit<ClientOptions, "protocol"> & { readonly protocol?: string };

/** Opens a socket. Nothing is sent by itself. @throws Error when the upgrade is refused, naming the status */
export async function openSocket(
  { url }: Pick<TestApi, "url">,
  { protocol = "graphql-transport-ws", ...options }: SocketOptions = {},
): Promise<RawSocket> {
  const protocols = protocol === "" ? [] : [protocol];
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, protocols, options);
  onTestFinished(() => socket.terminate());
  const received: ServerMessage[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (data) => {
    received.push(JSON.parse(data.toString()));
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
  });

  return {
    socket,
    received,
    closed,
    send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    message: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = received.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void closed.then((code) => reject(new Error(`the socket was closed with ${code}`)));
      }),
  };
}

/** Opens a socket and introduces itself. */
export async function connect(
  api: Pick<TestApi, "url" | "token">,
  options: SocketOptions = {},
): Promise<RawSocket> {
  const socket = await openSocket(api, options);
  socket.send({ type: "connection_init", payload: { authorization: `Bearer ${api.token}` } });
  await socket.message(({ type }) => type === "connection_ack");
  return socket;
}

/** Starts a subscription to events. */
export function subscribe(socket: RawSocket, id: string, variables: object = {}): void {
  socket.send({ type: "subscribe", id, payload: { query: eventsQuery, variables } });
}

/** What a feed brought, in order. */
export function itemsOf({ received }: RawSocket, id: string): readonly FeedItem[] {
  return received
    .filter((message) => message.type === "next" && message.id === id)
    .map(({ payload }) => payload.data.events);
}

/** An item as `eventsQuery` asks for it. */
export interface FeedItem {
  readonly __typename: string;
  readonly position: string;
  readonly type?: string;
  readonly stream?: string;
}
