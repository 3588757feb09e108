import { describe, expect, test } from "vitest";
import { ParamValue, paramBytes, secretIn } from "../../../src/domain/values/param.ts";

const nested = (depth: number): unknown => (depth === 0 ? "x" : [nested(depth - 1)]);

describe("what a param says", () => {
  test.each([
    ["text", "x"],
    ["a number", -1.5],
    ["true", true],
    ["a list", ["a", 1, false]],
    ["a map", { a: { b: ["c"] }, Camel_1: 2 }],
    ["something 8 deep", nested(8)],
  ])("may be %s", (_, value) => {
    expect(ParamValue.parse(value)).toEqual(value);
  });

  test.each([
    ["nothing", null],
    ["nothing in a list", [null]],
    ["no number", Number.NaN],
    ["undefined", undefined],
    ["half of a surrogate pair", "\ud800"],
    ["something 9 deep", nested(9)],
    ["a map with a name that is a trap", JSON.parse('{"__proto__": 1}')],
    ["a map with an empty name", { "": 1 }],
  ])("may not be %s", (_, value) => {
    expect(ParamValue.safeParse(value).success).toBe(false);
  });
});

test("a value is as large as its JSON in UTF-8", () => {
  expect(paramBytes("é")).toBe(4);
  expect(paramBytes({ a: [1, true] })).toBe(14);
});

describe("a param that looks like a secret", () => {
  test.each([
    "password",
    "root_passwd",
    "bmc.pass-word",
    "PWD",
    "token",
    "tokens",
    "client-secret",
    "example.com/api-key",
    "apikey",
    "key",
    "credentials",
    "creds",
    "root-pass",
    "dbpass",
    "rootpw",
    "wpa-psk",
    "passcode",
    "luks-keys",
    "signing-key",
  ])("is found by its name: %s", (key) => {
    expect(secretIn(key, "x")).toBe(key);
  });

  test.each([
    "keyboard",
    "monkey",
    "ssh-public-key",
    "ssh-authorized-keys",
    "ntp-servers",
    "compass",
    "bypass-wan",
    "loop-wd",
  ])("is not %s", (key) => {
    expect(secretIn(key, "x")).toBeUndefined();
  });

  test.each([
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk",
    "-----BEGIN PRIVATE KEY-----",
    "$6$rounds=4096$salt$hash",
    "$y$j9T$salt$hash",
    "http://ada:hunter2@proxy.example:3128/",
    "deb https://:hunter2@apt.example/ stable main",
  ])("is found by what it says: %s", (text) => {
    expect(secretIn("motd", text)).toBe("motd");
    expect(secretIn("motd", { lines: ["x", text] })).toBe("lines");
  });

  test.each([
    "-----BEGIN CERTIFICATE-----",
    "costs $6 a day",
    "http://proxy.example:3128/",
    "http://ada@proxy.example/",
    "ssh-ed25519 AAAAC3Nz ada@example",
  ])("is not %s", (text) => {
    expect(secretIn("motd", text)).toBeUndefined();
  });

  test("is found within maps and lists", () => {
    expect(secretIn("users", [{ name: "ada", apiKey: "x" }])).toBe("apiKey");
    expect(secretIn("users", [{ name: "ada", shells: ["sh"], age: 36, admin: true }])).toBeUndefined();
  });
});
