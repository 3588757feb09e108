import { describe, expect, test } from "vitest";
import { withoutSecrets } from "../../src/service/without-secrets.ts";

const token = `ilt_${"aB3-_".repeat(9).slice(0, 43)}`;

describe("a line of the log", () => {
  test.each([
    ["a token in a message", { msg: `token ${token} was refused` }],
    ["a header", { req: { headers: { authorization: `Bearer ${token}` } } }],
    ["a header of another scheme", { err: { message: "sent Basic dXNlcjpodW50ZXIyLXNlY3JldA==" } }],
    ["a token in a stack", { err: { stack: `Error: ${token}\n    at x (y.ts:1:1)` } }],
    ["a cookie", { headers: { cookie: "session=hunter2-secret" } }],
    [
      "cookies that are set",
      { headers: { "set-cookie": ["session=hunter2-secret; Secure", "b=hunter2-secret"] } },
    ],
    [
      "a field that is named so",
      { password: "hunter2-secret", client_secret: 'with "quotes" hunter2-secret' },
    ],
    ["a nonce in a path", { url: `/boot/${"hunter2-secret".repeat(4)}/script.ipxe` }],
    ["the code of a login", { url: "/auth/callback?code=hunter2-secret&state=hunter2-secret" }],
    ["the password of a URL", { msg: "cannot reach https://ada:hunter2-secret@idp.example/token" }],
    ["a private key", { msg: "-----BEGIN PRIVATE KEY-----\nhunter2-secret\n-----END PRIVATE KEY-----\n" }],
  ])("loses %s, and stays JSON", (_what, fields) => {
    const line = `${JSON.stringify({ level: 30, ...fields, after: "kept" })}\n`;
    const written = withoutSecrets(line);
    expect(written).not.toContain(token);
    expect(written).not.toMatch(/hunter2-secret|dXNlcjpodW50ZXIy/);
    expect(written).toContain("[secret]");
    expect(JSON.parse(written)).toMatchObject({ level: 30, after: "kept" });
  });

  test("keeps what only looks similar", () => {
    const line = JSON.stringify({
      msg: "ilt_ bearer of bad news",
      token_id: "0190",
      route: "/boot/:nonce/files/:name",
    });
    expect(withoutSecrets(line)).toBe(line);
  });
});
