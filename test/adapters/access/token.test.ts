import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bearerToken, mintToken, tokenDigest } from "../../../src/adapters/access/token.ts";

describe("minting a token", () => {
  test("gives 256 random bits a recognisable form", () => {
    expect(mintToken((size) => Buffer.alloc(size, 0xff))).toBe(`ilt_${"_".repeat(42)}8`);
    expect(bearerToken(`Bearer ${mintToken(randomBytes)}`)).toBeDefined();
  });
});

describe("reading a token from a header", () => {
  const token = mintToken(randomBytes);

  test("takes the scheme in any case, and nothing but one of our tokens", () => {
    expect(bearerToken(`Bearer ${token}`)).toBe(token);
    expect(bearerToken(`bearer  ${token}`)).toBe(token);
  });

  test.each([
    undefined,
    null,
    7,
    [`Bearer ${token}`],
    "",
    token,
    `Basic ${token}`,
    `Bearer ${token} ${token}`,
    `Bearer ${token}x`,
    `Bearer x${token}`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token}\n`,
  ])("finds none in %j", (header) => {
    expect(bearerToken(header)).toBeUndefined();
  });
});

describe("a token's digest", () => {
  test("is SHA-256 of its text (FIPS 180-4)", () => {
    expect(tokenDigest("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
