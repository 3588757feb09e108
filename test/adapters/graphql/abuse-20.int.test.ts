import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { getIntrospectionQuery } from "graphql";
import { describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { type Door, openDoor } from "./support/door.ts";
import { connect, openSocket } from "./support/socket.ts";

/** Abuse case 20: whoever floods the API with documents and sockets gets refusals, and nobody else notices. */

const codesOf = (body: {
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}) => [...new Set(body.errors?.map(({ extensions }) => extensions.code))];

/** Somebody else's request is answered meanwhile. */
async function expectServed(door: Door): Promise<void> {
  const before = performance.now();
  expect((await door.post({ query: "{ position }" })).body).toEqual({ data: { position: "1" } });
  expect(performance.now() - before).toBeLessThan(10_000);
}

/** Octets in use after what can be freed was freed. */
function usedBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}

function aliases(count: number): string {
  return Array.from({ length: count }, (_, number) => `a${number}: position`).join(" ");
}

describe("a flood of documents", () => {
  test.each([
    ["with 10,000 aliases", `{ ${aliases(10_000)} }`, "DOCUMENT_INVALID"],
    ["with 51 aliases", `{ ${aliases(51)} }`, "DOCUMENT_TOO_LARGE"],
    [
      "with aliases that fragments multiply",
      `{ ...F F2: deep { ...F } F3: deep { ...F } } fragment F on Query { ${aliases(20)} }`,
      "DOCUMENT_TOO_LARGE",
    ],
    ["that is 40 levels deep", `${"{ deep ".repeat(40)}{ position }${"}".repeat(40)}`, "DOCUMENT_TOO_LARGE"],
    ["whose fragments go in circles", "{ ...A } fragment A on Query { deep { ...A } }", "DOCUMENT_INVALID"],
    ["with 3,000 directives", `{ position ${"@include(if: true) ".repeat(700)} }`, "DOCUMENT_INVALID"],
  ])("%s is refused", async (_what, query, code) => {
    const door = await openDoor();
    const { status, body } = await door.post({ query });
    expect([status, codesOf(body)]).toEqual([400, expect.arrayContaining([code])]);
    const socket = await connect(door);
    const payload = { query: query.replace(/^/, "subscription S { events } query Q "), operationName: "S" };
    socket.send({ type: "subscribe", id: "1", payload });
    // A message that is too long ends the socket before anybody reads it.
    const refusal = await Promise.race([socket.message(({ type }) => type === "error"), socket.closed]);
    expect(refusal === 1009 || (typeof refusal === "object" && refusal.payload.length > 0)).toBe(true);
    await expectServed(door);
  });

  test("of 1 MB, and of many requests in one, is refused", async () => {
    const door = await openDoor();
    expect((await door.post({ query: `{ position } #${"x".repeat(1_048_576)}` })).status).toBe(413);
    const batch = Array.from({ length: 1_000 }, () => ({ query: "{ position }" }));
    expect((await door.post(batch)).status).toBe(400);
    await expectServed(door);
  });

  test("that all ask for the schema is answered, and others are, too", async () => {
    const door = await openDoor();
    const asking = Array.from({ length: 50 }, () => door.post({ query: getIntrospectionQuery() }));
    await expectServed(door);
    expect(new Set((await Promise.all(asking)).map(({ status }) => status))).toEqual(new Set([200]));
  });

  test("that are all different leaves nothing behind", async () => {
    const door = await openDoor();
    const ask = async (from: number) => {
      for (let number = from; number < from + 300; number++) {
        expect((await door.post({ query: `query Q${number} { a${number}: position }` })).status).toBe(200);
      }
    };
    await ask(0);
    const before = usedBytes();
    await ask(300);
    expect(usedBytes() - before).toBeLessThan(5_000_000);
  });
});

describe("a flood of sockets", () => {
  test("of which 1,000 say nothing is closed, and others are served meanwhile", async () => {
    const door = await openDoor();
    const idle = await Promise.all(Array.from({ length: 1_000 }, () => openSocket(door)));
    await expectServed(door);
    const socket = await connect(door);
    socket.send({ type: "ping" });
    await socket.message(({ type }) => type === "pong");
    expect(new Set(await Promise.all(idle.map(({ closed }) => closed)))).toEqual(new Set([4408]));
  });

  test("stops at the number that may be open", async () => {
    const door = await openDoor({ sockets: { socketsMax: 20 } });
    const sockets = await Promise.all(Array.from({ length: 40 }, () => openSocket(door)));
    const codes = await Promise.all(sockets.map(({ closed }) => closed));
    expect(codes.filter((code) => code === 1013)).toHaveLength(20);
    await expectServed(door);
  });
});

describe("a socket that subscribes and completes without end", () => {
  const query = "subscription { events }";

  test("leaves no feed and no memory behind", async () => {
    const door = await openDoor();
    const socket = await connect(door);
    const churn = async (rounds: number) => {
      for (let round = 1; round <= rounds; round++) {
        socket.send({ type: "subscribe", id: `${round}`, payload: { query } });
        socket.send({ type: "complete", id: `${round}` });
        if (round % 100 > 0) continue;
        const answered = socket.message(({ type }) => type === "pong");
        socket.send({ type: "ping" });
        await answered;
        socket.received.length = 0;
        await vi.waitUntil(() => door.openFeeds() <= 1, 20_000);
      }
    };
    await churn(2_000);
    const before = usedBytes();
    await churn(4_000);
    expect(usedBytes() - before).toBeLessThan(10_000_000);
    await expectServed(door);
  });

  test("is closed at an id that is in use", async () => {
    const door = await openDoor();
    const socket = await connect(door);
    for (let number = 1; number <= 2; number++) {
      socket.send({ type: "subscribe", id: "1", payload: { query } });
    }
    expect(await socket.closed).toBe(4409);
  });
});

describe("a socket whose client does not read", () => {
  const long = "x".repeat(60_000);

  // What is refused is told with the name that was wrong, which is most of what was sent.
  test.each([
    ["the gate refuses", `subscription { events } ${long}`],
    ["the schema refuses", `subscription { ${long} }`],
  ])("is ended before what it asks for fills the memory: %s it", async (_who, query) => {
    const door = await openDoor();
    const { socket, closed, message, send } = await connect(door);
    socket.pause();
    const asked = 600;
    for (let number = 1; number <= asked && socket.readyState === WebSocket.OPEN; number++) {
      send({ type: "subscribe", id: `${number}`, payload: { query } });
      if (number % 10 > 0) continue;
      await vi.waitUntil(() => socket.bufferedAmount === 0 || socket.readyState !== WebSocket.OPEN, 20_000);
    }
    await expectServed(door);
    socket.resume();
    const answered = message(({ id }) => id === `${asked}`).then(
      () => "all was answered",
      () => closed,
    );
    expect(await Promise.race([closed, answered])).toBe(1006);
  });
});
