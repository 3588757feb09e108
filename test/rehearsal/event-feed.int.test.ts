import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { type FeedEvent, followEvents } from "../../src/rehearsal/event-feed.ts";

/** What a fake server says in answer to one connection's subscription, and whether it then hangs up. */
interface Turn {
  readonly items: readonly object[];
  readonly hangUp: boolean;
}

let server: WebSocketServer;

afterEach(async () => {
  for (const client of server.clients) client.terminate();
  server.close();
  await once(server, "close");
});

/** `seen`: the authorization and the `after` of every subscription. */
async function start(turns: readonly Turn[]) {
  const seen: { authorization: unknown; after: unknown }[] = [];
  const left = [...turns];
  server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    path: "/graphql",
    handleProtocols: () => "graphql-transport-ws",
  });
  server.on("connection", (socket) => {
    let authorization: unknown;
    socket.on("message", (data) => {
      const message = JSON.parse(data.toString());
      if (message.type === "connection_init") {
        authorization = message.payload.authorization;
        socket.send(`{"type":"connection_ack"}`);
        socket.send(`{"type":"ping"}`);
      }
      if (message.type !== "subscribe") return;
      seen.push({ authorization, after: message.payload.variables.after });
      const turn = left.shift() ?? { items: [], hangUp: true };
      for (const item of turn.items) {
        socket.send(JSON.stringify({ id: message.id, type: "next", payload: { data: { events: item } } }));
      }
      if (turn.hangUp) socket.close(1011, "restarting");
    });
  });
  await once(server, "listening");
  return { seen, api: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function item(position: string) {
  const event = {
    stream: "system",
    type: "ServiceStarted",
    schema: 1,
    time: "2026-01-31T03:12:00.000Z",
    data: {},
  };
  return { __typename: "Event", position, ...event };
}

async function take(count: number, api: string): Promise<readonly FeedEvent[]> {
  const over = new AbortController();
  const events: FeedEvent[] = [];
  for await (const event of followEvents({ api, token: "secret", signal: over.signal, reconnectMs: 10 })) {
    events.push(event);
    if (events.length === count) over.abort();
  }
  return events;
}

describe("following the log", () => {
  test("shows every event and ends when it is told to", async () => {
    const { seen, api } = await start([
      { items: [item("p1"), { __typename: "CaughtUp", reached: "p1" }, item("p2")], hangUp: false },
    ]);
    expect(await take(2, api)).toHaveLength(2);
    expect(seen).toEqual([{ authorization: "Bearer secret", after: undefined }]);
  });

  test("goes on from the last position when the connection breaks", async () => {
    const { seen, api } = await start([
      { items: [item("p1"), { __typename: "Heartbeat", reached: "p5" }], hangUp: true },
      { items: [item("p6")], hangUp: false },
    ]);
    expect(await take(2, api)).toHaveLength(2);
    expect(seen.map(({ after }) => after)).toEqual([undefined, "p5"]);
  });

  test("gives up on a server that keeps hanging up", async () => {
    const { seen, api } = await start([]);
    await expect(take(1, api)).rejects.toThrow("the event feed was closed (1011 restarting)");
    expect(seen).toHaveLength(6);
  });
});
