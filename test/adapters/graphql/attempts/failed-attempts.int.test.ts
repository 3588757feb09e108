import { describe, expect, test } from "vitest";
import { bearer, type Door, openDoor, recordedIn } from "../support/door.ts";
import { openSocket } from "../support/socket.ts";

const wrong = bearer(`ilt_${"A".repeat(43)}`);
const query = "{ position }";

async function failOften(door: Door): Promise<void> {
  for (let number = 1; number <= 10; number++) {
    expect((await door.post({ query }, wrong)).status).toBe(401);
  }
}

async function closeCode(door: Door, token: string): Promise<number> {
  const socket = await openSocket(door);
  socket.send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
  return socket.closed;
}

describe("wrong tokens from one address", () => {
  test("are answered with how long to wait after ten in a minute", async () => {
    const door = await openDoor();
    await failOften(door);
    const { status, headers, body } = await door.post({ query }, wrong);
    expect([status, body.errors[0].extensions.code]).toEqual([429, "TOO_MANY_ATTEMPTS"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
  });

  test("keep nobody out who has a right one, over HTTP and WebSocket", async () => {
    const door = await openDoor();
    await failOften(door);
    expect((await door.post({ query })).status).toBe(200);
    const socket = await openSocket(door, { headers: bearer(door.token) });
    socket.send({ type: "connection_init" });
    await socket.message(({ type }) => type === "connection_ack");
  });

  test("count together, whether they come over HTTP, in an upgrade or in connection_init", async () => {
    const door = await openDoor({ limits: { perSource: 3 } });
    await door.post({ query }, wrong);
    await expect(openSocket(door, { headers: wrong })).rejects.toThrow("401");
    expect(await closeCode(door, "wrong")).toBe(4403);
    expect(await closeCode(door, "wrong")).toBe(4429);
    await expect(openSocket(door, { headers: wrong })).rejects.toThrow("429");
    expect((await door.post({ query }, wrong)).status).toBe(429);
  });

  test("are not what a request without any token shows", async () => {
    const door = await openDoor({ limits: { perSource: 1 } });
    for (let number = 1; number <= 3; number++) expect((await door.post({ query }, {})).status).toBe(401);
    const socket = await openSocket(door);
    socket.send({ type: "connection_init" });
    expect(await socket.closed).toBe(4403);
    await door.close();
    expect(await recordedIn(door.store)).toEqual([]);
  });

  test("count no more once the minute is over", async () => {
    let nowMs = 0;
    const door = await openDoor({ clock: () => new Date(nowMs) });
    await failOften(door);
    expect((await door.post({ query }, wrong)).status).toBe(429);
    nowMs = 60_000;
    expect((await door.post({ query }, wrong)).status).toBe(401);
  });

  test("become one event, which says nothing of the tokens", async () => {
    const door = await openDoor({ clock: () => new Date(7_000), limits: { windowMs: 500 } });
    await failOften(door);
    await door.post({ query }, wrong);
    await expect.poll(() => recordedIn(door.store), { timeout: 20_000 }).toHaveLength(1);
    const [event] = await recordedIn(door.store);
    const data = { count: 11, firstAtMs: 7_000, lastAtMs: 7_000 };
    expect(event).toMatchObject({ stream: "login-127.0.0.1", type: "AuthenticationFailed", data });
    expect(JSON.stringify(event)).not.toMatch(/ilt_|AAAA/);
  });
});
