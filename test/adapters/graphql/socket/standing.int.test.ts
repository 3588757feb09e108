import { describe, expect, test, vi } from "vitest";
import { noRights, type Rights, rightsOf } from "../../../../src/domain/access/rights.ts";
import { allRights, callerOf, type Door, openDoor } from "../support/door.ts";
import { connect, openSocket } from "../support/socket.ts";

const query = "subscription { events }";

/** A socket with a feed that goes on. */
async function follow(door: Door) {
  const socket = await connect(door);
  socket.send({ type: "subscribe", id: "1", payload: { query } });
  await socket.message(({ type }) => type === "next");
  expect(door.openFeeds()).toBe(1);
  return socket;
}

/** Seconds after which a right that was lost must be lost on open sockets, too. */
const lossMsMax = 5_000;

describe("an open socket", () => {
  test.each<[string, (door: Door) => void]>([
    ["its token is revoked, or its principal disabled", (door) => Object.assign(door, { holder: undefined })],
    ["its principal loses every role", (door) => change(door, noRights)],
    ["its principal loses some of a scope", (door) => change(door, limited())],
    ["its token becomes another's", (door) => give(door, { ...callerOf(), principalId: "another" })],
  ])("ends with its feeds when %s", async (_what, lose) => {
    const door = await openDoor();
    const socket = await follow(door);
    const before = performance.now();
    lose(door);
    door.changeAccess();
    expect(await socket.closed).toBe(4403);
    expect(performance.now() - before).toBeLessThan(lossMsMax);
    await vi.waitUntil(() => door.openFeeds() === 0, lossMsMax);
  });

  test("lives on when somebody else's access changes", async () => {
    const door = await openDoor();
    const socket = await follow(door);
    change(door, rightsOf([{ scopes: ["events:read"], machines: null }]));
    door.changeAccess();
    socket.send({ type: "ping" });
    await socket.message(({ type }) => type === "pong");
    expect(door.openFeeds()).toBe(1);
  });

  test("ends when its token expires, without anybody doing anything", async () => {
    const expiresAtMs = Date.now() + 300;
    const door = await openDoor({
      authenticate: () => (Date.now() < expiresAtMs ? callerOf(allRights, expiresAtMs) : undefined),
    });
    const socket = await follow(door);
    expect(await socket.closed).toBe(4403);
    expect(Date.now() - expiresAtMs).toBeLessThan(lossMsMax);
  });

  test("has a token that expires in years, which no timer can hold", async () => {
    const years = Date.now() + 10 * 365 * 24 * 3_600_000;
    const door = await openDoor({ authenticate: () => callerOf(allRights, years) });
    const socket = await follow(door);
    socket.send({ type: "ping" });
    await socket.message(({ type }) => type === "pong");
  });

  test("is cut off when its client does not listen to the end", async () => {
    const door = await openDoor();
    const socket = await follow(door);
    socket.socket.pause();
    Object.assign(door, { holder: undefined });
    door.changeAccess();
    await vi.waitUntil(() => door.openFeeds() === 0, lossMsMax);
    socket.socket.resume();
    expect(await socket.closed).toBe(4403);
  });
});

describe("the sockets of one principal", () => {
  test("are five at a time", async () => {
    const door = await openDoor();
    const sockets = [];
    for (let number = 1; number <= 5; number++) sockets.push(await connect(door));
    const sixth = await openSocket(door);
    sixth.send({ type: "connection_init", payload: { authorization: `Bearer ${door.token}` } });
    expect(await sixth.closed).toBe(1013);
    sockets[0]?.socket.close();
    await sockets[0]?.closed;
    await vi.waitFor(() => connect(door), { timeout: 20_000, interval: 50 });
  });

  test("do not count before somebody is known", async () => {
    const door = await openDoor({ sockets: { socketsPerPrincipal: 1, initTimeoutMs: 20_000 } });
    for (let number = 1; number <= 10; number++) await openSocket(door);
    await connect(door);
  });
});

function give(door: Door, holder: Door["holder"]): void {
  Object.assign(door, { holder });
}

function change(door: Door, rights: Rights): void {
  give(door, callerOf(rights));
}

/** As `allRights`, on some machines only. */
function limited(): Rights {
  return rightsOf([{ scopes: ["events:read"], machines: { rack: "1" } }]);
}
