import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { startFakeApi } from "./support/fake-api.ts";
import { createPerson } from "./support/run-cli.ts";
import { type CliSite, createCliSite } from "./support/site.ts";

let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
  await cli.person.run(["machines", "register", "02:00:00:00:00:01", "--name", "web-01"]);
});

afterAll(() => cli.remove());

/** Each command line, the code it ends with, and what it says on stderr. */
const cases: readonly (readonly [words: string, code: number, stderr: RegExp])[] = [
  ["machines list", exitCodes.ok.code, /^$/],
  [
    "machnes list",
    exitCodes.usage.code,
    /^ironledger: USAGE: unknown command 'machnes' \(Did you mean machines\?\)\n$/,
  ],
  ["get machines", exitCodes.usage.code, /unknown command 'get' \(ironledger --help shows the commands\)\n$/],
  ["help machnes", exitCodes.usage.code, /no command or topic machnes \(did you mean machines\?\)\n$/],
  [
    "machines deploy web-01 --image x.img",
    exitCodes.usage.code,
    /required: --environment <bootenv>, --sha256 <digest> \(ironledger machines deploy --help shows how\)\n$/,
  ],
  [
    "machines deploy web-01 --environment e --image x.img --sha256 aa --yes",
    exitCodes.usage.code,
    /^ironledger: INPUT_INVALID: image\.sha256 "aa": expected 64/,
  ],
  [
    "machines show web-01 --at yesterday",
    exitCodes.usage.code,
    /yesterday is no moment \(write it like now-2h/,
  ],
  ["machines show 10.0.0.99", exitCodes.notFound.code, /\(ironledger leases show 10\.0\.0\.99 tells/],
  ["subnets change lab", exitCodes.usage.code, /nothing to change/],
  [
    "reservations create 10.0.0.9",
    exitCodes.usage.code,
    /say one: INTERFACE, --client-id, --uuid or --circuit/,
  ],
  [
    "reservations create 10.0.0.9 --circuit 0a/0b/0c",
    exitCodes.usage.code,
    /takes CIRCUIT or CIRCUIT\/REMOTE/,
  ],
  [
    "reservations create 10.0.0.9 --circuit 0a/",
    exitCodes.usage.code,
    /INPUT_INVALID: for\.relayCircuit\.remoteId/,
  ],
  ["wait web-01 --for state=reday", exitCodes.usage.code, /state is never reday \(did you mean ready\?\)\n$/],
  ["runs list --machine web-99", exitCodes.notFound.code, /MACHINE_UNKNOWN/],
  ["runs list --machine web-01", exitCodes.ok.code, /^no run is there\n$/],
  ["machines list --filter name:web-99", exitCodes.ok.code, /^no machine matches\n$/],
  [
    "machines list --server localhost:8090",
    exitCodes.usage.code,
    /\(write it like http:\/\/localhost:8090\)\n$/,
  ],
  [
    "machines list --fliter x",
    exitCodes.usage.code,
    /^ironledger: USAGE: unknown option '--fliter' \(Did you mean/,
  ],
  [
    "machines list -o tabel",
    exitCodes.usage.code,
    /^ironledger: USAGE: option '-o, --output <format>' .* invalid/,
  ],
  ["machines list --sort nmae", exitCodes.usage.code, /no such column: nmae \(did you mean name\?\)\n$/],
  ["machines list --limit 0", exitCodes.usage.code, /Expected a number from 1, or all/],
  ["machines list --filter stat:x", exitCodes.usage.code, /INPUT_INVALID: .*column 1.* did you mean state\?/],
  ["machines retire web-01", exitCodes.usage.code, /NOT_CONFIRMED: retiring web-01 cannot be undone/],
  [
    "machines show web-99",
    exitCodes.notFound.code,
    /^ironledger: MACHINE_UNKNOWN: there is no machine web-99 \(/,
  ],
  ["subnets show none", exitCodes.notFound.code, /there is no subnet none/],
  [
    "subnets retire none --yes",
    exitCodes.notFound.code,
    /SUBNET_UNKNOWN: .* \[correlation [0-9a-f-]{36}\]\n$/,
  ],
  [
    "machines lock web-01 --expected-revision 7",
    exitCodes.refused.code,
    /REVISION_MISMATCH: .* \[correlation /,
  ],
  [
    "wait machine/web-01 --for state=ready --timeout 300ms",
    exitCodes.timeout.code,
    /WAIT_TIMEOUT: machine\/web-01 is registered/,
  ],
  [
    "machines list --server http://127.0.0.1:1",
    exitCodes.unavailable.code,
    /SERVER_UNREACHABLE: http:\/\/127.0.0.1:1 /,
  ],
  ["machines list --context none", exitCodes.usage.code, /there is no context none/],
  ["api nonsense", exitCodes.usage.code, /DOCUMENT_INVALID: /],
];

describe("ending", () => {
  test.each(cases)("%s ends with %i", async (line, code, stderr) => {
    const ended = await cli.person.run(line.split(" "));
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stderr).toMatch(stderr);
    expect(ended.stderr.split("\n").length).toBeLessThan(3);
  });

  test("without a valid token it is about access", async () => {
    const { code, stderr } = await cli.person.run(["whoami"], {
      env: { IRONLEDGER_TOKEN_FILE: "", IRONLEDGER_TOKEN: "guess" },
    });
    expect(code).toBe(exitCodes.access.code);
    expect(stderr).toMatch(/^ironledger: UNAUTHENTICATED: .*\(IRONLEDGER_TOKEN was sent: ironledger login/);
  });

  test("without the scope it is about access, and names the scope", async () => {
    const { person } = cli;
    await person.run(["principals", "add", "eve"]);
    await person.run(["principals", "grant", "eve", "viewer"]);
    const { stdout: token } = await person.run([
      "tokens",
      "issue",
      "eve",
      "--name",
      "laptop",
      "--expires-in",
      "1h",
    ]);
    const refused = await person.run(["machines", "lock", "web-01"], {
      env: { IRONLEDGER_TOKEN_FILE: "", IRONLEDGER_TOKEN: token },
    });
    expect(refused).toMatchObject({
      code: exitCodes.access.code,
      stdout: "",
      stderr: expect.stringContaining("machines:approve"),
    });
  });

  test("whoever reads may go: nothing is said, and the code is a broken pipe's", async () => {
    const row = { machineId: "x".repeat(2_000), id: "x" };
    const nodes = Array.from({ length: 200 }, () => row);
    const api = await startFakeApi({
      machines: () => ({ nodes, pageInfo: { hasNextPage: true, endCursor: "c", hasPreviousPage: false } }),
    });
    const person = createPerson({ IRONLEDGER_SERVER: api.server });
    const running = person.start(["machines", "list", "--limit", "all", "-o", "ndjson", "--columns", "id"]);
    await running.shows("xxx");
    running.child.stdout?.destroy();
    const { code, stderr } = await running.ended;
    await api.close();
    person.leave();
    expect({ code, stderr }).toEqual({ code: exitCodes.pipe.code, stderr: "" });
  });

  test("Ctrl-C while following ends with 130", async () => {
    const running = cli.person.start(["events", "tail", "-f", "-n", "1"]);
    await running.shows('"type"');
    running.child.kill("SIGINT");
    expect(await running.ended).toMatchObject({ code: exitCodes.interrupted.code, stderr: "" });
  });
});

describe("the help", () => {
  test("is for a command as for a noun", async () => {
    const { code, stdout } = await cli.person.run(["help", "machines", "approve"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: ironledger machines approve \[options\] \[machines\.\.\.\]\n/);
    expect(await cli.person.run(["machines", "approve", "--help"])).toEqual({ code: 0, stdout, stderr: "" });
  });

  test("is shown to whoever says no verb, on stderr", async () => {
    const { code, stdout, stderr } = await cli.person.run(["machines"]);
    expect({ code, stdout }).toEqual({ code: exitCodes.usage.code, stdout: "" });
    expect(stderr).toContain("Usage: ironledger machines");
  });
});

describe("the codes", () => {
  test("stand in the help and in the guide, all of them and no other", async () => {
    const { stdout } = await cli.person.run(["help", "exit-codes"]);
    const guide = readFileSync(join(import.meta.dirname, "../../docs/reference/cli.md"), "utf8");
    const known = Object.values(exitCodes).map(({ code }) => String(code));
    expect([...stdout.matchAll(/^ {2}(\d+) /gm)].map(([, code]) => code)).toEqual(known);
    const [, section = ""] = guide.split("## Exit codes");
    expect([...section.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => code)).toEqual(known);
  });
});
