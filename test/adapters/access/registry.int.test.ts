import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { ensureFirstToken } from "../../../src/adapters/access/first-token.ts";
import { openAccessRegistry } from "../../../src/adapters/access/registry.ts";
import { mintToken, tokenDigest } from "../../../src/adapters/access/token.ts";
import { accessKind } from "../../../src/domain/access/decide.ts";
import { commandHandler } from "../../../src/domain/handle-command.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { newId } from "../../../src/ids.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { allEvents } from "../../support/history.ts";
import { memoryLog, meta } from "../../support/recording.ts";

const waiting = { timeout: 20_000, interval: 10 };
const fail = (error: unknown) => {
  throw error;
};

async function registryOn(reader: EventStore, clock: () => Date = () => new Date()) {
  const registry = await openAccessRegistry({ reader, clock, onFailure: fail });
  onTestFinished(() => registry.close());
  return registry;
}

function firstToken(store: EventStore, file: string): Promise<boolean> {
  const handleAccess = commandHandler(accessKind, { store, newId });
  return ensureFirstToken({ reader: store, handleAccess, newId, randomBytes, file });
}

describe("starting for the first time", () => {
  test("makes a principal and a token that only the service's user can read", async () => {
    const store = memoryLog();
    const file = join(temporaryDirectory(), "api-token");
    expect(await firstToken(store, file)).toBe(true);
    const token = readFileSync(file, "utf8").trim();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const registry = await registryOn(store);
    expect(registry.authenticate(`Bearer ${token}`)).toEqual({ name: "operator" });
    expect(JSON.stringify(await allEvents(store))).not.toContain(token);
  });

  test("happens once: the token stays what it is", async () => {
    const store = memoryLog();
    const file = join(temporaryDirectory(), "api-token");
    await firstToken(store, file);
    const token = readFileSync(file, "utf8");
    expect(await firstToken(store, file)).toBe(false);
    expect(readFileSync(file, "utf8")).toBe(token);
    expect(await allEvents(store)).toHaveLength(2);
  });

  test("is completed after it broke off between the principal and its token", async () => {
    const store = memoryLog();
    const handleAccess = commandHandler(accessKind, { store, newId });
    await handleAccess("access-a", { type: "AddPrincipal", name: "operator", kind: "person" }, { meta });
    const file = join(temporaryDirectory(), "api-token");
    writeFileSync(file, "a token that the log does not know\n", { mode: 0o644 });
    expect(await firstToken(store, file)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const registry = await registryOn(store);
    expect(registry.authenticate(`Bearer ${readFileSync(file, "utf8").trim()}`)).toEqual({
      name: "operator",
    });
    expect((await allEvents(store)).map(({ stream, type }) => `${stream} ${type}`)).toEqual([
      "access-a PrincipalAdded",
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

describe("knowing who holds a token", () => {
  const token = mintToken(randomBytes);
  const tokenId = newId();
  const issue = { type: "IssueToken", tokenId, sha256: tokenDigest(token) } as const;

  test("follows the log: a token counts from its issue to its revocation", async () => {
    const store = memoryLog();
    const handleAccess = commandHandler(accessKind, { store, newId });
    const registry = await registryOn(store);
    expect(registry.authenticate(`Bearer ${token}`)).toBeUndefined();
    await handleAccess("access-a", { type: "AddPrincipal", name: "ada", kind: "person" }, { meta });
    await handleAccess("access-a", { ...issue, expiresAtMs: null }, { meta });
    await vi.waitUntil(() => registry.authenticate(`Bearer ${token}`)?.name === "ada", waiting);
    expect(registry.authenticate(`Bearer ${mintToken(randomBytes)}`)).toBeUndefined();
    await handleAccess("access-a", { type: "RevokeToken", tokenId }, { meta });
    await vi.waitUntil(() => registry.authenticate(`Bearer ${token}`) === undefined, waiting);
  });

  test("ends when the token expires", async () => {
    const store = memoryLog();
    const handleAccess = commandHandler(accessKind, { store, newId });
    await handleAccess("access-a", { type: "AddPrincipal", name: "ada", kind: "service" }, { meta });
    await handleAccess("access-a", { ...issue, expiresAtMs: 1_000 }, { meta });
    let nowMs = 999;
    const registry = await registryOn(store, () => new Date(nowMs));
    expect(registry.authenticate(`Bearer ${token}`)).toEqual({ name: "ada" });
    nowMs = 1_000;
    expect(registry.authenticate(`Bearer ${token}`)).toBeUndefined();
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
      clock: () => new Date(),
      onFailure: (error) => failures.push(error),
    });
    await vi.waitUntil(() => failures.length === 1, waiting);
    await registry.close();
  });
});
