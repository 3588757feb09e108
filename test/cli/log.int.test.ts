import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { attack } from "../maintenance/evidence.support.ts";
import { type CliSite, createCliSite } from "./support/site.ts";

let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
  const machines = ["02:00:00:00:01:01", "02:00:00:00:01:02", "02:00:00:00:01:03"];
  for (const [index, mac] of machines.entries()) {
    await cli.person.run(["machines", "register", mac, "--name", `web-0${index}`]);
  }
});

afterAll(() => cli.remove());

function ironledger(...words: readonly string[]) {
  return cli.person.run(words);
}

const fileIn = (name: string) => join(cli.person.home, name);

describe("ironledger log verify", () => {
  test("waits for the end, and says what was found", async () => {
    const { code, stdout } = await ironledger("log", "verify", "--views");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^nothing wrong was found$/m),
    });
    expect(stdout).toMatch(/^log [0-9a-f]{16}, incarnation [0-9a-f]{12}: \d+ events, verified at \S+Z$/m);
    expect(stdout).toMatch(/^\d+ read models were compared with the log$/m);
  });

  test("prints JSON", async () => {
    const { stdout } = await ironledger("log", "verify", "-o", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ state: "ENDED", failure: null, views: [] },
      report: { findingCount: 0, findings: [] },
    });
  });
});

test("ironledger log verify ends with 1 on a log that somebody changed, names the event, and knows it later", async () => {
  const changed = await createCliSite();
  onTestFinished(() => changed.remove());
  const verify = (...words: string[]) => changed.person.run(["log", "verify", ...words]);

  const never = await verify("--last");
  expect(never).toMatchObject({
    code: exitCodes.failure.code,
    stderr: expect.stringContaining("never verified"),
  });
  expect((await verify("--cancel")).code).toBe(0);
  expect((await verify("--cancel", "--views")).code).toBe(exitCodes.usage.code);

  attack(changed.site.dataDirectory, "UPDATE event SET type = 'Other' WHERE position = 3");
  const { code, stdout, stderr } = await verify();
  expect(code).toBe(exitCodes.failure.code);
  expect(stdout).toMatch(/^EVENT_CHANGED: position 3, /m);
  expect(stderr).toContain("the log, or a read model, is not as it was written");
  const last = await verify("--last");
  expect([last.code, last.stdout]).toEqual([code, stdout]);
});

describe("ironledger log export of chosen CloudEvents", () => {
  test("takes types and times, and no verifiable file does", async () => {
    const chosen = (...words: string[]) => ironledger("log", "export", "--format", "cloudevents", ...words);
    const claimed = await chosen(
      "--type",
      "Claimed,MachineRegistered",
      "--since",
      "now-1h",
      "--until",
      "now",
    );
    const types = claimed.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).type);
    expect(new Set(types)).toEqual(new Set(["ironledger.Claimed", "ironledger.MachineRegistered"]));
    expect((await chosen("--since", "2100-01-01")).stdout).toBe("");
    const refused = await ironledger("log", "export", "--type", "Claimed");
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain("a verifiable file has every event");
  });
});

describe("ironledger log export", () => {
  test("writes a file that the verifier of exported files takes", async () => {
    const file = fileIn("whole.ndjson");
    const { code, stderr } = await ironledger("log", "export", "--to", file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `the log is in ${file}\n` });
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ count: lines.length - 2 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  test("writes CloudEvents to stdout, from any place in the log", async () => {
    const all = await ironledger("log", "export", "--format", "cloudevents");
    const events = all.stdout.trimEnd().split("\n");
    const { sequence } = JSON.parse(events[2] ?? "");
    const rest = await ironledger("log", "export", "--format", "cloudevents", "--after", sequence);
    expect(rest.stdout.trimEnd().split("\n").slice(0, 3)).toEqual(events.slice(3, 6));
  });

  test.each([0.2, 0.5, 0.9, 1])("goes on with %d of a file", async (share) => {
    const [whole, file] = [fileIn(`whole-${share}`), fileIn(`cut-${share}`)];
    await ironledger("log", "export", "--to", whole);
    const octets = readFileSync(whole);
    writeFileSync(`${file}.part`, octets.subarray(0, Math.floor(octets.length * share)));
    const { code, stderr } = await ironledger("log", "export", "--to", file);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining(`${file}.part`) });
    expect(readFileSync(file).equals(octets)).toBe(true);
  });

  test("begins anew where nothing of the part can be gone on with", async () => {
    const file = fileIn("garbage");
    writeFileSync(`${file}.part`, '{"format":"ironledger-export"');
    expect((await ironledger("log", "export", "--to", file)).code).toBe(0);
    expect(JSON.parse(readFileSync(file, "utf8").split("\n")[0] ?? "")).toMatchObject({ after: 0 });
  });

  test("is refused for a file that exists, and for a part of another export", async () => {
    const file = fileIn("mine");
    writeFileSync(file, "mine");
    const exists = await ironledger("log", "export", "--to", file);
    expect([exists.code, exists.stderr]).toEqual([exitCodes.usage.code, expect.stringContaining("exists")]);
    const other = fileIn("other");
    const events = await ironledger("log", "export", "--format", "cloudevents");
    writeFileSync(`${other}.part`, events.stdout);
    const mixed = await ironledger("log", "export", "--to", other);
    expect([mixed.code, mixed.stderr]).toEqual([
      exitCodes.usage.code,
      expect.stringContaining("is of another export"),
    ]);
    expect(readFileSync(`${other}.part`, "utf8")).toBe(events.stdout);
  });

  test("goes on by itself when the connection breaks", async () => {
    const whole = fileIn("unbroken");
    await ironledger("log", "export", "--to", whole);
    const server = await breakingProxy(700);
    const file = fileIn("broken");
    const { code, stderr } = await cli.person.run([
      ...["log", "export", "--to", file, "--server", server, "--token-file", cli.tokenFile],
    ]);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("trying again") });
    expect(readFileSync(file).equals(readFileSync(whole))).toBe(true);
  });
});

/** Between the person and the service: breaks off each answer after so many octets more than the one before. */
async function breakingProxy(step: number): Promise<string> {
  let allowed = 0;
  const server: Server = createServer(async (request, response) => {
    allowed += step;
    const answer = await fetch(new URL(request.url ?? "", cli.service.api), {
      headers: { authorization: request.headers.authorization ?? "" },
    });
    const octets = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { "content-type": "application/x-ndjson" });
    if (octets.length <= allowed) response.end(octets);
    else response.write(octets.subarray(0, allowed), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
