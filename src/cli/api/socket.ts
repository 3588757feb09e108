import { Failure } from "../failure.ts";
import type { Row } from "./api.ts";
import { failureOf, type GraphqlError, tokenRemedy } from "./failures.ts";
import type { Target } from "./target.ts";

/** The subprotocol (graphql-transport-ws, https://github.com/enisdenjo/graphql-ws, PROTOCOL.md). */
const subprotocol = "graphql-transport-ws";

/** A subscription's document with its variables. */
export interface Subscription {
  readonly query: string;
  readonly variables: Row;
}

export interface SocketOptions {
  readonly signal: AbortSignal;
  /** Told of every message, without the token. `undefined`: nobody wants to know. */
  readonly debug: ((line: string) => void) | undefined;
}

/** The connection broke, or was never made: another one may do better. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

interface ServerMessage {
  readonly type: string;
  readonly payload?:
    | { readonly data?: Row | null; readonly errors?: readonly GraphqlError[] }
    | readonly GraphqlError[];
}

/**
 * The answers of one subscription over a socket of its own, until the service completes it or `signal` aborts.
 *
 * @throws ConnectionLost @throws Failure when the service refuses it
 */
export async function* subscribe(
  target: Target,
  subscription: Subscription,
  { signal, debug }: SocketOptions,
): AsyncGenerator<Row, void, undefined> {
  const connection = openSocket(target, debug);
  const { socket, inbox } = connection;
  signal.addEventListener("abort", connection.leave);
  try {
    while (!signal.aborted) {
      const text = inbox.shift();
      if (text === undefined) {
        if (connection.ended()) throw connection.ended();
        await connection.more();
        continue;
      }
      debug?.(`< ${text}`);
      const message = JSON.parse(text) as ServerMessage;
      if (message.type === "complete") return;
      if (message.type === "connection_ack") say({ id: "1", type: "subscribe", payload: subscription });
      if (message.type === "ping") say({ type: "pong" });
      const data = dataOf(message);
      if (data) yield data;
    }
  } finally {
    signal.removeEventListener("abort", connection.leave);
    connection.leave();
  }

  function say(message: object): void {
    debug?.(`> ${JSON.stringify(message)}`);
    socket.send(JSON.stringify(message));
  }
}

function openSocket(target: Target, debug: SocketOptions["debug"]) {
  const { server, token } = target;
  const url = new URL("/graphql", server);
  url.protocol = server.protocol === "https:" ? "wss:" : "ws:";
  debug?.(`> ${url.href}`);
  const socket = new WebSocket(url, subprotocol);
  const inbox: string[] = [];
  let end: Error | undefined;
  let wake = () => {};
  socket.onopen = () => {
    const payload = token === undefined ? {} : { authorization: `Bearer ${token}` };
    socket.send(JSON.stringify({ type: "connection_init", payload }));
  };
  socket.onmessage = ({ data }) => {
    inbox.push(String(data));
    wake();
  };
  socket.onclose = ({ code, reason }) => {
    end ??= endOf({ code, reason }, target);
    wake();
  };
  return {
    socket,
    inbox,
    ended: () => end,
    more: () => new Promise<void>((resolve) => (wake = resolve)),
    leave: () => {
      socket.close(1000);
      wake();
    },
  };
}

/** What the end of a socket means. 4401 and 4403 say that the token is not, or no longer, good enough. */
function endOf({ code, reason }: { readonly code: number; readonly reason: string }, target: Target): Error {
  const { server } = target;
  if (code === 4401 || code === 4403) {
    return new Failure("access", `${server.origin} ended the feed: ${reason}`, {
      code: "UNAUTHENTICATED",
      remedy: tokenRemedy(target),
    });
  }
  return new ConnectionLost(
    `${server.origin}: the feed broke off (${code}${reason === "" ? "" : ` ${reason}`})`,
  );
}

function dataOf({ type, payload }: ServerMessage): Row | undefined {
  if (type === "error") throw failureOf(payload as readonly GraphqlError[]);
  if (type !== "next" || payload === undefined || !("data" in payload || "errors" in payload))
    return undefined;
  if (payload.errors && payload.errors.length > 0) throw failureOf(payload.errors);
  return payload.data ?? undefined;
}
