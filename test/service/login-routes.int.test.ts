import { createHash, randomBytes } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createAccessDesk } from "../../src/adapters/access/access-desk.ts";
import { createFederatedLogin } from "../../src/adapters/access/federated-login.ts";
import { openAccessRegistry } from "../../src/adapters/access/registry.ts";
import { createMemoryEventStore } from "../../src/adapters/event-store/memory/memory-event-store.ts";
import { createLoginDesk } from "../../src/adapters/oidc/login-desk.ts";
import { createProvider } from "../../src/adapters/oidc/provider.ts";
import { accessKind } from "../../src/domain/access/decide.ts";
import { accessRoleKind } from "../../src/domain/access/role.ts";
import { commandHandler } from "../../src/domain/handle-command.ts";
import { AccessRoleName } from "../../src/domain/values/slug.ts";
import { deriveId, newId } from "../../src/ids.ts";
import { callbackPath, loginRoutes } from "../../src/service/login-routes.ts";
import { openDoor } from "../adapters/graphql/support/door.ts";
import { client, startIdentityProvider } from "../support/identity-provider.ts";

const verifier = "v".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");
const asked = {
  redirect_uri: "http://127.0.0.1:4711/callback",
  code_challenge: challenge,
  state: "state-of-the-program",
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("no port");
  return address.port;
}

/** The service's login, beside a provider. `issuer`: (Default: that provider's) */
async function startLogin({ issuer = "", nowMs = () => Date.now() } = {}) {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const redirectUri = publicUrl + callbackPath;
  const idp = await startIdentityProvider(redirectUri);
  const clock = () => new Date(nowMs());
  const store = createMemoryEventStore(clock);
  const registry = await openAccessRegistry({
    reader: store,
    clock,
    onFailure: (error) => {
      throw error;
    },
  });
  onTestFinished(() => registry.close());
  const surroundings = { store, newId };
  const handlers = createAccessDesk({ registry, reader: store }).handlersFor(
    {
      handleAccess: commandHandler(accessKind, surroundings),
      handleAccessRole: commandHandler(accessRoleKind, surroundings),
    },
    () => "system",
  );
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const provider = createProvider({
    issuer: issuer || idp.issuer,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    scopes: ["openid", "profile"],
    rolesClaim: "groups",
    redirectUri,
  });
  const routes = loginRoutes({
    desk: createLoginDesk({ provider, clock, randomBytes, onFault }),
    login: createFederatedLogin({ handlers, registry, clock, newId, deriveId, randomBytes }),
    rolesClaim: "groups",
    roles: { "platform-team": AccessRoleName.parse("operator") },
    tokenHours: 8,
    isSecure: false,
    onFault,
  });
  const door = await openDoor({ routes: [routes], port, authenticate: registry.authenticate, clock });
  return { door, idp, registry, store, faults };
}

type Login = Awaited<ReturnType<typeof startLogin>>;

/** A browser that goes where it is sent, and keeps cookies. Stops before it leaves for the program. */
async function browse(from: string): Promise<{ readonly answer: Response; readonly next: URL | undefined }> {
  const cookies = new Map<string, string>();
  let url = new URL(from);
  for (let steps = 0; steps < 20; steps++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const text of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null) return { answer, next: undefined };
    url = new URL(location, url);
    if (url.port === "4711") return { answer, next: url };
  }
  throw new Error("sent around in circles");
}

const loginUrl = ({ door }: Login, query: object = asked) =>
  `${door.url}/auth/login?${new URLSearchParams(query as Record<string, string>)}`;

async function exchange({ door }: Login, body: object) {
  const response = await fetch(`${door.url}/auth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

async function codeOf(login: Login): Promise<string> {
  const { next } = await browse(loginUrl(login));
  return next?.searchParams.get("code") ?? "";
}

interface ErrorBody {
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

const codesIn = (body: unknown) => (body as ErrorBody).errors?.map(({ extensions }) => extensions.code);

describe("logging in through an identity provider", () => {
  test("ends with a token of the roles that the groups give, and only for the program that asked", async () => {
    const login = await startLogin();
    const { next } = await browse(loginUrl(login));
    expect(next?.href).toMatch(
      /^http:\/\/127\.0\.0\.1:4711\/callback\?code=[\w-]{43}&state=state-of-the-program$/,
    );
    const code = next?.searchParams.get("code") ?? "";
    const { status, body } = await exchange(login, { code, codeVerifier: verifier });
    expect(status).toBe(200);
    const caller = login.registry.authenticate(`Bearer ${body["token"]}`);
    expect(caller?.name).toBe("Ada");
    expect(caller?.rights().may("machines:deploy")).toBe(true);
    expect(caller?.rights().may("access:manage")).toBe(false);
    expect(new Date(body["expiresAt"] ?? "").getTime()).toBe(caller?.expiresAtMs);
    expect(login.faults).toEqual([]);
  });

  test("makes one principal of a person, whose roles follow the groups", async () => {
    const login = await startLogin();
    await exchange(login, { code: await codeOf(login), codeVerifier: verifier });
    const { body } = await exchange(login, { code: await codeOf(login), codeVerifier: verifier });
    expect(login.registry.known.principals.size).toBe(1);
    login.idp.person = { sub: "ada-1", name: "Ada", groups: ["somewhere else"] };
    const refused = await exchange(login, { code: await codeOf(login), codeVerifier: verifier });
    expect([refused.status, codesIn(refused.body)]).toEqual([403, ["LOGIN_REFUSED"]]);
    // What the person had is gone, too: an older token of theirs opens nothing any more.
    expect(login.registry.authenticate(`Bearer ${body["token"]}`)?.rights().scopes).toEqual([]);
  });

  test("makes no principal of a person whose groups give no role", async () => {
    const login = await startLogin();
    login.idp.person = { sub: "eve-1", name: "Eve", groups: ["somewhere else"] };
    const refused = await exchange(login, { code: await codeOf(login), codeVerifier: verifier });
    expect([refused.status, codesIn(refused.body)]).toEqual([403, ["LOGIN_REFUSED"]]);
    expect(login.registry.known.principals.size).toBe(0);
  });

  test("tells the program that the person said no, in none of the provider's words", async () => {
    const login = await startLogin();
    login.idp.person = undefined;
    const { next } = await browse(loginUrl(login));
    expect(next?.search).toBe("?error=access_denied&state=state-of-the-program");
  });

  test("is told to be impossible while the provider does not answer", async () => {
    const login = await startLogin({ issuer: "http://127.0.0.1:9" });
    const { answer } = await browse(loginUrl(login));
    expect([answer.status, codesIn(await answer.json())]).toEqual([503, ["IDENTITY_PROVIDER_UNAVAILABLE"]]);
    expect(login.faults).toHaveLength(1);
  });
});

describe("a request for a login", () => {
  test.each([
    ["to another host", { redirect_uri: "http://evil.example:80/" }],
    ["to a name that may be another host", { redirect_uri: "http://localhost:4711/" }],
    ["to a host that begins like loopback", { redirect_uri: "http://127.0.0.1.evil.example:80/" }],
    ["to what only looks like loopback", { redirect_uri: "http://127.0.0.1:4711@evil.example/" }],
    ["to no port", { redirect_uri: "http://127.0.0.1/" }],
    ["to a script", { redirect_uri: "javascript:alert(1)" }],
    ["without a challenge", { code_challenge: "" }],
    ["with a state that is markup", { state: "<script>alert(1)</script>" }],
    ["with a state of two lines", { state: "aaaaaaaa\r\nset-cookie: a=b" }],
  ])("is refused %s, and not repeated in the answer", async (_what, change) => {
    const login = await startLogin();
    const { answer } = await browse(loginUrl(login, { ...asked, ...change }));
    const text = await answer.text();
    expect([answer.status, codesIn(JSON.parse(text))]).toEqual([400, ["INPUT_INVALID"]]);
    expect(text).not.toMatch(/evil|script|alert/);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  });

  test("leads back to the public URL, whatever the Host header says", async () => {
    const login = await startLogin();
    const poisoned = { host: "evil.example", "x-forwarded-host": "evil.example" };
    const { promise, resolve } = Promise.withResolvers<IncomingMessage>();
    get(loginUrl(login), { headers: poisoned, agent: false }, (response) => resolve(response.resume()));
    const { statusCode: status, headers } = await promise;
    expect(status).toBe(302);
    expect(headers.location).toContain(encodeURIComponent(`${login.door.url}${callbackPath}`));
    expect(headers.location).not.toContain("evil");
  });
});

describe("coming back from the provider", () => {
  test("counts for nothing in another browser, or with a state of nobody", async () => {
    const login = await startLogin();
    for (const state of ["", "x".repeat(43)]) {
      const answer = await fetch(`${login.door.url}${callbackPath}?code=a&state=${state}`);
      expect([answer.status, codesIn(await answer.json())]).toEqual([400, ["LOGIN_CODE_INVALID"]]);
    }
    const begun = await fetch(loginUrl(login), { redirect: "manual" });
    const state = new URL(begun.headers.get("location") ?? "").searchParams.get("state");
    const answer = await fetch(`${login.door.url}${callbackPath}?code=a&state=${state}`);
    expect(answer.status).toBe(400);
  });

  test("with a code that the provider never gave is no login", async () => {
    const login = await startLogin();
    const begun = await fetch(loginUrl(login), { redirect: "manual" });
    const state = new URL(begun.headers.get("location") ?? "").searchParams.get("state");
    const cookie = begun.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const answer = await fetch(`${login.door.url}${callbackPath}?code=a&state=${state}&iss=x`, {
      redirect: "manual",
      headers: { cookie },
    });
    expect(answer.headers.get("location")).toMatch(/\?error=server_error&/);
    expect(login.faults).toHaveLength(1);
  });
});

describe("trading a code for a token", () => {
  test("happens once", async () => {
    const login = await startLogin();
    const code = await codeOf(login);
    expect((await exchange(login, { code, codeVerifier: verifier })).status).toBe(200);
    const again = await exchange(login, { code, codeVerifier: verifier });
    expect([again.status, codesIn(again.body)]).toEqual([400, ["LOGIN_CODE_INVALID"]]);
  });

  test("is refused to whoever does not know what the program knows, and the code is gone", async () => {
    const login = await startLogin();
    const code = await codeOf(login);
    expect((await exchange(login, { code, codeVerifier: "w".repeat(43) })).status).toBe(400);
    expect((await exchange(login, { code, codeVerifier: verifier })).status).toBe(400);
  });

  test("is refused after a minute", async () => {
    let lateMs = 0;
    const login = await startLogin({ nowMs: () => Date.now() + lateMs });
    const code = await codeOf(login);
    lateMs = 60_001;
    expect((await exchange(login, { code, codeVerifier: verifier })).status).toBe(400);
  });

  test("counts as a failed attempt when it fails", async () => {
    const login = await startLogin();
    const wrong = { code: "x".repeat(43), codeVerifier: verifier };
    for (let number = 1; number <= 10; number++) expect((await exchange(login, wrong)).status).toBe(400);
    const { status, body } = await exchange(login, wrong);
    expect([status, codesIn(body)]).toEqual([429, ["TOO_MANY_ATTEMPTS"]]);
    await vi.waitFor(() => expect(login.faults).toEqual([]));
  });
});
