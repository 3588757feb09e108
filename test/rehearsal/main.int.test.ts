import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const main = resolve(import.meta.dirname, "../../src/rehearsal/main.ts");

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "rehearsal-main-"));
});

afterEach(() => rm(directory, { recursive: true }));

async function run(...words: readonly string[]) {
  const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { stdout, stderr, exitCode };
}

describe("rehearsing from the command line", () => {
  test("deploys every machine and says so in one line of JSON", { timeout: 180_000 }, async () => {
    const { stdout, stderr, exitCode } = await run("--machines", "2", "--exit");
    expect(stdout, stderr).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(stdout)).toEqual({
      machines: 2,
      deployed: 2,
      duplicate_addresses: 0,
      failed_transfers: 0,
      seconds: expect.any(Number),
    });
    expect(exitCode).toBe(0);
  });

  test("refuses a command line that makes no sense", async () => {
    const { stdout, stderr, exitCode } = await run("--machines", "many");
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^--machines many: expected a number from 1 to 200\n\nUsage: /);
  });

  test("refuses a directory with something in it, and leaves it alone", async () => {
    await writeFile(join(directory, "precious"), "");
    const { stderr, exitCode } = await run("--data", directory);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`--data ${directory}: is not empty`);
  });
});
