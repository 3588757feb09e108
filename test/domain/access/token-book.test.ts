import { describe, expect, test } from "vitest";
import { accessKind } from "../../../src/domain/access/decide.ts";
import type { AccessEvent } from "../../../src/domain/access/events.ts";
import { noTokens } from "../../../src/domain/access/token-book.ts";
import { digest, samples } from "../../support/samples.ts";

const token = { sha256: digest(1), expiresAtMs: null, name: null, revoked: false, usedAtMs: null };

describe("a book of tokens", () => {
  test("holds what was entered, in this order, and what happened to it", () => {
    const book = noTokens.with("one", token).with("two", token).changed("one", { revoked: true });
    expect([...book]).toEqual([
      ["one", { ...token, revoked: true }],
      ["two", token],
    ]);
    expect(book.get("one")).toEqual({ ...token, revoked: true });
    expect(book.get("none")).toBeUndefined();
  });

  test("stays as it is when another one is made of it", () => {
    const before = noTokens.with("one", token);
    const looked = before.get("one");
    const after = before.changed("one", { usedAtMs: 1 }).with("two", token);
    expect([...after]).toEqual([
      ["one", { ...token, usedAtMs: 1 }],
      ["two", token],
    ]);
    expect([[...before], looked]).toEqual([[["one", token]], token]);
    expect([...noTokens]).toEqual([]);
  });

  test("is the same after something happened to a token that it lacks", () => {
    expect([...noTokens.with("one", token).changed("two", { revoked: true })]).toEqual([["one", token]]);
  });
});

test("a principal with 20,000 tokens is read in a moment", () => {
  const { evolve, initial } = accessKind.decider;
  const issued = Array.from({ length: 20_000 }, (_, number): AccessEvent => {
    const data = { ...samples.AccessTokenIssued.data, tokenId: `token-${number}` };
    return { type: "AccessTokenIssued", data };
  });
  const beganAt = performance.now();
  const principal = issued.reduce(evolve, evolve(initial, samples.PrincipalAdded));
  expect(principal).toMatchObject({ status: "present" });
  expect(principal.status === "present" && [...principal.tokens]).toHaveLength(20_000);
  expect(performance.now() - beganAt).toBeLessThan(5_000);
});
