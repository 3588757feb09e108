import { describe, expect, test } from "vitest";
import { bearer, type Door, openDoor } from "./support/door.ts";
import { openSocket } from "./support/socket.ts";

/** Abuse case 21: a page of another site makes a browser ask, with or without a token that it got hold of. */

const query = "{ position }";
const mutation = "mutation { touch }";
const json = { "content-type": "application/json" };

async function send(
  door: Door,
  { headers, body }: { readonly headers: Record<string, string>; readonly body: string },
) {
  return fetch(`${door.url}/graphql`, {
    method: "POST",
    headers: { ...bearer(door.token), ...headers },
    body,
  });
}

describe("a request that a foreign page can send without asking", () => {
  test.each([
    ["a form", "application/x-www-form-urlencoded", `query=${mutation}`],
    [
      "a form with files",
      "multipart/form-data; boundary=x",
      '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n{position}\r\n--x--',
    ],
    ["plain text", "text/plain", JSON.stringify({ query: mutation })],
    ["plain text with a tab", "text/plain;\tapplication/json", JSON.stringify({ query: mutation })],
    ["JSON after a blank", " application/json", JSON.stringify({ query: mutation })],
    ["JSON before a tab", "application/json\ttext/plain", JSON.stringify({ query: mutation })],
  ])("as %s is refused, or asked for as JSON", async (_what, type, body) => {
    const door = await openDoor();
    const answer = await send(door, { headers: { "content-type": type }, body });
    // A client of our own is no browser: fetch sends a type with a blank before it as if it had none.
    const isJson = type.trim() === "application/json";
    expect([400, 415, ...(isJson ? [200] : [])]).toContain(answer.status);
  });

  test("as GET is refused, and never runs a mutation", async () => {
    const door = await openDoor();
    const get = async (text: string, headers: Record<string, string> = {}) => {
      const url = `${door.url}/graphql?query=${encodeURIComponent(text)}`;
      return (await fetch(url, { headers: { ...bearer(door.token), ...headers } })).status;
    };
    expect(await get(query)).toBe(400);
    expect(await get(mutation)).toBe(400);
    expect(await get(mutation, { "x-mercurius-operation-name": "a" })).toBe(405);
  });
});

describe("a request that names a foreign page", () => {
  test.each([
    "https://evil.example",
    "http://127.0.0.1:1",
    "null",
    "http://127.0.0.1.evil.example",
  ])("from %s is refused, even with a valid token", async (origin) => {
    const door = await openDoor();
    const answer = await send(door, { headers: { ...json, origin }, body: JSON.stringify({ query }) });
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { errors: [{ message: expect.any(String), extensions: { code: "ORIGIN_FOREIGN" } }] },
    ]);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("gets no leave to ask when it asks for that first", async () => {
    const door = await openDoor();
    const headers = {
      origin: "https://evil.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    };
    const answer = await fetch(`${door.url}/graphql`, { method: "OPTIONS", headers });
    expect(answer.status).toBe(403);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  test("opens no socket, with or without a token", async () => {
    const door = await openDoor();
    const origin = "https://evil.example";
    await expect(openSocket(door, { origin })).rejects.toThrow("403");
    await expect(openSocket(door, { origin, headers: bearer(door.token) })).rejects.toThrow("403");
  });
});

describe("a page of our own", () => {
  test("asks, and opens sockets", async () => {
    const door = await openDoor();
    const answer = await send(door, {
      headers: { ...json, origin: door.url },
      body: JSON.stringify({ query }),
    });
    expect(answer.status).toBe(200);
    await openSocket(door, { origin: door.url });
  });

  test("does so behind a proxy, when the service knows its public URL", async () => {
    const origin = "https://ironledger.example.com";
    const door = await openDoor({ publicUrl: `${origin}/` });
    expect((await send(door, { headers: { ...json, origin }, body: JSON.stringify({ query }) })).status).toBe(
      200,
    );
  });
});
