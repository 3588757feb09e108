import { describe, expect, test } from "vitest";
import { startBootService } from "../../boot/http/boot-service.ts";
import { ask, startApi } from "./support/api.ts";
import { bearer, openDoor, recordedIn } from "./support/door.ts";
import { openSocket } from "./support/socket.ts";

/** Abuse case 22: headers, and what looks like headers, change nothing about who asks and where things are. */

const spoofed = {
  "x-forwarded-for": "203.0.113.7",
  "x-forwarded-user": "admin",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "https",
  "x-real-ip": "203.0.113.7",
  forwarded: "for=203.0.113.7;host=evil.example",
  "x-request-id": "chosen-by-the-caller",
};

describe("headers of a proxy that nobody configured", () => {
  test("make nobody of anybody", async () => {
    const door = await openDoor();
    expect((await door.post({ query: "{ position }" }, spoofed)).status).toBe(401);
    const socket = await openSocket(door, { headers: spoofed });
    socket.send({ type: "connection_init", payload: { ...spoofed, headers: spoofed } });
    expect(await socket.closed).toBe(4403);
  });

  test("hide nobody who fails to get in", async () => {
    const door = await openDoor();
    for (let number = 1; number <= 11; number++) {
      const from = { "x-forwarded-for": `203.0.113.${number}`, forwarded: `for=203.0.113.${number}` };
      const { status } = await door.post({ query: "{ position }" }, { ...bearer("wrong"), ...from });
      expect(status).toBe(number <= 10 ? 401 : 429);
    }
    await door.flushAttempts();
    expect((await recordedIn(door.store)).map(({ stream }) => stream)).toEqual(["login-127.0.0.1"]);
  });

  test("stand in no event", async () => {
    const api = await startApi();
    const headers = { ...bearer(api.token), ...spoofed };
    const input = { name: "guest", kind: "SERVICE" };
    const text =
      "mutation ($input: AddPrincipalInput!) { addPrincipal(input: $input) { userErrors { code } } }";
    const { data, errors } = await api.askAs(headers, text, { input });
    expect([data, errors]).toEqual([{ addPrincipal: { userErrors: [] } }, []]);
    const events = await recordedIn(api.store);
    expect(events.at(-1)?.meta).toMatchObject({ actor: "user:operator", sourceAddress: "127.0.0.1" });
    for (const { meta } of events) expect(JSON.stringify(meta)).not.toMatch(/203\.0\.113|evil|admin|chosen/);
  });
});

describe("what connection_init says", () => {
  test("is no header of the subscription", async () => {
    const api = await startApi();
    const socket = await openSocket(api);
    const payload = { authorization: `Bearer ${api.token}`, ...spoofed, host: "evil.example" };
    socket.send({ type: "connection_init", payload });
    await socket.message(({ type }) => type === "connection_ack");
    const { viewer } = await ask(api, "{ viewer { principal { name } } }");
    expect(viewer.principal.name).toBe("operator");
  });
});

describe("the Host header", () => {
  test("is in no URL that a machine is given", async () => {
    const service = await startBootService();
    try {
      const path = `/boot/${service.nonce()}/script.ipxe`;
      const { status, text } = await service.ask(path, { headers: { host: "evil.example", ...spoofed } });
      expect(status).toBe(200);
      expect(text).toContain("http://10.77.0.1:8080/");
      expect(text).not.toContain("evil");
    } finally {
      await service.stop();
    }
  });
});
