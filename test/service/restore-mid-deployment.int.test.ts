import { spawnSync } from "node:child_process";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Disk } from "../../src/rehearsal/disk.ts";
import type { Machine } from "../../src/rehearsal/machine.ts";
import { sourcesOf, unaccounted } from "../support/accountable.ts";
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
import { type RunningService, startService } from "../support/service-under-test.ts";
import { readStoppedLog, type StoredEvent } from "../support/stopped-log.ts";

const maintenance = join(import.meta.dirname, "../../src/maintenance/main.ts");

let site: RehearsalSite;
let service: RunningService;

beforeEach(async () => {
  site = await createRehearsalSite();
  await start(site.dataDirectory);
  await defineSubnet(service);
});

afterEach(async () => {
  if (service.process.exitCode === null) await service.kill();
  await site.close();
});

async function start(dataDirectory: string): Promise<void> {
  service = await startService(await site.configFor(dataDirectory), join(site.directory, "service.log"));
}

/** A disk that counts how often it is written, and that a test can hold up in the middle of it. */
function watchedDisk() {
  let writes = 0;
  let held = { began: Promise.withResolvers<void>(), goOn: Promise.resolve() };
  const wrap = (disk: Disk): Disk => ({
    ...disk,
    async write(contents) {
      writes++;
      held.began.resolve();
      await held.goOn;
      return disk.write(contents);
    },
  });
  return {
    wrap,
    writes: () => writes,
    /** The next writing waits for the function that comes back, and `began` tells that it waits. */
    hold(): { readonly began: Promise<void>; readonly release: () => void } {
      const goOn = Promise.withResolvers<void>();
      held = { began: Promise.withResolvers(), goOn: goOn.promise };
      return { began: held.began.promise, release: goOn.resolve };
    },
  };
}

async function takeBackup(): Promise<string> {
  const { takeBackup: payload } = await service.graphql(
    'mutation { takeBackup(input: { reason: "in the middle" }) { userErrors { code message } backup { file } } }',
  );
  expect(payload).toMatchObject({ userErrors: [] });
  return (payload as { readonly backup: { readonly file: string } }).backup.file;
}

/** Makes a data directory of a backup, with everything else that a careful operator brings along. */
async function restore(file: string): Promise<string> {
  const restored = join(site.directory, "restored");
  const words = ["restore", "--from", join(site.dataDirectory, "backups", file), "--data", restored];
  const { status, stderr } = spawnSync(process.execPath, [maintenance, ...words], { encoding: "utf8" });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  for (const name of ["api-token", "secrets"]) {
    await cp(join(site.dataDirectory, name), join(restored, name), { recursive: true });
  }
  return restored;
}

/**
 * What a service does on its own account and of no consequence to any machine: it starts, it sees packets, it grants
 * leases, it answers that the disk is to be booted. Whatever else stands in the log of a fenced service is an effect.
 */
const harmless = new Set([
  ...["RestoreDetected", "ServiceStarted", "AccessTokenUsed", "CheckpointSigned"],
  ...["PxeRequested", "PxeRequestsSuppressed", "BootFileServed"],
  ...["LeaseGranted", "LeaseRenewed", "LeaseReleased", "LeaseExpired"],
]);

function effects(events: readonly StoredEvent[]): readonly StoredEvent[] {
  return events.filter(({ type, data }) => {
    if (type === "BootScriptServed") return data["environment"] !== "local-disk";
    return !harmless.has(type);
  });
}

describe("a backup that was taken in the middle of a deployment", () => {
  test("sets nothing in motion when it is restored, and after an epoch only what is ordered anew", async () => {
    const disks = [watchedDisk(), watchedDisk()] as const;
    const writing = await site.machine(0, disks[0].wrap);
    const waiting = await site.machine(1, disks[1].wrap);
    await discoverAndOrder(service, writing, site);
    const waitingId = await discoverAndOrder(service, waiting, site);

    // One machine is writing its disk, the other has its order and was not switched on yet.
    const { began, release } = disks[0].hold();
    const installing = writing.bootOnce();
    await began;
    const file = await takeBackup();
    release();
    expect(await installing).toMatchObject({ agent: { installed: true } });
    expect(await waiting.bootOnce()).toMatchObject({ agent: { installed: true } });
    await service.stop();
    expect(disks.map(({ writes }) => writes())).toEqual([1, 1]);

    const restored = await restore(file);
    await start(restored);
    for (let boot = 0; boot < 2; boot++) await expectDisk(writing, waiting);
    expect(await deploy(waitingId)).toEqual(["SERVICE_FENCED"]);
    await service.stop();
    const fenced = await readStoppedLog(restored);
    expect(effects(fenced.slice(indexOf(fenced, "RestoreDetected")))).toEqual([]);
    expect(disks.map(({ writes }) => writes())).toEqual([1, 1]);

    await start(restored);
    await accepted(service, "startEffectsEpoch", { reason: "compared with the machines" });
    for (const machine of [writing, waiting]) {
      await eventually(async () => (await machineOf(service, machine))?.state === "FAILED" || undefined);
    }
    await expectDisk(writing, waiting);
    expect(await deploy(waitingId)).toEqual([]);
    await expectDisk(writing);
    expect(await waiting.bootOnce()).toMatchObject({ booted: "agent", agent: { installed: true } });
    await expectDisk(writing, waiting);
    expect(disks.map(({ writes }) => writes())).toEqual([1, 2]);

    await service.stop();
    const all = await readStoppedLog(restored);
    const since = all.slice(indexOf(all, "EffectsEpochStarted"));
    const ordered = since.find(({ type }) => type === "BootIntentSet");
    const acted = since.filter(({ type }) => type === "BootIntentServed" || type === "DeploymentStarted");
    expect(acted.map(({ stream, type }) => [stream, type])).toEqual([
      [`machine-${waitingId}`, "BootIntentServed"],
      [`machine-${waitingId}`, "DeploymentStarted"],
    ]);
    expect(new Set(acted.map(({ meta }) => meta.$correlationId))).toEqual(
      new Set([ordered?.meta.$correlationId]),
    );
    // All that machines do is in this log, and each event says who it was, from where, and after what.
    expect(unaccounted(all)).toEqual([]);
    expect(sourcesOf(all)).toEqual(["agent", "boot", "dhcp", "graphql", "system", "tftp"]);
  });
});

async function expectDisk(...machines: readonly Machine[]): Promise<void> {
  for (const machine of machines) expect(await machine.bootOnce()).toEqual({ booted: "disk" });
}

function deploy(machineId: string) {
  const { file, sha256 } = site.image;
  return refusalsOf(service, "deployMachine", {
    machineId,
    environment: "image-deploy",
    image: { file, sha256 },
  });
}

function indexOf(events: readonly StoredEvent[], type: string): number {
  const index = events.findIndex((event) => event.type === type);
  expect(index).toBeGreaterThan(0);
  return index;
}
