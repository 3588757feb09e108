import { once } from "node:events";
import websocket from "@fastify/websocket";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type ApiDrain, createApiDrain } from "../../src/service/api-drain.ts";

let app: FastifyInstance;
let drain: ApiDrain;
let url: string;
let isStopping: boolean;
let finish: () => void;

beforeEach(async () => {
  isStopping = false;
  drain = createApiDrain(() => isStopping);
  app = fastify({ forceCloseConnections: true });
  await app.register(websocket);
  await drain.register(app, nobody, nobody);
  app.get(
    "/slow",
    () =>
      new Promise((resolve) => {
        finish = () => resolve("done");
      }),
  );
  app.get("/readyz", async () => "seen");
  app.get("/socket", { websocket: true }, () => undefined);
  url = await app.listen({ host: "127.0.0.1", port: 0 });
});

afterEach(() => app.close());

function nobody(): never {
  throw new Error("nobody is asked for");
}

/** A request that the service has begun to answer. */
async function begun(): Promise<{ readonly answer: Promise<Response> }> {
  const begin = once(app.server, "request");
  const answer = fetch(`${url}/slow`);
  await begin;
  // The route is entered in the same turn in which the request arrived.
  await new Promise((resolve) => setImmediate(resolve));
  return { answer };
}

describe("an API that stops", () => {
  test("refuses new requests in the API's own words, and goes on telling how it is", async () => {
    isStopping = true;
    const refused = await fetch(`${url}/slow`);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: "LOG_CLOSED" } }] });
    expect(await (await fetch(`${url}/readyz`)).text()).toBe("seen");
  });

  test("finishes what it has begun", async () => {
    const { answer } = await begun();
    isStopping = true;
    const drained = drain.drain(app, 30_000);
    finish();
    expect(await drained).toBe(0);
    expect(await (await answer).text()).toBe("done");
  });

  test("waits no longer than it may, and tells how much it cut off", async () => {
    const { answer } = await begun();
    expect(await drain.drain(app, 50)).toBe(1);
    await app.close();
    await expect(answer).rejects.toThrow();
  });

  test("says to sockets that it goes away", async () => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/socket`);
    await once(socket, "open");
    const closed = once(socket, "close");
    expect(await drain.drain(app, 1_000)).toBe(0);
    expect((await closed)[0]).toBe(1001);
  });
});
