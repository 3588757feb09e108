import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Machine } from "../../src/rehearsal/machine.ts";
import { eventually } from "../support/eventually.ts";
import {
  accepted,
  createRehearsalSite,
  defineSubnet,
  discoverAndOrder,
  machineOf,
  type RehearsalSite,
  refusalsOf,
} from "../support/rehearsal-site.ts";
import { commandLinesOf } from "../support/secret-search.ts";
import { leakedSecrets } from "../support/service-secrets.ts";
import { type RunningService, startService } from "../support/service-under-test.ts";

const maintenance = join(import.meta.dirname, "../../src/maintenance/main.ts");

let site: RehearsalSite;
let service: RunningService;
let machine: Machine;
let machineId: string;

/** A service with one machine whose boot intent is live, stopped. */
beforeEach(async () => {
  site = await createRehearsalSite();
  await start(site.dataDirectory);
  await defineSubnet(service);
  machine = await site.machine(0);
  machineId = await discoverAndOrder(service, machine, site);
  await service.stop();
});

afterEach(async () => {
  try {
    const commandLines = await commandLinesOf(service.process.pid ?? 0);
    if (service.process.exitCode === null) await service.kill();
    const directories = ["data", "restored", "copied"]
      .map((name) => join(site.directory, name))
      .filter(isUsed);
    const logFiles = [join(site.directory, "service.log")];
    expect(await leakedSecrets({ directories, logFiles, commandLines })).toEqual([]);
  } finally {
    await site.close();
  }
});

function isUsed(dataDirectory: string): boolean {
  return existsSync(join(dataDirectory, "api-token"));
}

async function start(dataDirectory: string): Promise<void> {
  service = await startService(await site.configFor(dataDirectory), join(site.directory, "service.log"));
}

async function typesOf(stream: string): Promise<readonly string[]> {
  const query =
    "query ($stream: String!) { events(filter: { stream: { eq: $stream } }, first: 100) { nodes { type } } }";
  const { events } = await service.graphql(query, { stream });
  return (events as { readonly nodes: readonly { readonly type: string }[] }).nodes.map(({ type }) => type);
}

function deploy() {
  const { file, sha256 } = site.image;
  return refusalsOf(service, "deployMachine", {
    machineId,
    environment: "image-deploy",
    image: { file, sha256 },
  });
}

/** What a fence holds, and what lifting it does: the same whatever raised it. */
async function expectFence(): Promise<void> {
  expect(await machine.bootOnce()).toEqual({ booted: "disk" });
  expect(await deploy()).toEqual(["SERVICE_FENCED"]);

  await accepted(service, "startEffectsEpoch", { reason: "the state was looked at" });
  expect(await machine.bootOnce()).toEqual({ booted: "disk" });
  await eventually(async () => ((await machineOf(service, machine))?.state === "FAILED" ? true : undefined));
  expect(await typesOf(`machine-${machineId}`)).toEqual(
    expect.arrayContaining(["BootIntentExpired", "DeploymentFailed"]),
  );

  expect(await deploy()).toEqual([]);
  expect(await machine.bootOnce()).toMatchObject({ booted: "agent", agent: { installed: true } });
}

describe("a log that comes from a copy", () => {
  test("is fenced when the restore command made it", async () => {
    const restored = join(site.directory, "restored");
    const words = ["restore", "--from", join(site.dataDirectory, "log/ledger.db"), "--data", restored];
    const { status, stdout } = spawnSync(process.execPath, [maintenance, ...words], { encoding: "utf8" });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("fenced") });

    // The log knows the digests of tokens only: who restores brings the token along.
    await cp(join(site.dataDirectory, "api-token"), join(restored, "api-token"));
    await start(restored);
    expect(await typesOf("system")).toEqual(expect.arrayContaining(["RestoreDetected"]));
    await expectFence();
  });

  test("is fenced when its files were copied", async () => {
    const copied = join(site.directory, "copied");
    await cp(site.dataDirectory, copied, { recursive: true });
    await start(copied);
    await expectFence();
  });

  test("stays fenced over a restart", async () => {
    const copied = join(site.directory, "copied");
    await cp(site.dataDirectory, copied, { recursive: true });
    await start(copied);
    await service.kill();
    await start(copied);
    await expectFence();
  });

  test("cannot be told when the whole directory was rolled back, but positions from after are unknown", async () => {
    const snapshot = await contentsOf(site.dataDirectory);
    await start(site.dataDirectory);
    await accepted(service, "lockMachine", { machineId });
    const { service: later } = await service.graphql("{ service { position } }");
    const after = (later as { readonly position: string }).position;
    await service.stop();
    for (const [file, contents] of snapshot) await writeFile(file, contents);

    await start(site.dataDirectory);
    expect(await typesOf("system")).not.toContain("RestoreDetected");
    const query = "query ($at: EventPosition!) { machines(minPosition: $at) { nodes { id } } }";
    await expect(service.graphql(query, { at: after })).rejects.toThrow("POSITION_UNKNOWN");
  });
});

/** Every file with what is in it. Written back into the same files, it is what a snapshot of the disk does. */
async function contentsOf(directory: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)));
}
