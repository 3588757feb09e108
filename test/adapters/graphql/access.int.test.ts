import { describe, expect, test } from "vitest";
import { tokenLifeMaxMs } from "../../../src/domain/access/decide.ts";
import { allEvents } from "../../support/history.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";

const day = 86_400_000;

/** Sends a mutation with an input, as the administrator. No error may come. */
async function change(api: TestApi, mutation: string, input: object) {
  const [name = "", fields = ""] = mutation.split(/ (.*)/s);
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${name}(input: $input) { userErrors { code field } ${fields} } }`;
  const { data, errors } = await api.ask(query, { input });
  expect(errors).toEqual([]);
  return data[name];
}

async function add(api: TestApi, name: string, kind = "SERVICE"): Promise<string> {
  const { principal } = await change(api, "addPrincipal principal { principalId }", { name, kind });
  return principal.principalId;
}

const codes = (payload: { userErrors: readonly { code: string }[] }) =>
  payload.userErrors.map(({ code }) => code);
const asBearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

describe("a principal", () => {
  test("is added, given a role and a token, and can be seen with both", async () => {
    const api = await startApi();
    const principalId = await add(api, "ada", "PERSON");
    await change(api, "grantAccessRole position", { principalId, role: "viewer" });
    const expiresAt = new Date(Date.now() + day).toISOString();
    const issued = await change(api, "issueToken secret secretWasShown token { id name state expiresAt }", {
      principalId,
      name: "laptop",
      expiresAt,
    });
    expect(issued).toMatchObject({
      userErrors: [],
      secretWasShown: false,
      token: { name: "laptop", state: "ACTIVE", expiresAt },
    });

    const { data } = await api.askAs(
      asBearer(issued.secret),
      "{ viewer { principal { name kind roles } token { name } scopes { scope machines { labels { key } } } } }",
    );
    expect(data.viewer).toMatchObject({
      principal: { name: "ada", kind: "PERSON", roles: ["viewer"] },
      token: { name: "laptop" },
    });
    expect(data.viewer.scopes).toContainEqual({ scope: "machines:read", machines: null });
    const found = await api.ask(`{
      principals(search: "role:viewer") { totalCount nodes { name tokens { nodes { name principal { name } } } } }
      tokens(filter: { principal: { eq: "${principalId}" } }) { totalCount facets(by: [STATE]) { values { value count } } }
      accessRoles(filter: { builtIn: true }) { nodes { name revision } }
    }`);
    expect(found.data).toEqual({
      principals: {
        totalCount: 1,
        nodes: [{ name: "ada", tokens: { nodes: [{ name: "laptop", principal: { name: "ada" } }] } }],
      },
      tokens: { totalCount: 1, facets: [{ values: [{ value: "ACTIVE", count: 1 }] }] },
      accessRoles: {
        nodes: ["admin", "auditor", "operator", "viewer"].map((name) => ({ name, revision: -1 })),
      },
    });
  });

  test("has a name that nobody else has", async () => {
    const api = await startApi();
    await add(api, "ada");
    expect(codes(await change(api, "addPrincipal", { name: "ada", kind: "PERSON" }))).toEqual([
      "PRINCIPAL_NAME_TAKEN",
    ]);
    expect(codes(await change(api, "addPrincipal", { name: "a\u202eda", kind: "PERSON" }))).toEqual([
      "INPUT_INVALID",
    ]);
  });

  test("is let in no more while it is disabled", async () => {
    const api = await startApi();
    const caller = await addCaller(api, "ada", { role: "viewer" });
    const { principalId } = caller;
    await change(api, "disablePrincipal principal { disabled }", { principalId });
    expect((await caller.ask("{ position }")).status).toBe(401);
    expect(codes(await change(api, "issueToken", { principalId, name: "x" }))).toEqual([
      "PRINCIPAL_DISABLED",
    ]);
    await change(api, "enablePrincipal principal { disabled }", { principalId });
    expect((await caller.ask("{ position }")).status).toBe(200);
  });
});

describe("the last who may manage access", () => {
  test("keeps that", async () => {
    const api = await startApi();
    const { data } = await api.ask("{ viewer { principal { principalId } } }");
    const { principalId } = data.viewer.principal;
    const revoked = await change(api, "revokeAccessRole", { principalId, role: "admin" });
    expect(revoked.userErrors).toEqual([{ code: "LAST_ADMIN", field: "role" }]);
    const disabled = await change(api, "disablePrincipal", { principalId });
    expect(disabled.userErrors).toEqual([{ code: "LAST_ADMIN", field: "principalId" }]);
  });

  test("does not lose it to another one at the same time", async () => {
    const api = await startApi();
    const { data } = await api.ask("{ viewer { principal { principalId } } }");
    const other = await addCaller(api, "other", { role: "admin" });
    const payloads = await Promise.all(
      [data.viewer.principal.principalId, other.principalId].map((principalId) =>
        change(api, "revokeAccessRole", { principalId, role: "admin" }).catch(() => undefined),
      ),
    );
    const { principals } =
      (await other.ask("{ position }")).status === 200 ? await admins(api, other.token) : { principals: 0 };
    expect(principals).toBe(1);
    expect(payloads.filter((payload) => payload && codes(payload).length === 0)).toHaveLength(1);
  });
});

/** How many principals have the role of administrators, asked by whoever may know. */
async function admins(api: TestApi, token: string): Promise<{ readonly principals: number }> {
  const query = '{ principals(search: "role:admin") { totalCount } }';
  const answers = [await api.ask(query), await api.askAs(asBearer(token), query)];
  const { data } = answers.find(({ errors }) => errors.length === 0) ?? { data: undefined };
  return { principals: data?.principals.totalCount };
}

describe("a token", () => {
  test("is shown once: not again, not in a dry run, and nowhere in the log", async () => {
    const api = await startApi();
    const principalId = await add(api, "robot");
    const input = { principalId, name: "ci", idempotencyKey: "once" };
    const fields = "secret secretWasShown token { tokenId } position plan { events { type } }";
    const rehearsed = await change(api, `issueToken ${fields}`, { ...input, dryRun: true });
    expect(rehearsed).toMatchObject({
      secret: null,
      token: null,
      plan: { events: [{ type: "AccessTokenIssued" }] },
    });
    const first = await change(api, `issueToken ${fields}`, input);
    expect(first.secret).toMatch(/^ilt_/);
    const again = await change(api, `issueToken ${fields}`, input);
    expect(again).toEqual({ ...first, secret: null, secretWasShown: true });
    expect(JSON.stringify(await allEvents(api.store))).not.toContain(first.secret);
    expect((await api.askAs(asBearer(first.secret), "{ position }")).status).toBe(200);
  });

  test("of a person ends within 366 days, and of a service need not", async () => {
    const api = await startApi();
    const person = await add(api, "ada", "PERSON");
    const robot = await add(api, "robot");
    const late = new Date(Date.now() + tokenLifeMaxMs + day).toISOString();
    for (const expiresAt of [null, late, "2020-01-01T00:00:00.000Z"]) {
      const refused = await change(api, "issueToken secret", { principalId: person, name: "x", expiresAt });
      expect([codes(refused), refused.secret]).toEqual([["TOKEN_EXPIRY_INVALID"], null]);
    }
    expect(codes(await change(api, "issueToken", { principalId: robot, name: "x" }))).toEqual([]);
  });

  test("opens nothing any more when it is revoked", async () => {
    const api = await startApi();
    const caller = await addCaller(api, "robot", { role: "viewer" });
    const { token } = await change(api, "revokeToken token { state }", { tokenId: caller.tokenId });
    expect(token).toEqual({ state: "REVOKED" });
    expect((await caller.ask("{ position }")).status).toBe(401);
    const unknown = "01920000-0000-7000-8000-00000000dead";
    expect(codes(await change(api, "revokeToken", { tokenId: unknown }))).toEqual(["TOKEN_UNKNOWN"]);
  });
});

describe("an access role", () => {
  const rules = [{ scopes: ["machines:read"], machines: [{ key: "rack", value: "7" }, { key: "spare" }] }];

  test("is defined, changed and withdrawn, for everybody who has it", async () => {
    const api = await startApi();
    const fields =
      "accessRole { name builtIn withdrawn rules { scopes machines { labels { key value } } } revision }";
    const defined = await change(api, `defineAccessRole ${fields}`, { name: "rack-7", rules });
    expect(defined.accessRole).toEqual({
      name: "rack-7",
      builtIn: false,
      withdrawn: false,
      revision: 0,
      rules: [
        {
          scopes: ["machines:read"],
          machines: {
            labels: [
              { key: "rack", value: "7" },
              { key: "spare", value: null },
            ],
          },
        },
      ],
    });
    const caller = await addCaller(api, "ada", { role: "rack-7" });
    const scopesNow = async () =>
      (await caller.ask("{ viewer { scopes { scope } } }")).data.viewer.scopes.map(
        ({ scope }: { scope: string }) => scope,
      );
    expect(await scopesNow()).toEqual(["machines:read"]);
    await change(api, "defineAccessRole", { name: "rack-7", rules: [{ scopes: ["service:read"] }] });
    expect(await scopesNow()).toEqual(["service:read"]);
    const { accessRole } = await change(api, `withdrawAccessRole ${fields}`, { name: "rack-7" });
    expect(accessRole).toMatchObject({ withdrawn: true, rules: [] });
    expect(await scopesNow()).toEqual([]);
    expect(codes(await change(api, "defineAccessRole", { name: "rack-7", rules }))).toEqual([
      "ACCESS_ROLE_WITHDRAWN",
    ]);
  });

  test.each([
    ["of a name that is built in", { name: "viewer", rules }, "ACCESS_ROLE_BUILT_IN"],
    [
      "with a scope that there is not",
      { name: "x", rules: [{ scopes: ["machines:explode"] }] },
      "INPUT_INVALID",
    ],
    [
      "limited to machines in what is not about machines",
      { name: "x", rules: [{ scopes: ["network:read"], machines: [{ key: "rack" }] }] },
      "ACCESS_RULE_INVALID",
    ],
    [
      "limited by a label that stands twice",
      {
        name: "x",
        rules: [
          {
            scopes: ["machines:read"],
            machines: [
              { key: "rack", value: "7" },
              { key: "rack", value: "8" },
            ],
          },
        ],
      },
      "INPUT_INVALID",
    ],
    [
      "limited by no label",
      { name: "x", rules: [{ scopes: ["machines:read"], machines: [] }] },
      "INPUT_INVALID",
    ],
  ])("is not defined %s", async (_what, input, code) => {
    expect(codes(await change(await startApi(), "defineAccessRole", input))).toEqual([code]);
  });
});

describe("whoever manages access", () => {
  test("gives nobody more than they have", async () => {
    const api = await startApi();
    const manager = await addCaller(api, "manager", {
      rules: [{ scopes: ["access:manage"], machines: null }],
    });
    const principalId = await add(api, "ada");
    const { data } = await api.ask("{ viewer { principal { principalId } } }");
    const { data: answer } = await manager.ask(
      `mutation ($ada: ID!, $admin: ID!) {
        granted: grantAccessRole(input: { principalId: $ada, role: "viewer" }) { userErrors { code field } }
        issued: issueToken(input: { principalId: $admin, name: "x" }) { secret userErrors { code field } }
        defined: defineAccessRole(input: { name: "mine", rules: [{ scopes: ["service:read"] }] }) { userErrors { code field } }
      }`,
      { ada: principalId, admin: data.viewer.principal.principalId },
    );
    const refused = (field: string) => ({ userErrors: [{ code: "ESCALATION_REFUSED", field }] });
    expect(answer).toEqual({
      granted: refused("role"),
      issued: { ...refused("principalId"), secret: null },
      defined: refused("rules"),
    });
  });
});

test("what scopes there are can be asked by everybody", async () => {
  const api = await startApi();
  const nobody = await addCaller(api, "nobody");
  const { data } = await nobody.ask("{ accessScopes { name limitable } }");
  expect(data.accessScopes).toContainEqual({ name: "machines:read", limitable: true });
  expect(data.accessScopes).toContainEqual({ name: "access:manage", limitable: false });
});
