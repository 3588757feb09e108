import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "../../src/adapters/access/caller.ts";
import { rightsOf } from "../../src/domain/access/rights.ts";
import type { Scope } from "../../src/domain/access/scopes.ts";
import { serviceRoutes } from "../../src/service/service-routes.ts";

let app: FastifyInstance;
let scopes: Scope[];
let metrics: () => Promise<string>;

beforeEach(async () => {
  scopes = [];
  metrics = async () => "ironledger_ready 1\n";
  app = fastify();
  const caller = { rights: () => rightsOf([{ scopes, machines: null }]) } as unknown as Caller;
  const group = serviceRoutes({ metrics: () => metrics(), details: async () => ({ status: "ready" }) });
  await group.register(
    app,
    () => caller,
    () => undefined,
  );
});

afterEach(() => app.close());

describe.each([
  ["/metrics", "metrics:read", "ironledger_ready 1\n"],
  ["/readyz/details", "service:read", '{"status":"ready"}'],
] as const)("%s", (url, scope, answer) => {
  test(`answers who has ${scope}`, async () => {
    scopes = [scope];
    const { statusCode, body } = await app.inject({ url });
    expect({ statusCode, body }).toEqual({ statusCode: 200, body: answer });
  });

  test("tells others which scope they lack, and nothing else", async () => {
    scopes = ["machines:read"];
    const response = await app.inject({ url });
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN", scope } }] });
    expect(response.body).not.toContain("ironledger_ready");
  });
});

test("a fault is told as a fault, without what it was", async () => {
  scopes = ["metrics:read"];
  metrics = () => Promise.reject(new Error("/var/lib/secret went away"));
  const response = await app.inject({ url: "/metrics" });
  expect(response.statusCode).toBe(500);
  expect(response.json()).toMatchObject({
    errors: [{ extensions: { code: "INTERNAL", requestId: expect.any(String) } }],
  });
  expect(response.body).not.toContain("went away");
});
