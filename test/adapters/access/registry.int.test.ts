import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { ensureFirstToken } from "../../../src/adapters/access/first-token.ts";
import { catchUp, createKnownAccess } from "../../../src/adapters/access/known-access.ts";
import { openAccessRegistry } from "../../../src/adapters/access/registry.ts";
import { rescueToken } from "../../../src/adapters/access/rescue-token.ts";
import { mintToken, tokenDigest } from "../../../src/adapters/access/token.ts";
import type { AccessCommand } from "../../../src/domain/access/commands.ts";
import { accessKind } from "../../../src/domain/access/decide.ts";
import { accessRoleKind } from "../../../src/domain/access/role.ts";
import { scopes } from "../../../src/domain/access/scopes.ts";
import { commandHandler } from "../../../src/domain/handle-command.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { deriveId, newId } from "../../../src/ids.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { allEvents } from "../../support/history.ts";
import { memoryLog, meta } from "../../support/recording.ts";
import { roleName } from "../../support/samples.ts";

const waiting = { timeout: 20_000, interval: 10 };
const now = () => new Date();
const fail = (error: unknown) => {
  throw error;
};

async function registryOn(reader: EventStore, clock: () => Date = now) {
  const registry = await openAccessRegistry({ reader, clock, onFailure: fail });
  onTestFinished(() => registry.close());
  return registry;
}

async function firstToken(store: EventStore, file: string): Promise<boolean> {
  const handleAccess = commandHandler(accessKind, { store, newId });
  const known = createKnownAccess();
  await catchUp(known, store);
  return ensureFirstToken({ known, handleAccess, clock: now, newId, deriveId, randomBytes, file });
}

/** Sends commands to one principal. */
async function send(store: EventStore, ...commands: readonly AccessCommand[]): Promise<void> {
  const handleAccess = commandHandler(accessKind, { store, newId });
  for (const command of commands) {
    const result = await handleAccess("access-a", command, { meta });
    if (result.outcome === "rejected") throw new Error(result.rejection.message);
  }
}

const addAda = { type: "AddPrincipal", name: "ada", kind: "service" } as const;
const token = mintToken(randomBytes);
const tokenId = newId();
const issue = {
  type: "IssueToken",
  tokenId,
  sha256: tokenDigest(token),
  name: null,
  expiresAtMs: null,
  nowMs: 0,
} as const;

async function typesOf(store: EventStore): Promise<readonly string[]> {
  return (await allEvents(store)).map(({ stream, type }) => `${stream} ${type}`);
}

describe("starting for the first time", () => {
  test("makes an administrator with a token that only the service's user can read", async () => {
    const store = memoryLog();
    const file = join(temporaryDirectory(), "api-token");
    expect(await firstToken(store, file)).toBe(true);
    const first = readFileSync(file, "utf8").trim();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const registry = await registryOn(store);
    const caller = registry.authenticate(`Bearer ${first}`);
    expect(caller).toMatchObject({ name: "operator", kind: "person" });
    expect(caller?.rights().scopes).toEqual(scopes);
    expect(JSON.stringify(await allEvents(store))).not.toContain(first);
  });

  test("happens once: the token stays what it is", async () => {
    const store = memoryLog();
    const file = join(temporaryDirectory(), "api-token");
    await firstToken(store, file);
    const first = readFileSync(file, "utf8");
    expect(await firstToken(store, file)).toBe(false);
    expect(readFileSync(file, "utf8")).toBe(first);
    expect((await allEvents(store)).map(({ type }) => type)).toEqual([
      "PrincipalAdded",
      "AccessRoleGranted",
      "AccessTokenIssued",
    ]);
  });

  test("is completed after it broke off between the principal and its token", async () => {
    const store = memoryLog();
    await send(store, { type: "AddPrincipal", name: "operator", kind: "person" });
    const file = join(temporaryDirectory(), "api-token");
    writeFileSync(file, "a token that the log does not know\n", { mode: 0o644 });
    expect(await firstToken(store, file)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const registry = await registryOn(store);
    const first = readFileSync(file, "utf8").trim();
    expect(registry.authenticate(`Bearer ${first}`)?.name).toBe("operator");
    expect(await typesOf(store)).toEqual([
      "access-a PrincipalAdded",
      "access-a AccessRoleGranted",
      "access-a AccessTokenIssued",
    ]);
  });

  test("records nothing when the file cannot be written", async () => {
    const store = memoryLog();
    const file = join(temporaryDirectory(), "api-token");
    mkdirSync(`${file}.new`);
    await expect(firstToken(store, file)).rejects.toThrow("EISDIR");
    expect(await allEvents(store)).toEqual([]);
  });
});

describe("starting on a log from before there were roles", () => {
  test("makes the first principal an administrator, once", async () => {
    const store = memoryLog();
    await send(store, addAda, issue);
    const file = join(temporaryDirectory(), "api-token");
    expect(await firstToken(store, file)).toBe(false);
    expect(await firstToken(store, file)).toBe(false);
    const registry = await registryOn(store);
    expect(registry.authenticate(`Bearer ${token}`)?.rights().scopes).toEqual(scopes);
    expect((await typesOf(store)).filter((type) => type.includes("Role"))).toEqual([
      "access-a AccessRoleGranted",
    ]);
  });

  test("gives nothing back that was taken", async () => {
    const store = memoryLog();
    const role = roleName;
    await send(store, addAda, issue, { type: "GrantAccessRole", role }, { type: "RevokeAccessRole", role });
    await firstToken(store, join(temporaryDirectory(), "api-token"));
    const registry = await registryOn(store);
    expect(registry.authenticate(`Bearer ${token}`)?.rights().scopes).toEqual([]);
  });
});

describe("making a token when all others are lost", () => {
  const options = { clock: now, newId, randomBytes };
  const kept: string[] = [];
  const keep = async (token: string) => void kept.push(token);

  test("lets a principal of the name in again, disabled or not", async () => {
    const store = memoryLog();
    const handleAccess = commandHandler(accessKind, { store, newId });
    await send(store, addAda, { type: "DisablePrincipal" });
    await rescueToken({ ...options, reader: store, handleAccess, keep, name: "ada", role: roleName });
    const registry = await registryOn(store);
    expect(registry.authenticate(`Bearer ${kept.at(-1)}`)).toMatchObject({ name: "ada", principalId: "a" });
    expect(registry.known.principals.get("a")?.roles).toEqual(new Set([roleName]));
  });

  test("adds a principal of a new name", async () => {
    const store = memoryLog();
    const handleAccess = commandHandler(accessKind, { store, newId });
    await rescueToken({ ...options, reader: store, handleAccess, keep, name: "grace" });
    const registry = await registryOn(store);
    expect(registry.authenticate(`Bearer ${kept.at(-1)}`)?.name).toBe("grace");
    expect(JSON.stringify(await allEvents(store))).not.toContain(kept.at(-1));
  });

  test("keeps the token before the log has anything of it", async () => {
    const store = memoryLog();
    const handleAccess = commandHandler(accessKind, { store, newId });
    const keep = () => Promise.reject(new Error("the disk is full"));
    const made = rescueToken({ ...options, reader: store, handleAccess, keep, name: "grace" });
    await expect(made).rejects.toThrow("the disk is full");
    expect(await allEvents(store)).toEqual([]);
  });

  test("is refused for somebody whom an identity provider vouches for", async () => {
    const store = memoryLog();
    const handleAccess = commandHandler(accessKind, { store, newId });
    const identity = { issuer: "https://id.example", subject: "1" };
    await send(store, { type: "AddPrincipal", name: "ada", kind: "person", identity });
    const before = kept.length;
    const made = rescueToken({ ...options, reader: store, handleAccess, keep, name: "ada" });
    await expect(made).rejects.toThrow("ada is principal a, for whom https://id.example speaks");
    expect(kept).toHaveLength(before);
  });
});

describe("knowing who holds a token", () => {
  test("follows the log: a token counts from its issue to its revocation", async () => {
    const store = memoryLog();
    const registry = await registryOn(store);
    expect(registry.authenticate(`Bearer ${token}`)).toBeUndefined();
    await send(store, addAda, issue);
    await vi.waitUntil(() => registry.authenticate(`Bearer ${token}`)?.name === "ada", waiting);
    expect(registry.authenticate(`Bearer ${mintToken(randomBytes)}`)).toBeUndefined();
    await send(store, { type: "RevokeToken", tokenId });
    await vi.waitUntil(() => registry.authenticate(`Bearer ${token}`) === undefined, waiting);
  });

  test("ends when the token expires", async () => {
    const store = memoryLog();
    await send(store, addAda, { ...issue, expiresAtMs: 1_000 });
    let nowMs = 999;
    const registry = await registryOn(store, () => new Date(nowMs));
    const caller = registry.authenticate(`Bearer ${token}`);
    expect(caller).toMatchObject({ name: "ada", expiresAtMs: 1_000 });
    nowMs = 1_000;
    expect(registry.authenticate(`Bearer ${token}`)).toBeUndefined();
    expect(caller && registry.stillHolds(caller)).toBe(false);
  });
});

describe("what somebody may do", () => {
  test("ends while the principal is disabled", async () => {
    const store = memoryLog();
    await send(store, addAda, issue, { type: "GrantAccessRole", role: roleName });
    const define = {
      type: "DefineAccessRole",
      description: "",
      rules: [{ scopes: ["runs:read"], machines: null }],
    };
    const handleRole = commandHandler(accessRoleKind, { store, newId });
    await handleRole(`accessrole-${roleName}`, define as Parameters<typeof handleRole>[1], { meta });
    const registry = await registryOn(store);
    const caller = registry.authenticate(`Bearer ${token}`);
    expect(caller?.rights().scopes).toEqual(["runs:read"]);
    let changes = 0;
    const stop = registry.onChange(() => changes++);
    await send(store, { type: "DisablePrincipal" });
    await registry.refresh();
    expect(changes).toBe(1);
    expect(registry.authenticate(`Bearer ${token}`)).toBeUndefined();
    expect(caller?.rights().scopes).toEqual([]);
    await send(store, { type: "EnablePrincipal" });
    await registry.refresh();
    expect(caller?.rights().scopes).toEqual(["runs:read"]);
    stop();
    await handleRole(`accessrole-${roleName}`, { type: "WithdrawAccessRole" }, { meta });
    await registry.refresh();
    expect(caller?.rights().scopes).toEqual([]);
    expect(changes).toBe(2);
  });

  test("tells when it cannot follow the log any more", async () => {
    const store = memoryLog();
    const broken = {
      ...store,
      subscribe: () => ({
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("the log broke")) }),
      }),
    };
    const failures: unknown[] = [];
    const registry = await openAccessRegistry({
      reader: broken,
      clock: now,
      onFailure: (error) => failures.push(error),
    });
    await vi.waitUntil(() => failures.length === 1, waiting);
    await registry.close();
  });
});

test("authenticating costs the same for ten thousand tokens as for one", async () => {
  const store = memoryLog();
  const events = Array.from({ length: 10_000 }, (_, index) => ({
    type: "AccessTokenIssued",
    schema: 2,
    id: newId(),
    meta,
    data: { tokenId: newId(), sha256: tokenDigest(`${index}`), expiresAtMs: null, name: null },
  }));
  await send(store, addAda);
  for (let from = 0; from < events.length; from += 500) {
    const stream = `access-${newId()}`;
    const added = {
      ...events[from],
      id: newId(),
      type: "PrincipalAdded",
      schema: 1,
      data: { name: stream, kind: "service" },
    };
    const batch = [added, ...events.slice(from, from + 500)] as Parameters<EventStore["append"]>[1]["events"];
    await store.append(stream, { expectedRevision: "no-stream", events: batch });
  }
  await send(store, issue);
  const registry = await registryOn(store);
  expect(registry.known.tokens.size).toBe(10_001);
  const started = performance.now();
  for (let asked = 0; asked < 1_000; asked++) registry.authenticate(`Bearer ${token}`);
  // Looking at each of the tokens took more than a second for as many.
  expect(performance.now() - started).toBeLessThan(500);
});
