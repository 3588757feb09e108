import { randomBytes } from "node:crypto";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { createMemoryEventStore } from "../../src/adapters/event-store/memory/memory-event-store.ts";
import { bootHttp } from "../../src/boot/http/server.ts";
import type { Scope } from "../../src/domain/access/scopes.ts";
import { EventStoreError } from "../../src/domain/ports/event-store.ts";
import { deriveId, newId } from "../../src/ids.ts";
import { createApiDrain } from "../../src/service/api-drain.ts";
import { exportRoute } from "../../src/service/audit/export-route.ts";
import { openFrontDoor } from "../../src/service/front-door.ts";
import { createMeter } from "../../src/service/metrics/meter.ts";
import { serveMeter } from "../../src/service/metrics/meter-line.ts";
import { observeApi } from "../../src/service/observe-api.ts";
import { startApi, type TestApi } from "../adapters/graphql/support/api.ts";
import { addCaller, type TestCaller } from "../adapters/graphql/support/callers.ts";
import { startBootService } from "../boot/http/boot-service.ts";
import { projectorOn, temporaryDirectory } from "../projections/view-files.ts";

/** Whom a route answers: anybody, whoever has a token, or whoever has a scope. */
type Answers = "anybody" | "a token" | Scope;

/** Every route of the API's listener. One that joins and is not here fails the test. */
const table: Readonly<Record<string, Answers>> = {
  "GET /livez": "anybody",
  "GET /readyz": "anybody",
  "GET /readyz/details": "service:read",
  "GET /metrics": "metrics:read",
  "GET /export": "log:read",
  "GET /explain/:mac": "network:read",
  "GET /openapi.json": "anybody",
  "GET /docs": "anybody",
  "GET /docs/json": "anybody",
  "GET /docs/yaml": "anybody",
  "GET /docs/static/*": "anybody",
  "HEAD /docs/static/*": "anybody",
  "GET /docs/static/index.html": "anybody",
  "GET /docs/static/swagger-initializer.js": "anybody",
  "GET /graphiql": "anybody",
  "GET /graphiql/page.js": "anybody",
  "GET /graphiql/page.css": "anybody",
  "GET /graphiql/react.js": "anybody",
  "GET /graphiql/react-dom.js": "anybody",
  "GET /graphiql/graphiql.js": "anybody",
  "GET /graphiql/graphiql.css": "anybody",
  "GET /auth/login": "anybody",
  "GET /auth/callback": "anybody",
  "POST /auth/token": "anybody",
  // What is asked there is another matter: see the matrix of fields.
  "GET /graphql": "a token",
  "POST /graphql": "a token",
};

const rolesWith: Readonly<Record<string, readonly Scope[]>> = {
  viewer: ["service:read", "network:read"],
  operator: ["service:read", "network:read", "metrics:read"],
  auditor: ["service:read", "network:read", "metrics:read", "log:read"],
  admin: ["service:read", "network:read", "metrics:read", "log:read"],
  "pool-a": [],
  nobody: [],
};

/** The routes that were added to a listener so far, from the tree that it prints. */
function routesOf(app: FastifyInstance): readonly string[] {
  const printed = app.printRoutes({ commonPrefix: false });
  return [...printed.matchAll(/(\/\S+) \(([A-Z, ]+)\)/g)].flatMap(([, path = "", methods = ""]) =>
    methods.split(", ").map((method) => `${method} ${path}`),
  );
}

function silentLine(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  serveMeter(
    port1,
    createMeter(() => undefined),
  );
  onTestFinished(() => port2.close());
  return port2;
}

/** The API with every group of routes that the service gives it. */
async function wholeApi() {
  const added: string[] = [];
  const store = createMemoryEventStore(() => new Date());
  const projector = await projectorOn(store, temporaryDirectory());
  const log = pino({ level: "silent" });
  const door = await openFrontDoor({
    api: { publicUrl: "http://127.0.0.1:1", onlyPersistedOperations: false, socketsPerPrincipal: 5 },
    oidc: {
      issuer: "http://127.0.0.1:9",
      clientId: "ironledger",
      scopes: ["openid"],
      roles: {},
      tokenHours: 1,
    },
    desk: { handlersFor: () => ({}) },
    ...{ version: "1.2.3", clock: () => new Date(), newId, deriveId, randomBytes, log },
    // Nobody logs in here.
  } as never);
  const observation = observeApi({
    meter: createMeter(() => undefined),
    meters: { main: silentLine(), log: silentLine() },
    tracing: undefined,
    readiness: {
      facts: async () => ({}),
      reasons: async () => [],
      details: async () => ({ status: "ready" }),
    },
    projector,
    log: { head: () => 0 },
    version: "1.2.3",
    clock: () => new Date(),
  } as never);
  const spy = {
    openPaths: [],
    async register(app: FastifyInstance) {
      added.push(...routesOf(app));
      app.addHook("onRoute", ({ method, url }) => {
        added.push(...[method].flat().map((each) => `${each} ${url}`));
      });
    },
  };
  // An export that began would answer, too.
  const exports = { start: async () => Promise.reject(new EventStoreError("POSITION_UNKNOWN", "")) } as never;
  const routes = [
    ...[spy, createApiDrain(() => false), ...observation.routes, exportRoute(exports)],
    ...(door.options.routes ?? []),
  ];
  const api = await startApi({
    store,
    projector,
    routes,
    attempts: { perSource: 1_000_000, inAll: 1_000_000 },
  });
  return { api, added };
}

describe("a route of the API's listener", () => {
  test("is in the table, and nothing else is", async () => {
    const { added } = await wholeApi();
    expect(added.toSorted()).toEqual(Object.keys(table).toSorted());
  });

  test("answers or refuses each role as the table says, and a refusal records nothing", async () => {
    const { api } = await wholeApi();
    const callers = await callersOf(api);
    const before = await api.store.head();
    for (const [name, caller] of callers) {
      for (const [route, answers] of Object.entries(table)) {
        const [method = "", path = ""] = route.split(" ");
        const { status } = await fetch(`${api.url}${path.replace("*", "swagger-ui.css")}`, {
          method,
          redirect: "manual",
          headers: caller ? { authorization: `Bearer ${caller.token}` } : {},
        });
        expect([name, route, refusalOf(status)]).toEqual([name, route, expected(answers, name, caller)]);
      }
    }
    expect(await api.store.head()).toBe(before);
  });
});

type Callers = readonly (readonly [string, TestCaller | undefined])[];

async function callersOf(api: TestApi): Promise<Callers> {
  const limited = { rules: [{ scopes: ["machines:read" as const], machines: { pool: "a" } }] };
  const accessOf = (name: string) => (name === "pool-a" ? limited : { role: name });
  const callers: [string, TestCaller | undefined][] = [["no token", undefined]];
  for (const name of Object.keys(rolesWith)) {
    callers.push([name, await addCaller(api, name, name === "nobody" ? undefined : accessOf(name))]);
  }
  return callers;
}

function refusalOf(status: number): number | undefined {
  return status === 401 || status === 403 || status >= 500 ? status : undefined;
}

function expected(answers: Answers, name: string, caller: TestCaller | undefined): number | undefined {
  if (answers === "anybody") return undefined;
  if (!caller) return 401;
  return answers === "a token" || rolesWith[name]?.includes(answers) ? undefined : 403;
}

describe("a route of the boot listener", () => {
  test("answers a token of the API as it answers none, and records nothing", async () => {
    const service = await startBootService();
    onTestFinished(() => service.stop());
    // Routes are only added here, and none is asked for: what is behind them does not matter.
    const files = { clock: () => new Date() };
    const app = bootHttp({ files, agents: {}, log: pino({ level: "silent" }) } as never);
    await app.ready();
    const routes = routesOf(app);
    expect(routes.length).toBeGreaterThan(8);
    const { token } = await startApi();
    const before = await service.store.head();
    for (const route of routes) {
      const [method = "", pattern = ""] = route.split(" ");
      const path = pattern.replace(/:\w+/g, newId()).replace("*", "x");
      const body = method === "POST" ? {} : undefined;
      const none = await service.ask(path, { method, body });
      const shown = await service.ask(path, { method, body, headers: { authorization: `Bearer ${token}` } });
      expect([route, none.status, shown.status, shown.text]).toEqual([route, 404, 404, none.text]);
    }
    expect(await service.store.head()).toBe(before);
  });
});
