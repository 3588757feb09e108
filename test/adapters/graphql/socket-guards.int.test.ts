import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { accessKind } from "../../../src/domain/access/decide.ts";
import { commandHandler } from "../../../src/domain/handle-command.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { newId } from "../../../src/ids.ts";
import { meta } from "../../support/recording.ts";
import { startApi } from "./support/api.ts";
import { connect, eventsQuery, openSocket, type RawSocket, subscribe } from "./support/socket.ts";

const waitMs = 20_000;
const isError = (id: string) => (message: { type: string; id?: string }) =>
  message.type === "error" && message.id === id;

async function errorCodes(socket: RawSocket, id: string): Promise<readonly string[]> {
  const { payload } = await socket.message(isError(id));
  return payload.map(({ extensions }: { extensions: { code: string } }) => extensions.code);
}

describe("opening a socket", () => {
  test("ends without connection_init in time", async () => {
    const api = await startApi({ sockets: { initTimeoutMs: 50 } });
    expect(await (await openSocket(api)).closed).toBe(4408);
  });

  test("takes the token from connection_init, or from the upgrade", async () => {
    const api = await startApi();
    await connect(api);
    const socket = await openSocket(api, { headers: { authorization: `Bearer ${api.token}` } });
    socket.send({ type: "connection_init" });
    await socket.message(({ type }) => type === "connection_ack");
  });

  test.each([
    ["no payload", undefined],
    ["no token", {}],
    ["a token of nobody", { authorization: `Bearer ilt_${"A".repeat(43)}` }],
    ["a token that is a number", { authorization: 7 }],
  ])("ends with %s in connection_init", async (_what, payload) => {
    const api = await startApi();
    const socket = await openSocket(api);
    socket.send({ type: "connection_init", payload });
    expect(await socket.closed).toBe(4403);
    expect(socket.received).toEqual([]);
  });

  test("is refused with a wrong token in the upgrade, whatever would come later", async () => {
    const api = await startApi();
    await expect(openSocket(api, { headers: { authorization: "Bearer wrong" } })).rejects.toThrow("401");
  });

  test.each(["", "graphql-ws", "other"])("ends with the subprotocol %j", async (protocol) => {
    const api = await startApi();
    const opening = openSocket(api, { protocol }).then(({ closed }) => closed);
    // A client that asked for a protocol and got none breaks off by itself.
    await expect(opening.catch(() => 4406)).resolves.toBe(4406);
  });

  test("ends beyond the number of sockets that may be open", async () => {
    const api = await startApi({ sockets: { socketsMax: 2 } });
    await connect(api);
    await connect(api);
    expect(await (await openSocket(api)).closed).toBe(1013);
  });
});

describe("speaking out of turn", () => {
  test("ends the socket at a second connection_init", async () => {
    const api = await startApi();
    const socket = await connect(api);
    socket.send({ type: "connection_init", payload: { authorization: `Bearer ${api.token}` } });
    expect(await socket.closed).toBe(4429);
    expect(socket.received.filter(({ type }) => type === "connection_ack")).toHaveLength(1);
  });

  test("ends the socket at a subscription before connection_init", async () => {
    const socket = await openSocket(await startApi());
    subscribe(socket, "1");
    expect(await socket.closed).toBe(4401);
  });

  test("ends the socket at an operation id that is in use", async () => {
    const socket = await connect(await startApi());
    subscribe(socket, "1");
    await socket.message(({ type }) => type === "next");
    subscribe(socket, "1");
    expect(await socket.closed).toBe(4409);
  });

  test.each([
    "no JSON",
    "[]",
    '{"type":"start","id":"1"}',
    '{"type":"subscribe","id":1,"payload":{"query":"{a}"}}',
  ])("ends the socket at %s", async (text) => {
    const socket = await connect(await startApi());
    socket.send(text);
    expect(await socket.closed).toBe(4400);
  });

  test("ends the socket at a message of more than 64 kB", async () => {
    const socket = await connect(await startApi());
    subscribe(socket, "1", { after: "x".repeat(70_000) });
    expect(await socket.closed).toBe(1009);
  });

  test("answers a ping, and lets an id be used again after its operation ended", async () => {
    const socket = await connect(await startApi());
    socket.send({ type: "ping" });
    await socket.message(({ type }) => type === "pong");
    for (let round = 1; round <= 3; round++) {
      subscribe(socket, "1");
      await vi.waitUntil(() => socket.received.filter(({ type }) => type === "next").length >= round, waitMs);
      socket.send({ type: "complete", id: "1" });
      subscribe(socket, `other-${round}`);
      await socket.message(({ type, id }) => type === "next" && id === `other-${round}`);
    }
    expect(socket.received.filter(({ type }) => type === "complete")).toEqual([]);
  });
});

describe("subscribing", () => {
  test.each([
    ["a field that is not there", "subscription { events { nothing } }", "DOCUMENT_INVALID"],
    [
      "two root fields",
      "subscription { a: events { __typename } b: events { __typename } }",
      "DOCUMENT_INVALID",
    ],
    ["no GraphQL", "subscription {", "DOCUMENT_INVALID"],
    ["a query", "{ position }", "BAD_REQUEST"],
    ["a mutation", 'mutation { retireSubnet(input: { name: "a" }) { position } }', "BAD_REQUEST"],
    [
      "more tokens than a document may have",
      `subscription { events { ${"__typename ".repeat(3_000)} } }`,
      "DOCUMENT_INVALID",
    ],
    ["more fields than a document may have", manyFields(), "DOCUMENT_TOO_LARGE"],
    ["more levels than a document may have", deep(), "DOCUMENT_TOO_LARGE", "S"],
  ])("is refused for %s, and the socket lives on", async (_what, query, ...[code, operationName]) => {
    const socket = await connect(await startApi());
    socket.send({ type: "subscribe", id: "1", payload: { query, operationName } });
    expect(await errorCodes(socket, "1")).toContain(code);
    subscribe(socket, "1");
    await socket.message(({ type }) => type === "next");
  });
});

describe("a subscription", () => {
  test("is refused beyond 20 at a time", async () => {
    const socket = await connect(await startApi());
    for (let number = 1; number <= 20; number++) subscribe(socket, `${number}`);
    subscribe(socket, "21");
    expect(await errorCodes(socket, "21")).toEqual(["TOO_MANY_SUBSCRIPTIONS"]);
  });

  test("sees nothing of what connection_init pretends to be a header", async () => {
    const api = await startApi();
    const socket = await openSocket(api);
    socket.send({
      type: "connection_init",
      payload: {
        authorization: `Bearer ${api.token}`,
        "x-forwarded-for": "1.2.3.4",
        headers: { host: "evil" },
      },
    });
    await socket.message(({ type }) => type === "connection_ack");
    subscribe(socket, "1");
    await socket.message(({ type }) => type === "next");
    const extension = { type: "connectionInit", payload: { authorization: "x" } };
    socket.send({ type: "subscribe", id: "2", payload: { query: eventsQuery }, extensions: [extension] });
    await socket.message(({ type, id }) => type === "next" && id === "2");
  });

  test("ends within five seconds of the revocation of its token", async () => {
    const api = await startApi();
    const socket = await connect(api);
    subscribe(socket, "1");
    await socket.message(({ type }) => type === "next");
    const before = performance.now();
    await revokeToken(api.store);
    expect(await socket.closed).toBe(4403);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test("ends for a client that gives no sign of life", async () => {
    const api = await startApi({ sockets: { pingMs: 50 } });
    const socket = await openSocket(api, { autoPong: false });
    socket.send({ type: "connection_init", payload: { authorization: `Bearer ${api.token}` } });
    expect(await socket.closed).toBe(1006);
  });
});

describe("a service that stops", () => {
  test("says so to its clients, and does not wait for those that do not listen", async () => {
    const api = await startApi();
    const [listening, stalled] = [await connect(api), await connect(api)];
    subscribe(listening, "1");
    stalled.socket.pause();
    const before = performance.now();
    await api.close();
    expect(await listening.closed).toBe(1001);
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});

/** Revokes the first token. */
async function revokeToken(store: EventStore): Promise<void> {
  const { events } = await store.readAll({ after: undefined, limit: 100 });
  const issued = events.find(({ type }) => type === "AccessTokenIssued");
  if (!issued) throw new Error("no token was issued");
  const { tokenId } = z.object({ tokenId: z.string() }).parse(issued.data);
  const handle = commandHandler(accessKind, { store, newId });
  const result = await handle(issued.stream, { type: "RevokeToken", tokenId }, { meta });
  expect(result.outcome).toBe("accepted");
}

function manyFields(): string {
  const fragments = Array.from({ length: 12 }, (_, level) => {
    const inner = level === 0 ? "id" : `...F${level - 1} ...F${level - 1}`;
    return `fragment F${level} on Event { ${inner} }`;
  });
  return `subscription { events { ...F11 } } ${fragments.join(" ")}`;
}

/** Two operations, of which the subscription is harmless. Both are measured. */
function deep(): string {
  const levels = 12;
  return `subscription S { events { __typename } }
    query Q { machine(name: "a") { ...M } }
    fragment M on Machine { ${"run { machine { ".repeat(levels)} name ${"} }".repeat(levels)} }`;
}
