import { type ExecFileException, execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import checkout from "../package.json" with { type: "json" };
import { freeTcpPort, freeUdpPorts } from "../src/rehearsal/ports.ts";

const root = join(import.meta.dirname, "..");

/** Long enough for a registry that is far away. */
const installMs = 240_000;
const rehearsalMs = 180_000;

/** Everything below lies here, and nothing of it above: no `node_modules` of this checkout is found from it. */
let folder: string;
/** The package as npm installed it. */
let installed: string;

interface Ended {
  readonly exitCode: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in the temporary folder. The Node that runs this test is the first one it finds. */
function run(program: string, words: readonly string[], timeoutMs = 60_000): Promise<Ended> {
  const path = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const options = { cwd: folder, env: { ...process.env, PATH: path }, timeout: timeoutMs };
  return new Promise((resolve) => {
    const answer = (error: ExecFileException | null, stdout: string, stderr: string) =>
      resolve({ exitCode: error ? error.code : 0, stdout, stderr });
    execFile(program, words, options, answer);
  });
}

async function mustRun(program: string, words: readonly string[], timeoutMs?: number): Promise<string> {
  const { exitCode, stdout, stderr } = await run(program, words, timeoutMs);
  if (exitCode !== 0) {
    throw new Error(`${program} ${words.join(" ")} ended with ${exitCode}: ${stderr || stdout}`);
  }
  return stdout;
}

function command(name: string): string {
  return join(folder, "site/node_modules/.bin", name);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-package-"));
  installed = join(folder, "site/node_modules/ironledger");
  await mkdir(join(folder, "site"));
  await writeFile(join(folder, "site/package.json"), "{}");
  await mustRun(process.execPath, [join(root, "scripts/build.ts"), "--out", join(folder, "package")]);
  const tarball = (await mustRun("npm", ["pack", "--silent", join(folder, "package")])).trim();
  const quietly = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  // A registry that refuses is told as npm tells it, and not found out when the time is up.
  const soon = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"];
  const install = ["install", "--prefix", join(folder, "site"), ...quietly, ...soon, join(folder, tarball)];
  await mustRun("npm", install, installMs);
}, installMs + 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("packing", () => {
  test("takes what runs and what is read, and nothing else", async () => {
    expect((await readdir(installed)).sort()).toEqual([
      "ARCHITECTURE.md",
      "CHANGELOG.md",
      "CONTRIBUTING.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "agent",
      "bin",
      "docs",
      "examples",
      "package.json",
      "packaging",
      "pages",
      "schema.graphql",
      "src",
      "templates",
    ]);
    const files = await readdir(installed, { recursive: true });
    expect(files.filter((name) => /\.ts$|\.map$/.test(name))).toEqual([]);
  });

  test("takes the unit of systemd, and what browsers load, with their licences", async () => {
    const files = await readdir(installed, { recursive: true });
    const wanted = ["react", "react-dom", "graphiql"].map((name) => `pages/vendor/${name}/LICENSE`);
    expect(files).toEqual(expect.arrayContaining(["packaging/systemd/ironledger.service", ...wanted]));
  });

  test("publishes a manifest without what only a checkout needs", async () => {
    const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
    expect(Object.keys(manifest).sort()).toEqual(
      ["name", "version", "description", "license", "type", "engines", "bin", "dependencies"].sort(),
    );
    expect(manifest.dependencies).toEqual(checkout.dependencies);
    expect(manifest.engines).toEqual({ node: ">=24" });
    const others = await readdir(join(folder, "site/node_modules"));
    expect(others.filter((name) => /^(?:node-linux-|typescript$|vitest$)/.test(name))).toEqual([]);
  });

  test("names nothing of the checkout that it was made in", async () => {
    const entries = await readdir(installed, { recursive: true, withFileTypes: true });
    const files = entries
      // The guides name paths of their own, and a checkout may lie at one of them.
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".md"))
      .map(({ parentPath, name }) => join(parentPath, name));
    expect(files.length).toBeGreaterThan(200);
    const naming = await Promise.all(
      files.map(async (file) => ((await readFile(file)).includes(`${root}/`) ? [file] : [])),
    );
    expect(naming.flat()).toEqual([]);
  });
});

describe("the installed package", () => {
  test("rehearses", { timeout: rehearsalMs }, async () => {
    const rehearsal = await run(command("ironledger-rehearse"), ["--exit"], rehearsalMs);
    expect(rehearsal.stdout, rehearsal.stderr).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(rehearsal.stdout)).toEqual({
      machines: 3,
      deployed: 3,
      duplicate_addresses: 0,
      failed_transfers: 0,
      seconds: expect.any(Number),
    });
    expect(rehearsal.exitCode).toBe(0);
  });

  test.each([
    ["ironledger", ["machnes"], /^ironledger: USAGE: unknown command 'machnes' \(Did you mean machines\?\)/],
    ["ironledger-server", ["--config", "none.yaml"], /^ironledger: none\.yaml: cannot be read/],
    ["ironledger-rehearse", ["--machines", "0"], /^--machines 0: expected/],
    ["ironledger-maintenance", [], /^usage: ironledger-maintenance /],
    ["ironledger-verify", [], /^usage: ironledger-verify /],
    ["ironledger-build-agent", [], /^usage: ironledger-build-agent /],
  ])("%s says what is wrong with its command line", async (name, words, message) => {
    const { exitCode, stdout, stderr } = await run(command(name), words);
    expect(stderr).toMatch(message);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("checks a configuration, and makes no token where there is no log", async () => {
    const config = ["--data-directory", "data", "--wire-address", "127.0.0.1", "--assets-directory", "."];
    const [dhcp, tftp, client] = await freeUdpPorts(3);
    const ports = [
      `--wire-dhcp-port=${dhcp}`,
      `--wire-tftp-port=${tftp}`,
      `--wire-dhcp-client-port=${client}`,
    ];
    const http = [`--wire-http-port=${await freeTcpPort("127.0.0.1")}`, "--api-port=0"];
    const check = await run(command("ironledger-server"), ["config", "check", ...config, ...ports, ...http]);
    expect(check.stdout, check.stderr).toContain("the service can start on this");
    expect(check.exitCode).toBe(0);

    const token = await run(command("ironledger-maintenance"), ["token", "create", "--data", "data"]);
    expect(token.stderr).toContain("ledger.db does not exist");
    expect(token.exitCode).toBe(1);
  });

  test("every command refuses an older Node before it loads what that one cannot", async () => {
    // The launcher of sockets is no command of Node's: it starts one.
    const names = (await readdir(join(installed, "bin"))).filter((name) => name !== "ironledger-sockets");
    expect(names.length).toBe(6);
    for (const name of names) {
      const text = await readFile(join(installed, "bin", name), "utf8");
      const imports = text.match(/^import .*/gm);
      expect(imports, name).toEqual(['import "../src/require-node.mjs";']);
    }
  });
});
