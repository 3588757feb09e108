import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { describe, expect, test } from "vitest";
import { tokenDigest } from "../../../src/adapters/access/token.ts";
import { agentTokens } from "../../../src/boot/http/agent-tokens.ts";
import { RunId } from "../../../src/domain/values/run-id.ts";
import { newId } from "../../../src/ids.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { addCaller, changePrincipal } from "./support/callers.ts";
import { documents } from "./support/documents.ts";
import { openDoor } from "./support/door.ts";
import { smallFleet } from "./support/fleet.ts";
import { openSocket } from "./support/socket.ts";

/** Whatever a request may carry that opens nothing, with the answer that it gets. */
async function unauthorised(
  api: TestApi,
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const { a, revoked, expired, disabled } = await spent(api);
  const agents = agentTokens({ key: randomBytes(32), clock: () => new Date() });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  return {
    "no token": {},
    "an empty token": { authorization: "Bearer " },
    "an empty header": { authorization: "" },
    "a number": bearer("-1"),
    null: bearer("null"),
    "a list": bearer("[]"),
    "a token of nobody": bearer(`ilt_${"A".repeat(43)}`),
    "a revoked token": bearer(revoked),
    "an expired token": bearer(expired),
    "a token of a disabled principal": bearer(disabled),
    "the token of an agent for its run": bearer(agents.forRun(RunId.parse(a.run), "report")),
    "the token of an agent for its discovery": bearer(
      agents.forDiscovery({ machineId: a.id, bootId: newId() }),
    ),
    "another scheme": { authorization: "Basic b3BlcmF0b3I6" },
    "what a proxy might add": { "x-forwarded-user": "operator", "x-forwarded-for": "127.0.0.1" },
  };
}

/** Tokens of administrators that count for nothing any more. */
async function spent(api: TestApi) {
  const { a } = await smallFleet(api);
  const [revoked, expired, disabled] = [
    await addCaller(api, "revoked", { role: "admin" }),
    await addCaller(api, "expired", { role: "admin" }),
    await addCaller(api, "disabled", { role: "admin" }),
  ];
  await changePrincipal(api, revoked.principalId, { type: "RevokeToken", tokenId: revoked.tokenId });
  await changePrincipal(api, disabled.principalId, { type: "DisablePrincipal" });
  const brief = `ilt_${randomBytes(32).toString("base64url")}`;
  await changePrincipal(api, expired.principalId, {
    type: "IssueToken",
    tokenId: newId(),
    sha256: tokenDigest(brief),
    name: null,
    expiresAtMs: 2,
    nowMs: 1,
  });
  for (const { ask } of [revoked, disabled]) {
    await expect.poll(async () => (await ask("{ position }")).status, { timeout: 20_000 }).toBe(401);
  }
  return { a, revoked: revoked.token, expired: brief, disabled: disabled.token };
}

describe("a request without a valid token", () => {
  let api: TestApi;
  let tried: Awaited<ReturnType<typeof unauthorised>>;
  // Failed attempts are counted and slowed down elsewhere; here each is to be told by itself.
  const attempts = { perSource: 1_000_000, inAll: 1_000_000 };

  test("is refused the same way whatever it carries, for every field, and records nothing", async () => {
    api = await startApi({ attempts });
    tried = await unauthorised(api);
    const before = await api.store.head();
    const answers = new Set<string>();
    for (const headers of Object.values(tried)) {
      for (const { query } of documents) {
        const response = await fetch(`${api.url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify({ query }),
        });
        answers.add(
          `${response.status} ${response.headers.get("www-authenticate")} ${await response.text()}`,
        );
      }
    }
    const [refusal, ...others] = answers;
    expect(refusal).toMatch(/^401 Bearer .*"code":"UNAUTHENTICATED"/);
    expect(others).toEqual([]);
    expect(await api.store.head()).toBe(before);
  });

  test("is refused on every path and method but those that watch the service", async () => {
    const { url } = await startApi({ attempts });
    for (const path of ["/", "/graphql", "/graphiql", "/metrics", "/livez/", "/readyz/x", "//livez"]) {
      for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"]) {
        const { status } = await fetch(`${url}${path}`, { method });
        expect([path, method, status]).toEqual([path, method, 401]);
      }
    }
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test("does not pass for an upgrade that is none", async () => {
    const { url } = await startApi({ attempts });
    for (const headers of [
      { upgrade: "websocket" },
      { "sec-websocket-key": "x" },
      { upgrade: "websocket", connection: "keep-alive" },
    ]) {
      const response = await fetch(`${url}/graphql?query={position}`, { headers }).catch(() => undefined);
      expect(response?.status ?? 401).toBe(401);
    }
  });

  test("opens no socket elsewhere", async () => {
    const { url } = await startApi({ attempts });
    await expect(openSocket({ url: `${url}/nothing` })).rejects.toThrow("401");
  });

  test("reads nothing through a socket", async () => {
    const served = await startApi({ attempts });
    const carried = Object.values(await unauthorised(served)).map(({ authorization }) => authorization);
    const before = await served.store.head();
    const [feed] = documents.filter(({ operation }) => operation === "subscription");
    for (const authorization of carried.filter((value) => value !== undefined)) {
      if (authorization !== "") {
        await expect(openSocket(served, { headers: { authorization } })).rejects.toThrow("401");
      }
      const socket = await openSocket(served);
      socket.send({ type: "connection_init", payload: { authorization } });
      socket.send({ type: "subscribe", id: "1", payload: { query: feed?.query } });
      expect(await socket.closed).toBe(4403);
      expect(socket.received).toEqual([]);
    }
    expect(await served.store.head()).toBe(before);
  });
});

/** An answer that holds nothing but errors. */
interface ApiErrors {
  readonly errors: readonly [{ readonly message: string; readonly extensions: object }];
}

describe("a request for what is not there", () => {
  test("opens no socket where a page is served to everybody, and nobody does", async () => {
    const page = {
      openPaths: ["/page/graphql"],
      async register(app: FastifyInstance) {
        app.get("/page/graphql", async () => "a page");
      },
    };
    const { url, token } = await openDoor({ routes: [page] });
    expect((await fetch(`${url}/page/graphql`)).status).toBe(200);
    await expect(openSocket({ url: `${url}/page` })).rejects.toThrow("401");
    const headers = { authorization: `Bearer ${token}` };
    await expect(openSocket({ url: `${url}/page` }, { headers })).rejects.toThrow("404");
  });

  test("is told of nothing but the catalogue's codes, and hears no echo", async () => {
    const { url, token } = await openDoor();
    for (const path of ["/nosuch", "/%zz"]) {
      const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
      const { errors } = (await answer.json()) as ApiErrors;
      expect([path, answer.status, errors[0].extensions]).toEqual([path, 404, { code: "BAD_REQUEST" }]);
      expect(errors[0].message).not.toContain(path);
    }
    expect((await fetch(`${url}/nosuch`)).status).toBe(401);
  });
});
