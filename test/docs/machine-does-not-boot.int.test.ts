import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CliSite, createCliSite } from "../cli/support/site.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/guides/machine-does-not-boot.md"), "utf8");
/** Blocks that say `sh elsewhere` need a wire with a machine on it. */
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);

let cli: CliSite;
let bin: string;

beforeAll(async () => {
  cli = await createCliSite();
  bin = join(cli.person.home, "bin");
  mkdirSync(bin);
  const command = join(bin, "ironledger");
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${root}/src/cli/main.ts' "$@"\n`);
  chmodSync(command, 0o755);
});

afterAll(() => cli.remove());

/** Runs a block as it stands, but for where the service and its first token are. @throws when a command fails */
async function run(block: string): Promise<string> {
  const script = block
    .replaceAll("http://127.0.0.1:8090", new URL(cli.service.api).origin)
    .replaceAll("/var/lib/ironledger/api-token", cli.tokenFile);
  const env = { ...cli.person.env, PATH: `${bin}:${cli.person.env["PATH"]}` };
  const options = { cwd: cli.person.home, env, timeout: 60_000 };
  return (await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], options)).stdout;
}

test("every command about the service runs as it is printed", { timeout: 300_000 }, async () => {
  expect(blocks.length).toBeGreaterThan(6);
  const told: string[] = [];
  for (const block of blocks) told.push(await run(block));
  const explanations = told.filter((text) => text.startsWith("52:54:00:00:00:01, no machine's\n"));
  expect(explanations).toHaveLength(2);
  expect(told.join()).toContain("ironledger_wire_up");
});
