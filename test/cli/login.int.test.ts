import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { freeTcpPort } from "../../src/rehearsal/ports.ts";
import { eventually } from "../support/eventually.ts";
import { client, type IdentityProvider, startIdentityProvider } from "../support/identity-provider.ts";
import { createSite, type RunningService, type Site, startService } from "../support/service-under-test.ts";
import { createPerson, type Person } from "./support/run-cli.ts";

let site: Site;
let service: RunningService;
let provider: IdentityProvider;
let person: Person;

beforeEach(async () => {
  site = await createSite("assets");
  const port = await freeTcpPort("127.0.0.1");
  const publicUrl = `http://127.0.0.1:${port}`;
  provider = await startIdentityProvider(`${publicUrl}/auth/callback`);
  const secretFile = join(site.directory, "client-secret");
  writeFileSync(secretFile, client.clientSecret, { mode: 0o600 });
  const file = await site.configFor(site.dataDirectory);
  const config = parse(readFileSync(file, "utf8"));
  const oidc = {
    issuer: provider.issuer,
    clientId: client.clientId,
    clientSecretFile: secretFile,
    scopes: ["openid", "profile"],
    roles: { "platform-team": "operator" },
  };
  writeFileSync(file, stringify({ ...config, api: { ...config.api, port, publicUrl }, oidc }));
  service = await startService(file, join(site.directory, "service.log"));
  person = createPerson();
});

afterEach(async () => {
  await service.stop();
  await site.remove();
  person.leave();
});

/** A browser that goes where it is sent, and keeps cookies. */
async function browse(from: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = new URL(from);
  for (let steps = 0; steps < 20; steps += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const text of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null) return answer.text();
    url = new URL(location, url);
  }
  throw new Error("sent around in circles");
}

/** Runs `login` until it shows the page. */
async function startLogin() {
  const login = person.start(["login", "--server", new URL(service.api).origin, "--no-browser"]);
  const page = await eventually(() => /Log in at (\S+)/.exec(login.stderr())?.[1]);
  return { login, page };
}

describe("logging in with a browser", () => {
  test("ends with a token in the context, and a page that may be closed", async () => {
    const { login, page } = await startLogin();
    expect(await browse(page)).toContain("may be closed");
    const { code, stderr } = await login.ended;
    expect(stderr).toMatch(/logged in to http:\S+ as Ada until \S+Z; the token is in context default\n$/);
    expect(code).toBe(0);
    const { stdout } = await person.run(["whoami", "-o", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ principal: { name: "Ada", roles: ["operator"] } });
  });

  test("ends with a reason when the person says no", async () => {
    provider.person = undefined;
    const { login, page } = await startLogin();
    await browse(page);
    const { code, stderr } = await login.ended;
    expect(code).toBe(4);
    expect(stderr).toMatch(/ironledger: LOGIN_REFUSED: the login was refused: access_denied/);
  });

  test("takes no code from a page of another login", async () => {
    const { login, page } = await startLogin();
    const back = new URL(new URL(page).searchParams.get("redirect_uri") ?? "");
    back.search = "code=stolen&state=another";
    await fetch(back);
    const { code, stderr } = await login.ended;
    expect(code).toBe(4);
    expect(stderr).toContain("LOGIN_STATE_WRONG");
  });

  test("ends when the person gives up", async () => {
    const { login } = await startLogin();
    login.child.kill("SIGINT");
    expect((await login.ended).code).toBe(130);
  });
});
