import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readGuide, shellOf } from "../support/guide.ts";
import { type CliSite, createCliSite } from "./support/site.ts";

const { blocks } = await readGuide("cli");
let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
  writeFileSync(join(cli.person.home, "token"), cli.service.token);
});

afterAll(() => cli.remove());

/** Only the context that the guide sets up says which service it is. */
async function shellWithoutService() {
  const { IRONLEDGER_SERVER: _server, IRONLEDGER_TOKEN_FILE: _file, ...env } = cli.person.env;
  return shellOf({ ...cli, person: { ...cli.person, env } });
}

test("every command of the guide runs as it is printed", { timeout: 300_000 }, async () => {
  const run = await shellWithoutService();
  expect(blocks("sh").length).toBeGreaterThan(10);
  for (const block of blocks("sh")) {
    const { stdout, stderr } = await run(block);
    expect({ block, told: stderr.match(/ironledger: [A-Z_]+: .*/g) }, stdout).toEqual({ block, told: null });
  }
  const { stdout: csv } = await run("cat machines.csv");
  expect(csv).toBe(
    "name,state,mac\nweb-01,REGISTERED,02:00:00:00:00:01\nweb-02,REGISTERED,02:00:00:00:00:02\n",
  );
  const { stdout: why } = await run("ironledger why web-01 --type MachineRegistered");
  expect(why).toMatch(
    /^request \S+ by user:operator through graphql from 127\.0\.0\.1\n└─ \S+ {2}MachineRegistered /,
  );
});
