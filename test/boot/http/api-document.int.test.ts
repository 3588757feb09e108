import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { HelloBody, InventoryBody, ResultBody, StageBody } from "../../../src/boot/http/agent-bodies.ts";
import { bootApiDocument } from "../../../src/boot/http/api-document.ts";
import { bootHttp } from "../../../src/boot/http/server.ts";
import { histories } from "../../support/machine-history.ts";
import { agentBootId, inventory, machineId, plan, run } from "../../support/samples.ts";
import { bootId, startBootService } from "./boot-service.ts";

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: Parameters<typeof z.fromJSONSchema>[0] }>>;

const document = bootApiDocument("1.2.3") as {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

function operation(method: string, path: string): Operation {
  const found = document.paths[path]?.[method];
  if (!found) throw new Error(`${method} ${path} is not in the document`);
  return found;
}

const inventoryPath = "/agent/v1/discoveries/{machine}/inventory";
const taskPath = "/agent/v1/discoveries/{machine}/task";
const runPath = (endpoint: string) => `/agent/v1/runs/{run}/${endpoint}`;

const bodies = [
  [inventoryPath, "InventoryBody", InventoryBody],
  [runPath("hello"), "HelloBody", HelloBody],
  [runPath("stages"), "StageBody", StageBody],
  [runPath("result"), "ResultBody", ResultBody],
] as const;

describe("the document of the boot listener", () => {
  test("has every route of the listener, and none more", async () => {
    // Routes are only added here, and none is asked for: what is behind them does not matter.
    const files = { clock: () => new Date() };
    const app = bootHttp({ files, agents: {}, log: pino({ level: "silent" }) } as never);
    await app.ready();
    const served = [...app.printRoutes({ commonPrefix: false }).matchAll(/(\/\S+) \(([A-Z, ]+)\)/g)].flatMap(
      ([, path = "", methods = ""]) =>
        methods.split(", ").map((method) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`),
    );
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(served.length).toBeGreaterThan(8);
    expect(documented.toSorted()).toEqual(served.toSorted());
  });

  test("gives each operation an id of its own", () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(
    bodies,
  )("asks at %s for the very schema that the handler parses with: %s", (path, name, schema) => {
    const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
    const { requestBody } = operation("post", path);
    expect(requestBody?.content["application/json"]?.schema).toEqual(shape);
    const handlers = readFileSync(join(import.meta.dirname, "../../../src/boot/http/agent-api.ts"), "utf8");
    const route = path.replace(/\{(\w+)\}/g, ":$1");
    const handler = handlers.slice(handlers.indexOf(`"${route}"`)).split("app.")[0];
    expect(handler).toContain(`schema: ${name}`);
  });

  test("asks for a body wherever a route takes one", () => {
    const withBody = Object.entries(document.paths).filter(([, methods]) => methods["post"]?.requestBody);
    expect(withBody.map(([path]) => path).toSorted()).toEqual(bodies.map(([path]) => path).toSorted());
  });
});

describe("an answer of the boot listener", () => {
  let service: Awaited<ReturnType<typeof startBootService>>;
  beforeEach(async () => {
    service = await startBootService();
  });
  afterEach(() => service.stop());

  type Token = { readonly token: string; readonly body?: unknown };

  /** Asks, and holds the answer against the document. */
  async function ask(method: "get" | "post", path: string, { token, body }: Token): Promise<number> {
    const real = path.replace("{machine}", machineId).replace("{run}", run);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await service.ask(real, { headers, ...(body !== undefined && { body }) });
    const content = operation(method, path).responses[answer.status]?.content?.["application/json"];
    if (!content) throw new Error(`${method} ${path} answers ${answer.status} without a form`);
    const parsed = z.fromJSONSchema(content.schema).safeParse(JSON.parse(answer.text));
    expect([path, answer.status, parsed.error]).toEqual([path, answer.status, undefined]);
    return answer.status;
  }

  const discoveryToken = () => service.tokens.forDiscovery({ machineId, bootId });

  test("to a discovery agent has the form that the document says", async () => {
    await service.machine(histories.discovered);
    const token = discoveryToken();
    const body = { bootId: agentBootId, inventory };
    expect(await ask("post", inventoryPath, { token, body })).toBe(200);
    expect(await ask("get", taskPath, { token })).toBe(200);
    expect(await ask("post", inventoryPath, { token, body: { bootId: 7 } })).toBe(400);
    expect(await ask("post", inventoryPath, { token, body: "x".repeat(300_000) })).toBe(413);
    expect(await ask("get", taskPath, { token: "wrong" })).toBe(404);
  });

  test("to an agent whose machine is to boot again has it, too", async () => {
    await service.machine(histories.allocated);
    expect(await ask("get", taskPath, { token: discoveryToken() })).toBe(200);
  });

  test("to the agent of a run has the form that the document says", async () => {
    await service.machine(histories.allocated);
    service.state.machineOfRun.set(run, machineId);
    const hello = { token: service.tokens.forRun(run, "hello"), body: { agentBootId } };
    expect(await ask("post", runPath("hello"), hello)).toBe(200);
    const token = service.tokens.forRun(run, "report");
    const stage = { stage: "writing", bytes: 1_024 };
    expect(await ask("post", runPath("stages"), { token, body: stage })).toBe(200);
    const result = { outcome: "completed", bytes: 1_024, sha256: plan.image.sha256 };
    expect([200, 404]).toContain(await ask("post", runPath("result"), { token, body: result }));
  });
});
