import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createAccessDesk } from "../../../src/adapters/access/access-desk.ts";
import { createFederatedLogin, type FederatedPerson } from "../../../src/adapters/access/federated-login.ts";
import { recordUses } from "../../../src/adapters/access/record-use.ts";
import { openAccessRegistry } from "../../../src/adapters/access/registry.ts";
import { mintToken, tokenDigest } from "../../../src/adapters/access/token.ts";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { accessStream } from "../../../src/domain/access/events.ts";
import { AccessRoleName } from "../../../src/domain/values/slug.ts";
import { deriveId, newId } from "../../../src/ids.ts";
import { memoryLog, meta, typesOf } from "../../support/recording.ts";

const [viewer, operator, admin] = ["viewer", "operator", "admin"].map((name) =>
  AccessRoleName.parse(name),
) as [AccessRoleName, AccessRoleName, AccessRoleName];
const ada: FederatedPerson = {
  issuer: "https://id.example/realms/fleet",
  subject: "248289761001",
  displayName: "Ada Lovelace",
  roles: [viewer],
  tokenHours: 8,
};

async function login() {
  const store = memoryLog();
  let nowMs = Date.UTC(2026, 0, 2);
  const clock = () => new Date(nowMs);
  const onFailure = (error: unknown) => {
    throw error;
  };
  const registry = await openAccessRegistry({ reader: store, clock, onFailure });
  onTestFinished(() => registry.close());
  const commands = createCommands(store, newId);
  const desk = createAccessDesk({ registry, reader: store });
  const handlers = desk.handlersFor(commands, () => "system");
  const letIn = createFederatedLogin({ handlers, registry, clock, newId, deriveId, randomBytes });
  return {
    store,
    registry,
    commands,
    clock,
    wait: (ms: number) => {
      nowMs += ms;
    },
    letIn: async (person: FederatedPerson) => {
      const result = await letIn(person);
      if (result.outcome === "rejected") throw new Error(result.rejection.code);
      return { ...result, caller: registry.authenticate(`Bearer ${result.token}`) };
    },
  };
}

describe("a login that an identity provider vouches for", () => {
  test("adds the principal with its identity and roles, and lets it in for so many hours", async () => {
    const { store, registry, letIn, wait } = await login();
    const { principalId, caller, token } = await letIn(ada);
    expect(caller).toMatchObject({ name: "Ada Lovelace", kind: "person", principalId });
    expect(caller?.rights().may("machines:read")).toBe(true);
    expect(registry.known.principals.get(principalId)?.identity).toEqual({
      issuer: ada.issuer,
      subject: ada.subject,
    });
    expect(await typesOf(store, accessStream(principalId))).toEqual([
      "PrincipalAdded",
      "PrincipalLinked",
      "AccessRoleGranted",
      "AccessTokenIssued",
    ]);
    wait(8 * 3_600_000);
    expect(registry.authenticate(`Bearer ${token}`)).toBeUndefined();
  });

  test("finds the principal again, whatever it is called now, and sets its roles to exactly those given", async () => {
    const { registry, letIn } = await login();
    const first = await letIn({ ...ada, roles: [viewer, operator] });
    const second = await letIn({ ...ada, displayName: "A. King", roles: [operator] });
    expect(second.principalId).toBe(first.principalId);
    expect(registry.known.principals.get(first.principalId)).toMatchObject({
      name: "Ada Lovelace",
      roles: new Set([operator]),
    });
  });

  test("tells two of the same name apart, and makes any name fit", async () => {
    const { letIn } = await login();
    const first = await letIn(ada);
    const second = await letIn({ ...ada, subject: "2" });
    expect(second.principalId).not.toBe(first.principalId);
    expect(second.caller?.name).toBe(`Ada Lovelace ${second.principalId.slice(-12)}`);
    expect((await letIn({ ...ada, subject: "3", displayName: "  \u202e\n " })).caller?.name).toBe("somebody");
    expect((await letIn({ ...ada, subject: "4", displayName: "x".repeat(500) })).caller?.name).toBe(
      "x".repeat(100),
    );
  });

  test("is refused to a disabled principal, and with a role that there is not", async () => {
    const { commands, letIn } = await login();
    const { principalId } = await letIn(ada);
    await commands.handleAccess(accessStream(principalId), { type: "DisablePrincipal" }, { meta });
    await expect(letIn(ada)).rejects.toThrow("PRINCIPAL_DISABLED");
    await expect(letIn({ ...ada, subject: "2", roles: [AccessRoleName.parse("nonesuch")] })).rejects.toThrow(
      "ACCESS_ROLE_UNKNOWN",
    );
  });

  test("does not take the last administrator away", async () => {
    const { letIn } = await login();
    await letIn({ ...ada, roles: [admin] });
    await expect(letIn(ada)).rejects.toThrow("LAST_ADMIN");
  });
});

describe("many logins of a person", () => {
  test("end the oldest when more than 20 count, and no other token", async () => {
    const { letIn, commands, registry, clock } = await login();
    const first = await letIn(ada);
    const stream = accessStream(first.principalId);
    const secret = mintToken(randomBytes);
    const nowMs = clock().getTime();
    const kept = {
      tokenId: newId(),
      sha256: tokenDigest(secret),
      expiresAtMs: nowMs + 1_000,
      name: "backup",
    };
    await commands.handleAccess(stream, { type: "IssueToken", ...kept, nowMs }, { meta });
    for (let logins = 1; logins < 20; logins++) await letIn(ada);
    expect(registry.authenticate(`Bearer ${first.token}`)).toBeDefined();
    await letIn(ada);
    expect(registry.authenticate(`Bearer ${first.token}`)).toBeUndefined();
    expect(registry.authenticate(`Bearer ${secret}`)).toBeDefined();
  });
});

describe("a change of access", () => {
  test("is asked for its right when its turn has come", async () => {
    const { registry, commands, store, letIn } = await login();
    const { principalId } = await letIn({ ...ada, roles: [admin] });
    const other = await letIn({ ...ada, subject: "2", roles: [admin] });
    const desk = createAccessDesk({ registry, reader: store });
    const first = desk.handlersFor(commands, () => "system");
    const second = desk.handlersFor(commands, () => {
      const rights = registry.rightsOf(other.principalId);
      if (!rights.may("access:manage")) throw new Error("the right is gone");
      return rights;
    });
    const context = { meta: { ...meta, actor: "user:ada" } };
    const revoke = { type: "RevokeAccessRole", role: admin } as const;
    const [taken, late] = await Promise.allSettled([
      first.handleAccess(accessStream(other.principalId), revoke, context),
      second.handleAccess(accessStream(principalId), { type: "DisablePrincipal" }, context),
    ]);
    expect(taken).toMatchObject({ value: { outcome: "accepted" } });
    expect(late).toMatchObject({ reason: new Error("the right is gone") });
    expect(registry.known.principals.get(principalId)?.disabled).toBe(false);
  });
});

describe("recording that a token is used", () => {
  test("happens once in 24 hours, and is what principals show", async () => {
    const { store, registry, commands, clock, wait, letIn } = await login();
    const onFault = vi.fn();
    const record = recordUses({ handlers: commands, clock, newId, onFault });
    const { caller, principalId, tokenId } = await letIn({ ...ada, tokenHours: 48 });
    if (!caller) throw new Error("the login was let in");
    const stream = accessStream(principalId);
    const uses = async () =>
      (await typesOf(store, stream)).filter((type) => type === "AccessTokenUsed").length;
    record(caller, "10.0.0.7");
    record(caller, "10.0.0.8");
    await vi.waitUntil(async () => (await uses()) === 1);
    const [{ meta } = {}] = await store.readStream(stream, { newestOnly: true });
    expect(meta).toMatchObject({ actor: `user:${caller.name}`, sourceAddress: "10.0.0.7" });
    wait(24 * 3_600_000);
    record(caller);
    await vi.waitUntil(async () => (await uses()) === 2);
    await registry.refresh();
    expect(registry.known.principals.get(principalId)?.tokens.get(tokenId)?.usedAtMs).toBe(clock().getTime());
    expect(onFault).not.toHaveBeenCalled();
  });

  test("is done for one token after the other, however many are used at once", async () => {
    const { clock, letIn } = await login();
    const { caller } = await letIn(ada);
    if (!caller) throw new Error("the login was let in");
    let [now, most, all] = [0, 0, 0];
    const record = recordUses({
      handlers: {
        async handleAccess() {
          most = Math.max(most, ++now);
          await setImmediate();
          now--;
          all++;
          return { outcome: "rejected", rejection: { code: "STREAM_BUSY", message: "" } };
        },
      },
      clock,
      newId,
      onFault: () => undefined,
    });
    for (let number = 0; number < 500; number++) record({ ...caller, tokenId: newId() });
    await vi.waitUntil(() => all === 500);
    expect(most).toBe(1);
  });

  test("is tried again with the next use when the log does not take it", async () => {
    const { clock, letIn } = await login();
    const { caller } = await letIn(ada);
    if (!caller) throw new Error("the login was let in");
    const onFault = vi.fn();
    const handleAccess = () => Promise.reject(new Error("LOG_OVERLOADED"));
    const record = recordUses({ handlers: { handleAccess }, clock, newId, onFault });
    record(caller);
    await vi.waitUntil(() => onFault.mock.calls.length === 1);
    record(caller);
    await vi.waitUntil(() => onFault.mock.calls.length === 2);
  });
});
