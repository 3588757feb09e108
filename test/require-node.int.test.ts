import { type ExecFileException, execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };

const root = join(import.meta.dirname, "..");

/** For NODE_OPTIONS: makes this Node say that it is another, so that nothing here depends on what is installed. */
function pretending(version: string): string {
  const script = `Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}

interface Ended {
  readonly exitCode: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, words: readonly string[], nodeVersion: string): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: pretending(nodeVersion) };
  return new Promise((resolve) => {
    const answer = (error: ExecFileException | null, stdout: string, stderr: string) =>
      resolve({ exitCode: error ? error.code : 0, stdout, stderr });
    execFile(command, words, { cwd: root, env, timeout: 50_000 }, answer);
  });
}

const guarded = ["--import", "./src/require-node.mjs", "-e", "console.log('started')"];
const refusal = /^ironledger needs Node 24 or newer, and this is 20\.19\.2: .+\n$/;

describe("starting on an older Node", () => {
  test.each(["20.19.2", "23.11.1"])("%s is refused with one line and exit code 2", async (version) => {
    const { exitCode, stdout, stderr } = await run(process.execPath, guarded, version);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(`this is ${version}`);
  });

  test.each(["24.0.0", "26.1.0"])("%s is taken", async (version) => {
    expect(await run(process.execPath, guarded, version)).toEqual({
      exitCode: 0,
      stdout: "started\n",
      stderr: "",
    });
  });

  test("npm hands the refusal of a script on", async () => {
    const { exitCode, stderr } = await run("npm", ["start", "--silent"], "20.19.2");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(refusal);
  });

  test("vitest is refused by its configuration", async () => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const words = [vitest, "list", "--filesOnly", "--project", "unit", "architecture"];
    const { exitCode, stderr } = await run(process.execPath, words, "20.19.2");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(refusal);
  });

  test.each(Object.entries(manifest.scripts))("npm run %s asks before anything else", (_, command) => {
    expect(command).toMatch(/^(?:node (?:--import \.\/)?src\/require-node\.mjs |vitest |npm run build )/);
  });
});
