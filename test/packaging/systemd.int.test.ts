import { execFile, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Config } from "../../src/config.ts";
import { exitCodes } from "../../src/service/exit-codes.ts";

const unitFile = join(import.meta.dirname, "../../packaging/systemd/ironledger.service");
const run = promisify(execFile);

/** Elsewhere these are skipped, and told; under CI a skipped test fails. */
const withSystemd = test.skipIf(spawnSync("systemd-analyze", ["--version"]).status !== 0);

let folder: string;
let unit: string;
/** As systemd reads it, with programs that exist. */
let copy: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-unit-"));
  unit = await readFile(unitFile, "utf8");
  const bin = join(folder, "opt/node_modules/.bin");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "ironledger-server"), "#!/bin/sh\n");
  await chmod(join(bin, "ironledger-server"), 0o755);
  copy = join(folder, "ironledger.service");
  await writeFile(copy, unit.replaceAll("/opt/ironledger", join(folder, "opt")));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function settings(name: string): readonly string[] {
  return [...unit.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value = ""]) => value);
}

withSystemd("systemd finds nothing wrong with the sockets of a wire", async () => {
  const name = "ironledger-eth1.socket";
  const text = await readFile(join(import.meta.dirname, "../../packaging/systemd", name), "utf8");
  await writeFile(join(folder, name), text);
  const words = ["verify", "--recursive-errors=no", join(folder, name), copy];
  const { stdout, stderr } = await run("systemd-analyze", words);
  expect(stdout + stderr).toBe("");
  // Its name in the configuration is the one that the service finds the sockets by.
  expect(text).toMatch(/^FileDescriptorName=eth1\nBindToDevice=eth1$/m);
  // Else a datagram would start the service that an operator has stopped.
  expect(text).toMatch(/^PartOf=ironledger\.service$/m);
});

withSystemd("systemd finds nothing wrong with the unit", async () => {
  const { stdout, stderr } = await run("systemd-analyze", ["verify", "--recursive-errors=no", copy]);
  expect(stdout + stderr).toBe("");
});

withSystemd("the unit leaves little open", async () => {
  const words = ["security", "--offline=true", "--threshold=20", copy];
  const { stdout } = await run("systemd-analyze", words, { env: { ...process.env, SYSTEMD_PAGER: "cat" } });
  expect(stdout).toMatch(/Overall exposure level for ironledger\.service: [01]\.\d OK/);
});

test("what mends itself by no restart is not restarted", () => {
  const codes = settings("RestartPreventExitStatus").flatMap((value) => value.split(" ").map(Number));
  expect(codes).toEqual([exitCodes.unusable, exitCodes.logRefused]);
  expect(settings("Restart")).toEqual(["on-failure"]);
});

test("a stop gets the time that the configuration gives it", () => {
  const wire = { address: "127.0.0.1" };
  const { stopSeconds } = Config.parse({ dataDirectory: "data", wire });
  expect(Number(settings("TimeoutStopSec")[0])).toBeGreaterThan(stopSeconds + 5);
});

test("no more than the right to low ports is given", () => {
  expect(settings("AmbientCapabilities")).toEqual(["CAP_NET_BIND_SERVICE"]);
  expect(settings("CapabilityBoundingSet")).toEqual(["CAP_NET_BIND_SERVICE"]);
  expect(settings("User")).toEqual(["ironledger"]);
});
