import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CliSite, createCliSite } from "./support/site.ts";

const root = join(import.meta.dirname, "../..");
const guide = readFileSync(join(root, "docs/guides/cli.md"), "utf8");
const blocks = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);

let cli: CliSite;
let bin: string;

beforeAll(async () => {
  cli = await createCliSite();
  bin = join(cli.person.home, "bin");
  mkdirSync(bin);
  writeFileSync(
    join(bin, "ironledger"),
    `#!/bin/sh\nexec '${process.execPath}' '${root}/src/cli/main.ts' "$@"\n`,
  );
  chmodSync(join(bin, "ironledger"), 0o755);
  writeFileSync(join(cli.person.home, "token"), cli.service.token);
});

afterAll(() => cli.remove());

/** Runs a block in bash, in the person's home. Only the context says which service it is. */
async function run(block: string) {
  const { IRONLEDGER_SERVER: _server, IRONLEDGER_TOKEN_FILE: _file, ...own } = cli.person.env;
  const script = block
    .replaceAll("http://127.0.0.1:8090", new URL(cli.service.api).origin)
    .replaceAll("/var/lib/ironledger/api-token", cli.tokenFile);
  const env = { ...own, PATH: `${bin}:${own["PATH"]}` };
  const child = spawn("bash", ["-euo", "pipefail", "-c", script], { cwd: cli.person.home, env });
  child.stdin.end();
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, stdout, stderr };
}

test("every command of the guide runs as it is printed", { timeout: 300_000 }, async () => {
  expect(blocks.length).toBeGreaterThan(10);
  for (const block of blocks) {
    const { code, stdout, stderr } = await run(block);
    expect({ block, code, stderr: stderr.match(/ironledger: [A-Z_]+: .*/g) }, stdout).toEqual({
      block,
      code: 0,
      stderr: null,
    });
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
