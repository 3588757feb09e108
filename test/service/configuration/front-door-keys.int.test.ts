import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Config } from "../../../src/config.ts";

const needed = { dataDirectory: "/data", wire: { address: "10.4.0.1" } };
const tls = { certificateFile: "/tls/cert.pem", keyFile: "/tls/key.pem" };
const oidc = { issuer: "https://id.example.com", clientId: "ironledger" };
const publicUrl = "https://ironledger.example.com";

/** What is wrong with a configuration, by key. */
function problemsOf(more: object): readonly string[] {
  const { error } = Config.safeParse({ ...needed, ...more });
  return error?.issues.map(({ path }) => path.join(".")) ?? [];
}

describe("listening beyond loopback", () => {
  const address = "10.4.0.1";

  test("takes TLS, or that somebody says that it goes without", () => {
    expect(problemsOf({ api: { address } })).toEqual(["api.address"]);
    expect(problemsOf({ api: { address, tls } })).toEqual([]);
    expect(problemsOf({ api: { address, insecureApi: true } })).toEqual([]);
  });

  test.each(["0.0.0.0", "::", "10.4.0.1", "fe80::1"])("is what %s does", (beyond) => {
    expect(problemsOf({ api: { address: beyond } })).toEqual(["api.address"]);
  });

  test("is not what loopback is", () => {
    for (const loopback of ["127.0.0.1", "127.8.8.8", "::1"]) {
      expect(problemsOf({ api: { address: loopback } })).toEqual([]);
    }
  });
});

describe("logging in through a provider", () => {
  test("takes a public URL to come back to", () => {
    expect(problemsOf({ oidc })).toEqual(["api.publicUrl"]);
    expect(problemsOf({ oidc, api: { publicUrl } })).toEqual([]);
  });

  test.each([
    ["http://id.example.com", ["oidc.issuer"]],
    ["http://127.evil.example", ["oidc.issuer"]],
    ["http://127.0.0.1:8080", []],
    ["https://id.example.com", []],
    // `config check` prints what is set.
    ["https://ada:secret@id.example.com", ["oidc.issuer"]],
    ["nonsense", ["oidc.issuer"]],
  ])("with the issuer %s has the problems %j", (issuer, problems) => {
    expect(problemsOf({ oidc: { ...oidc, issuer }, api: { publicUrl } })).toEqual(problems);
  });

  test("is configured as the guide prints it", () => {
    const guide = readFileSync(join(import.meta.dirname, "../../../docs/guides/front-door.md"), "utf8");
    const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
    expect(problemsOf(parse(yaml))).toEqual([]);
  });
});

test("running only persisted operations takes a folder of them", () => {
  const api = { onlyPersistedOperations: true };
  expect(problemsOf({ api })).toEqual(["api.operationsDirectory"]);
  expect(problemsOf({ api: { ...api, operationsDirectory: "/operations" } })).toEqual([]);
});
