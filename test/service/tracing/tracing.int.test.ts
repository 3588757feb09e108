import { execFile } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { otelTracing } from "../../../src/service/tracing/otel-tracing.ts";
import { eventually } from "../../support/eventually.ts";
import { createSite, startService } from "../../support/service-under-test.ts";
import { readStoppedLog } from "../../support/stopped-log.ts";

const root = join(import.meta.dirname, "../../..");

const Attribute = z.object({
  key: z.string(),
  value: z
    .object({ stringValue: z.string(), intValue: z.union([z.string(), z.number()]), boolValue: z.boolean() })
    .partial(),
});
const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.int(),
  attributes: z.array(Attribute),
  status: z.object({ code: z.int().optional(), message: z.string().optional() }),
});
type Span = z.infer<typeof Span>;
const Export = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});

let collector: Server;
let endpoint: string;
let spans: Span[];
let services: Set<string | undefined>;

/** Takes spans as an OpenTelemetry collector does (OTLP/HTTP, JSON). */
beforeEach(async () => {
  spans = [];
  services = new Set();
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    for (const { resource, scopeSpans } of Export.parse(JSON.parse(Buffer.concat(chunks).toString()))
      .resourceSpans) {
      services.add(resource.attributes.find(({ key }) => key === "service.name")?.value.stringValue);
      spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    }
    response.setHeader("content-type", "application/json").end("{}");
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`;
});

afterEach(() => {
  collector.closeAllConnections();
  collector.close();
});

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const callersSpan = "00f067aa0ba902b7";

function find(name: string): Span | undefined {
  return spans.find((span) => span.name === name);
}

describe("tracing that is configured", () => {
  test("goes on with the caller's trace, down to the event", async () => {
    const assets = await mkdtemp(join(tmpdir(), "ironledger-assets-"));
    const site = await createSite(assets);
    const file = await site.configFor(site.dataDirectory);
    const tracing = { endpoint, serviceName: "ledger-under-test" };
    await writeFile(file, stringify({ ...parse(await readFile(file, "utf8")), tracing }));
    const service = await startService(file, join(site.directory, "service.log"));
    const headers = {
      authorization: `Bearer ${service.token}`,
      "content-type": "application/json",
      traceparent: `00-${traceId}-${callersSpan}-01`,
    };
    const query = 'mutation { addPrincipal(input: { name: "ci", kind: SERVICE }) { userErrors { code } } }';
    const response = await fetch(service.api, { method: "POST", headers, body: JSON.stringify({ query }) });
    expect(await response.json()).toMatchObject({ data: { addPrincipal: { userErrors: [] } } });
    await service.stop();

    const request = find("POST /graphql");
    const operation = find("graphql mutation");
    const command = find("command addPrincipal");
    const append = spans.find(({ parentSpanId }) => parentSpanId === command?.spanId);
    expect([request, operation, command, append].map((span) => span?.traceId)).toEqual(
      Array(4).fill(traceId),
    );
    expect(request?.parentSpanId).toBe(callersSpan);
    expect(operation?.parentSpanId).toBe(request?.spanId);
    expect(command?.parentSpanId).toBe(operation?.spanId);
    expect(append?.name).toBe("append");
    expect(services).toEqual(new Set(["ledger-under-test"]));
    expect(JSON.stringify(spans)).not.toContain(service.token);

    const events = await readStoppedLog(site.dataDirectory);
    const started = events.find(({ type, data }) => type === "PrincipalAdded" && data["name"] === "ci");
    expect(started?.meta.traceparent).toBe(`00-${traceId}-${command?.spanId}-01`);
    await site.remove();
    await rm(assets, { recursive: true, force: true });
  });
});

describe("a trace", () => {
  test("begins where none is named, or none that is one", async () => {
    const tracing = otelTracing({ endpoint, sampleRatio: 1, serviceName: "x" });
    const first = tracing.start("first", {
      parent: "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    });
    first.end();
    tracing.start("second", { parent: first.traceparent }).end({ late: true }, "it failed");
    await tracing.close();
    expect(find("first")?.parentSpanId ?? "").toBe("");
    expect(find("second")).toMatchObject({
      parentSpanId: find("first")?.spanId,
      status: { code: 2, message: "it failed" },
    });
    expect(tracing.counts()).toEqual({ ended: 2, exported: 2, failed: 0 });
  });

  test("keeps the share that it is to keep, and a caller's decision", async () => {
    const tracing = otelTracing({ endpoint, sampleRatio: 0, serviceName: "x" });
    const dropped = tracing.start("dropped");
    expect(dropped.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    dropped.end();
    tracing.start("kept", { parent: `00-${traceId}-${callersSpan}-01` }).end();
    tracing.start("left", { parent: `00-${traceId}-${callersSpan}-00` }).end();
    await tracing.close();
    expect(spans.map(({ name }) => name)).toEqual(["kept"]);
  });

  test("counts what could not be sent, and holds nobody up", async () => {
    collector.close();
    const tracing = otelTracing({
      endpoint: "http://127.0.0.1:9/v1/traces",
      sampleRatio: 1,
      serviceName: "x",
    });
    tracing.start("lost").end();
    await eventually(() => (tracing.counts().failed === 1 ? true : undefined));
    // What waits at the end can be sent no better, and the stop goes on.
    tracing.start("lost at the end").end();
    await tracing.close();
    expect(tracing.counts()).toEqual({ ended: 2, exported: 0, failed: 2 });
  });
});

describe("tracing that is not configured", () => {
  test("loads nothing of OpenTelemetry that does anything", async () => {
    const hooks = `
      import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) { console.log(name); return next(name, context); } });`;
    const program = `await import("${root}/src/service/observe-api.ts");
      const { openTracing } = await import("${root}/src/service/tracing/tracing.ts");
      console.log("opened", await openTracing(undefined));`;
    const words = [
      "--import",
      `data:text/javascript,${encodeURIComponent(hooks)}`,
      "--input-type=module",
      "-e",
      program,
    ];
    const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: 50_000 });
    expect(stdout).toContain("opened undefined");
    expect(stdout).toContain("tracing/trace-api.ts");
    // prom-client asks for the interfaces by itself, for its exemplars.
    expect(stdout.replaceAll("@opentelemetry/api\n", "")).not.toContain("@opentelemetry");
  });

  test("can load it from one place only, and only when asked", () => {
    const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const naming = files.filter((name) =>
      readFileSync(join(root, "src", name), "utf8").includes('"@opentelemetry/'),
    );
    expect(naming).toEqual(["service/tracing/otel-tracing.ts"]);
    const importing = files.filter((name) =>
      /^import .*otel-tracing/m.test(readFileSync(join(root, "src", name), "utf8")),
    );
    expect(importing).toEqual([]);
  });
});
