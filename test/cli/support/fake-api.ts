import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buildSchema, graphql, parse, subscribe } from "graphql";
import { type WebSocket, WebSocketServer } from "ws";

const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../../schema.graphql"), "utf8"));

/** What fields of Query, Mutation and Subscription answer; subscriptions with an iterable of events. */
export type Roots = Readonly<Record<string, (args: never) => unknown>>;

/** An API that answers by the real schema what a test wants, and things that the real service never would. */
export interface FakeApi {
  readonly server: string;
  /** Every request: its headers, and its body. */
  readonly requests: { readonly headers: IncomingMessage["headers"]; readonly body: string }[];
  /** The sockets that are open. */
  readonly sockets: ReadonlySet<WebSocket>;
  close(): Promise<void>;
}

export async function startFakeApi(
  rootValue: Roots,
  { port = 0 }: { readonly port?: number } = {},
): Promise<FakeApi> {
  const requests: FakeApi["requests"] = [];
  async function answer(request: IncomingMessage): Promise<string> {
    const body = await textOf(request);
    requests.push({ headers: request.headers, body });
    const { query, variables } = JSON.parse(body);
    return JSON.stringify(await graphql({ schema, source: query, variableValues: variables, rootValue }));
  }
  const server = createServer((request, response) => {
    answer(request).then(
      (text) => response.setHeader("content-type", "application/json").end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const sockets = speak(server, rootValue);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    sockets: sockets.clients,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function speak(server: Server, rootValue: Roots): WebSocketServer {
  const sockets = new WebSocketServer({ server, handleProtocols: () => "graphql-transport-ws" });
  sockets.on("connection", (socket) => {
    socket.on("message", async (data) => {
      const { type, id, payload } = JSON.parse(String(data));
      if (type === "connection_init") socket.send(JSON.stringify({ type: "connection_ack" }));
      if (type !== "subscribe") return;
      const feed = await subscribe({
        schema,
        document: parse(payload.query),
        variableValues: payload.variables,
        rootValue,
      });
      if (!(Symbol.asyncIterator in feed)) {
        socket.send(JSON.stringify({ type: "error", id, payload: feed.errors }));
        return;
      }
      for await (const item of feed) socket.send(JSON.stringify({ type: "next", id, payload: item }));
      socket.send(JSON.stringify({ type: "complete", id }));
    });
  });
  return sockets;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
