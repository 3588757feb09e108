import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FakeApi, startFakeApi } from "./support/fake-api.ts";
import { createPerson, type Person } from "./support/run-cli.ts";
import { type CliSite, createCliSite } from "./support/site.ts";

/** What a stranger may call their machine: colours, a window title, a line of its own, text that runs backwards. */
const hostile = "\u001b[31mred\u001b]0;title\u0007\r\nroot#\u202eexe\u009b2J\u{e0041}";
const formula = '=HYPERLINK("http://evil","x")';

/** What a terminal acts on: C0 and C1 controls, and what turns the direction of text around. */
function isActive(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x202a && point <= 0x202e);
}

let api: FakeApi;
let person: Person;

beforeAll(async () => {
  const lease = (address: string, hostname: string) => ({
    address,
    status: "LEASED",
    subnet: "lab",
    holder: { mac: "02:00:00:00:00:01", clientId: null, hostname },
  });
  const nodes = [lease("10.0.0.1", hostile), lease("10.0.0.2", formula), lease("10.0.0.3", "日本")];
  const pageInfo = { hasNextPage: false, hasPreviousPage: false };
  api = await startFakeApi({
    leases: () => ({ nodes, pageInfo }),
    machine: () => {
      throw new Error(hostile);
    },
  });
  person = createPerson({ IRONLEDGER_SERVER: api.server });
});

afterAll(async () => {
  await api.close();
  person.leave();
});

describe("text from the network", () => {
  test.each([
    ["table"],
    ["wide"],
    ["csv"],
    ["json"],
    ["ndjson"],
    ["yaml"],
    ["name"],
  ])("cannot make a terminal do anything in -o %s", async (format) => {
    const { code, stdout } = await person.run([
      "leases",
      "list",
      "-o",
      format,
      "--color",
      "never",
      "--columns",
      "address,hostname",
    ]);
    expect(code).toBe(0);
    expect([...stdout].filter((character) => character !== "\n" && isActive(character))).toEqual([]);
  });

  test("stands in a table as escapes that can be seen, one line for each row", async () => {
    const { stdout } = await person.run(["leases", "list", "--columns", "address,hostname"]);
    expect(stdout.split("\n")).toEqual([
      "ADDRESS   HOSTNAME",
      "10.0.0.1  \\x1b[31mred\\x1b]0;title\\x07\\x0d\\x0aroot#\\u202eexe\\x9b2J\\u{e0041}",
      `10.0.0.2  ${formula}`,
      "10.0.0.3  日本",
      "",
    ]);
  });

  test("is no formula in a spreadsheet", async () => {
    const { stdout } = await person.run([
      "leases",
      "list",
      "-o",
      "csv",
      "--columns",
      "hostname",
      "--filter",
      "x:y",
    ]);
    expect(stdout).toContain(`"'=HYPERLINK(""http://evil"",""x"")"`);
  });

  test("is shown harmless in an error, on one line", async () => {
    const { stderr } = await person.run(["machines", "show", "web-01"]);
    expect([...stderr.trimEnd()].filter(isActive)).toEqual([]);
  });

  test("keeps the columns in line whatever its characters are wide", async () => {
    const { stdout } = await person.run(["leases", "list", "--columns", "hostname,address", "--filter", "x"]);
    const line = stdout.split("\n").find((text) => text.startsWith("日本")) ?? "";
    const other = stdout.split("\n")[0] ?? "";
    expect(line.indexOf("10.0.0.3") + 2).toBe(other.indexOf("ADDRESS"));
  });
});

describe("colours", () => {
  test("are off in a pipe, on when they are asked for, and off when NO_COLOR is set", async () => {
    const coloured = (words: readonly string[], env = {}) =>
      person.run(["leases", "list", ...words], { env }).then(({ stdout }) => stdout.includes("\u001b["));
    expect(await coloured([])).toBe(false);
    expect(await coloured(["--color", "always"])).toBe(true);
    expect(await coloured(["--color", "always"], { NO_COLOR: "1" })).toBe(true);
    expect(await terminal({})).toBe(true);
    expect(await terminal({ NO_COLOR: "1" })).toBe(false);
    expect(await terminal({}, "--color=never")).toBe(false);
  });

  /** Whether a terminal gets colours: `script` gives the command one. */
  async function terminal(
    env: Readonly<Record<string, string>>,
    ...words: readonly string[]
  ): Promise<boolean> {
    const main = `${import.meta.dirname}/../../src/cli/main.ts`;
    const line = `'${process.execPath}' '${main}' leases list ${words.join(" ")}`;
    const { stdout } = await promisify(execFile)("script", ["-qec", line, "/dev/null"], {
      env: { ...person.env, TERM: "xterm", ...env },
    });
    return stdout.includes("\u001b[");
  }
});

describe("the token", () => {
  let cli: CliSite;

  beforeAll(async () => {
    cli = await createCliSite();
  });

  afterAll(() => cli.remove());

  test("is in no argument, and in nothing that is printed", async () => {
    for (const words of [["machines", "list"], ["whoami", "-o", "json"], ["context", "list"], ["nonsense"]]) {
      const ended = await cli.person.run([...words, "--debug", "-v"]);
      expect(ended.stdout + ended.stderr).not.toContain(cli.service.token);
    }
    const { stderr } = await cli.person.run(["machines", "list", "--debug"]);
    expect(stderr).toContain("> POST ");
    expect(stderr).toContain("authorization: Bearer ***");
  });

  test("that is issued is masked where the exchange is shown", async () => {
    await cli.person.run(["principals", "add", "ci", "--kind", "service"]);
    const { stdout, stderr } = await cli.person.run([
      "tokens",
      "issue",
      "ci",
      "--name",
      "x",
      "--expires-in",
      "1h",
      "--debug",
    ]);
    expect(stdout).toMatch(/^\S+\n$/);
    expect(stderr).not.toContain(stdout.trim());
    expect(stderr).toContain('"secret":"***"');
  });

  test("has no option of its own", async () => {
    const { code, stderr } = await cli.person.run(["machines", "list", "--token", "x"]);
    expect(code).toBe(2);
    expect(stderr).toContain("unknown option '--token'");
  });
});
