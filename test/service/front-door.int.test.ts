import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";
import { freeTcpPort } from "../../src/rehearsal/ports.ts";
import { connect } from "../adapters/graphql/support/socket.ts";
import { selfSigned } from "../support/certificate.ts";
import { createSite, type RunningService, type Site, startService } from "../support/service-under-test.ts";

/** The whole service as a process, with everything set that is about how the API is reached. */

const operation = "query Who { viewer { principal { name } } }\n";
const operationId = createHash("sha256").update(operation).digest("hex");
const waiting = { timeout: 20_000, interval: 100 };

let site: Site;
let service: RunningService;
let logFile: string;
const file = (name: string) => join(site.directory, name);

function putCertificate(name: string): void {
  const { cert, key } = selfSigned(name);
  writeFileSync(file("cert.pem"), cert);
  writeFileSync(file("key.pem"), key);
}

beforeAll(async () => {
  site = await createSite(join(import.meta.dirname, "../fixtures"));
  putCertificate("first");
  mkdirSync(file("operations"));
  writeFileSync(file("operations/who.graphql"), operation);
  writeFileSync(file("client-secret"), "a secret\n");
  const configFile = await site.configFor(site.dataDirectory);
  const config = parse(readFileSync(configFile, "utf8"));
  config.api = {
    port: await freeTcpPort("127.0.0.1"),
    tls: { certificateFile: "cert.pem", keyFile: "key.pem" },
    publicUrl: "https://ironledger.example.com",
    operationsDirectory: "operations",
  };
  config.oidc = { issuer: "http://127.0.0.1:9", clientId: "ironledger", clientSecretFile: "client-secret" };
  writeFileSync(configFile, stringify(config));
  logFile = file("service.log");
  service = await startService(configFile, logFile);
});

afterAll(async () => {
  await service.stop();
  await site.remove();
});

interface Answered {
  readonly status: number | undefined;
  readonly text: string;
  /** The name in the certificate. */
  readonly name: unknown;
}

/** Asks on a connection of its own, and takes any certificate. */
async function ask(path: string, { body, token }: { readonly body?: object; readonly token?: string } = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body && { "content-type": "application/json" }),
  };
  const options = { method: body ? "POST" : "GET", headers, rejectUnauthorized: false, agent: new Agent() };
  const asked = request(new URL(path, service.api), options, (response) => {
    const name = response.socket instanceof TLSSocket && response.socket.getPeerCertificate().subject.CN;
    let text = "";
    response.on("data", (chunk) => {
      text += chunk;
    });
    response.on("end", () => resolve({ status: response.statusCode, text, name }));
  });
  asked.on("error", reject).end(body && JSON.stringify(body));
  return promise;
}

const logged = () => readFileSync(logFile, "utf8");

describe("the API over TLS", () => {
  test("says so in its address, and answers", async () => {
    expect(service.api).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect(await ask("/livez")).toMatchObject({ status: 200, name: "first" });
  });

  test("shows a new certificate after SIGHUP, and keeps its sockets", async () => {
    const { origin: url } = new URL(service.api);
    const socket = await connect({ url, token: service.token }, { rejectUnauthorized: false });
    putCertificate("second");
    service.process.kill("SIGHUP");
    await vi.waitFor(async () => expect((await ask("/livez")).name).toBe("second"), waiting);
    socket.send({ type: "ping" });
    await socket.message(({ type }) => type === "pong");
  });

  test("keeps the certificate that it has when the new one cannot be used, and says so", async () => {
    const { name: before } = await ask("/livez");
    writeFileSync(file("cert.pem"), "broken");
    service.process.kill("SIGHUP");
    await vi.waitFor(() => expect(logged()).toContain("the API keeps the certificate that it has"), waiting);
    expect(await ask("/livez")).toMatchObject({ status: 200, name: before });
  });
});

describe("the service's front door", () => {
  test.each([
    "/graphiql",
    "/graphiql/graphiql.js",
    "/docs/",
    "/openapi.json",
  ])("serves %s without a token", async (path) => {
    expect((await ask(path)).status).toBe(200);
  });

  test("runs persisted operations by their ids", async () => {
    const body = { extensions: { persistedQuery: { version: 1, sha256Hash: operationId } } };
    const { status, text } = await ask("/graphql", { body, token: service.token });
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { data: { viewer: { principal: { name: "operator" } } } },
    ]);
  });

  test("lets people log in through the provider, which does not answer here", async () => {
    const query = new URLSearchParams({
      redirect_uri: "http://127.0.0.1:4711/callback",
      code_challenge: "c".repeat(43),
      state: "state-of-the-program",
    });
    const { status, text } = await ask(`/auth/login?${query}`);
    expect([status, text]).toEqual([503, expect.stringContaining("IDENTITY_PROVIDER_UNAVAILABLE")]);
    await vi.waitFor(
      () => expect(logged()).toContain("a login through the identity provider failed"),
      waiting,
    );
    expect(logged()).not.toContain("a secret");
  });
});
