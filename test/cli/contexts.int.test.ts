import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FakeApi, startFakeApi } from "./support/fake-api.ts";
import { createPerson, type Person } from "./support/run-cli.ts";

let api: FakeApi;
let other: FakeApi;
let person: Person;

beforeEach(async () => {
  const viewer = () => ({
    principal: { id: "p", principalId: "p", name: "ada", kind: "PERSON", roles: ["admin"] },
    token: { tokenId: "t", name: "laptop", state: "ACTIVE", issuedAt: "2026-01-01T00:00:00.000Z" },
    scopes: [],
  });
  api = await startFakeApi({ position: () => "p", viewer });
  other = await startFakeApi({ position: () => "p", viewer });
  person = createPerson();
});

afterEach(async () => {
  await api.close();
  await other.close();
  person.leave();
});

function configFile(): string {
  return join(person.home, "config/ironledger/config.yaml");
}

function file(name: string, text: string): string {
  const path = join(person.home, name);
  writeFileSync(path, text);
  return path;
}

/** What the newest request to a service showed. */
function shown({ requests }: FakeApi): string | undefined {
  return requests.at(-1)?.headers.authorization;
}

const ask = ["api", "{ position }"];

describe("contexts", () => {
  test("are made, used, listed and forgotten, in a file that only its owner can read", async () => {
    await person.run([
      "context",
      "set",
      "lab",
      "--server",
      api.server,
      "--token-file",
      file("lab-token", "t1\n"),
    ]);
    await person.run(["context", "set", "prod", "--server", other.server]);
    expect(statSync(configFile()).mode & 0o777).toBe(0o600);

    await person.run(ask);
    expect(shown(api)).toBe("Bearer t1");
    const used = await person.run(["context", "use", "prod"]);
    expect(used.stderr).toBe("prod is in use\n");
    await person.run(ask);
    expect(shown(other)).toBeUndefined();

    const { stdout } = await person.run(["context", "list", "-o", "csv", "--no-headers"]);
    expect(stdout).toContain(`*,prod,${other.server}`);
    await person.run(["context", "remove", "prod"]);
    const { stdout: names } = await person.run(["context", "list", "-o", "name"]);
    expect(names).toBe("context/lab\n");
  });

  test("give way to the environment, and that to a flag", async () => {
    await person.run([
      "context",
      "set",
      "lab",
      "--server",
      api.server,
      "--token-file",
      file("lab-token", "t1"),
    ]);
    const env = { IRONLEDGER_SERVER: other.server, IRONLEDGER_TOKEN: "t2" };
    await person.run(ask, { env });
    expect(shown(other)).toBe("Bearer t2");
    await person.run([...ask, "--server", api.server, "--token-file", file("flag-token", "t3")], { env });
    expect(shown(api)).toBe("Bearer t3");
    await person.run([...ask, "--context", "lab"], { env });
    expect(shown(api)).toBe("Bearer t1");
  });

  test("keep their token from any other server", async () => {
    await person.run(["login", "--token-stdin", "--server", api.server], { input: "t1\n" });
    await person.run([...ask, "--server", other.server]);
    expect(shown(other)).toBeUndefined();
    await person.run(["context", "set", "default", "--server", other.server]);
    await person.run(ask);
    expect(shown(other)).toBeUndefined();
  });
});

describe("contexts that cannot be trusted", () => {
  test("are refused when others can read them", async () => {
    await person.run(["context", "set", "lab", "--server", api.server]);
    chmodSync(configFile(), 0o640);
    const { code, stderr } = await person.run(ask);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `ironledger: CONFIG_EXPOSED: ${configFile()} may hold tokens, and others than you can read or change it (chmod 600 ${configFile()})\n`,
    });
    expect(api.requests).toEqual([]);
  });

  test.each([
    ["contexts: [", /CONFIG_INVALID/],
    ["contexts: { lab: { server: 7 } }", /contexts\.lab\.server: expected text/],
    ["contexts: { lab: { server: 'http://x', tokn: a } }", /contexts\.lab\.tokn: no such key/],
    ["current: [a]", /current: expected a name/],
  ])("are refused when they are %s", async (text, message) => {
    mkdirSync(join(person.home, "config/ironledger"), { recursive: true });
    writeFileSync(configFile(), text, { mode: 0o600 });
    const { code, stderr } = await person.run(ask);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe("logging in and out with a token", () => {
  test("keeps it in the context, and forgets it", async () => {
    const { stderr } = await person.run(["login", "--token-stdin", "--server", api.server], {
      input: "t1\n",
    });
    expect(stderr).toBe(`logged in to ${api.server} as ada; the token is in context default\n`);
    expect(readFileSync(configFile(), "utf8")).toContain("token: t1");
    const { stdout } = await person.run(["whoami", "-o", "name"]);
    expect(stdout).toBe("viewer/ada\n");
    const { stdout: listed } = await person.run(["context", "list"]);
    expect(listed).not.toContain("t1");

    await person.run(["logout"]);
    expect(readFileSync(configFile(), "utf8")).not.toContain("t1");
  });

  test.each([
    ["", /stdin holds no token/],
    ["two words", /stdin holds no token: expected one word/],
  ])("refuses %j", async (input, message) => {
    const { code, stderr } = await person.run(["login", "--token-stdin", "--server", api.server], { input });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("words");
  });
});
