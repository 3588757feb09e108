import { copyFile, stat, truncate } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { diskDigest } from "./support/disk-image.ts";
import { biosStory, type ExpectedStory, uefiStory } from "./support/expected-stories.ts";
import { findLeaks, machinesThatShowedNonces } from "./support/leaks.ts";
import { eventsOf, type LoggedEvent } from "./support/logged-event.ts";
import { createSite, type Site } from "./support/site.ts";
import { bootsOf, storyOf, titlesOf } from "./support/story.ts";
import type { Subject } from "./support/subject.ts";

const mebibyte = 1024 * 1024;
const diskBytes = 64 * mebibyte;

let site: Site;

beforeAll(async () => {
  site = await createSite();
}, 300_000);

afterAll(() => site?.close());

describe("a machine that was never seen before", { concurrent: true }, () => {
  const kinds = [
    { firmware: "bios", networkBoot: "ipxe-rom", packing: "gzip", grub: "pc", story: biosStory },
    { firmware: "uefi", networkBoot: "firmware", packing: "zstd", grub: "efi", story: uefiStory },
  ] as const;

  test.each(kinds)("with $firmware comes to run from its disk, and keeps doing so", (kind) =>
    site.withMachine({ ...kind, name: kind.firmware, diskBytes }, async (machine) => {
      const { image } = site;
      const run = await machine.order({ file: image[kind.packing], sha256: image.sha256 });
      await machine.happens("DeploymentCompleted", { run });
      await startsFromDisk(machine, kind.grub);
      expect(await diskDigest(machine.disk.file, image.bytes)).toBe(image.sha256);

      const disk = await diskDigest(machine.disk.file, diskBytes);
      await machine.powerOn();
      await startsFromDisk(machine, kind.grub);
      expect(await diskDigest(machine.disk.file, diskBytes)).toBe(disk);

      await expectExplained(machine, run, kind.story);
    }));
});

describe("a power cut", { concurrent: true }, () => {
  test("after the script lets the next boot start over, and complete", () =>
    site.withMachine({ name: "cut-after-script", firmware: "bios" }, async (machine) => {
      const run = await machine.order({ file: site.image.raw, sha256: site.image.sha256 });
      await cutPowerAt(machine, "BootScriptServed", { run });
      await machine.happens("DeploymentCompleted", { run });
      await startsFromDisk(machine, "pc");
      await expectSecondAttempt(machine, run);
    }));

  test("after the initrd lets the next boot start over, and complete", () =>
    site.withMachine({ name: "cut-after-initrd", firmware: "bios" }, async (machine) => {
      const run = await machine.order({ file: site.image.raw, sha256: site.image.sha256 });
      await machine.happens("BootScriptServed", { run });
      await cutPowerAt(machine, "BootFileServed", { file: "image-deploy/1/initrd" });
      await machine.happens("DeploymentCompleted", { run });
      await startsFromDisk(machine, "pc");
      await expectSecondAttempt(machine, run);
    }));

  test("after each of three scripts leaves the machine with its disk", () =>
    site.withMachine({ name: "cut-three-times", firmware: "bios" }, async (machine) => {
      const run = await machine.order({ file: site.image.raw, sha256: site.image.sha256 });
      for (let serving = 1; serving <= 3; serving++) await cutPowerAt(machine, "BootScriptServed", { run });
      await machine.happens("BootScriptServed", { environment: "local-disk" });
      await machine.says("Ironledger: booting from the local disk");
      await expectRun(machine, run, {
        servings: ["BootIntentServed 1", "BootIntentServed 2", "BootIntentServed 3"],
        end: ["BootIntentExpired served-too-often", "DeploymentFailed INTENT_NEVER_CONSUMED"],
        boots: ["INTENT", "INTENT", "INTENT", "INTENT"],
      });
      expect(await site.lookAt(machine)).toMatchObject({ state: "FAILED" });
      expect((await stat(machine.disk.file)).blocks).toBe(0);
    }));

  test("after the agent's hello ends the run, and nothing is written until somebody asks again", () =>
    site.withMachine(
      { name: "cut-while-writing", firmware: "bios", diskBytes: 4 * diskBytes },
      async (machine) => {
        const run = await machine.order(await largeImage());
        await machine.happens("DeploymentStageReached", { stage: "writing" });
        await eventually(async () => (await stat(machine.disk.file)).blocks > 0 || undefined);
        await machine.powerCut();
        const disk = await diskDigest(machine.disk.file, 4 * diskBytes);

        await machine.powerOn();
        const boot = await machine.happens("PxeRequested");
        const failed = await machine.happens("DeploymentFailed", { run, code: "MACHINE_REBOOTED" });
        expect(failed.causationId).toBe(boot.eventId);
        await machine.says("Ironledger: booting from the local disk");
        await machine.powerCut();
        await expectRun(machine, run, {
          servings: ["BootIntentServed 1"],
          end: [...started, "DeploymentStageReached writing", "DeploymentFailed MACHINE_REBOOTED"],
          boots: ["INTENT"],
        });
        expect(await site.lookAt(machine)).toMatchObject({ state: "FAILED" });
        expect(await diskDigest(machine.disk.file, 4 * diskBytes)).toBe(disk);

        await deployWithWrongDigest(machine);
      },
    ));
});

describe("a subscription from before the first power-on", () => {
  test("brings every event of the log, in its order and once", async () => {
    const log = await site.readLog();
    const { feed } = site;
    const complete = () => (feed.events.length >= log.length ? true : undefined);
    await feed.waitUntil(complete, { what: "as many events as the log has", timeoutMs: 60_000 });
    expect(feed.events.slice(0, log.length)).toEqual(log);

    const positions = log.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort());
    for (const ofStream of Map.groupBy(log, ({ stream }) => stream).values()) {
      expect(ofStream.map(({ revision }) => revision)).toEqual([...ofStream.keys()]);
    }
  });
});

/** The databases must not be in use when they are searched, so all cases are searched at once. */
describe("after all of this", () => {
  test("the service stops when it is told to", async () => {
    expect(await site.service.stop()).toBe(0);
  });

  test("no secret is where it must not be", async () => {
    expect(site.remains.commandLines).toContainEqual(expect.stringContaining("src/main.ts"));
    expect(await findLeaks(site)).toEqual([]);
    // The search finds what is there: iPXE shows nonces, on every console.
    const machines = site.remains.consoles.map((file) => basename(dirname(file)));
    expect(await machinesThatShowedNonces(site)).toEqual(new Set(machines));
  });
});

const started = ["BootIntentConsumed", "DeploymentStarted"];
const written = ["writing", "written", "verifying", "verified"].map(
  (stage) => `DeploymentStageReached ${stage}`,
);

/** Waits for the moment, takes the power away in it, and gives it back. */
async function cutPowerAt(machine: Subject, type: string, where: Readonly<Record<string, unknown>>) {
  await machine.happens(type, where);
  await machine.powerCut();
  await machine.powerOn();
}

/** The system says its marker on the serial console, and switches the machine off. */
async function startsFromDisk(machine: Subject, grub: "pc" | "efi"): Promise<void> {
  await machine.says("Ironledger: booting from the local disk");
  expect(await machine.says(site.marker)).toBe(`${site.marker} ${grub}`);
  await machine.waitForPowerOff({ timeoutMs: 60_000 });
  expect(machine.console().text()).not.toContain("Unknown command");
}

/** The log says of everything that happened to the machine why it did. */
async function expectExplained(machine: Subject, run: string, story: ExpectedStory): Promise<void> {
  const events = eventsOf(machine.mac, await site.readLog());
  const { discovery, approval, disk } = story;
  expect(storyOf(events)).toEqual([...discovery, ...approval, ...story.run, ...disk]);
  expect(storyOf(events.filter(({ correlationId }) => correlationId === run))).toEqual(story.run);

  const boots = bootsOf(events);
  expect(events.filter((event) => isStray(event, boots, run))).toEqual([]);
  expect(events.map(({ type }) => type)).toContain("LeaseRenewed");

  // That a lease lapses is no doing of the machine.
  const ofMachine = events.filter(({ type }) => type !== "LeaseExpired");
  const view = await site.lookAt(machine);
  expect(view).toMatchObject({ state: "DEPLOYED", run: { runId: run, state: "COMPLETED" } });
  expect(view.run.boots).toEqual([
    { bootId: boots[1]?.eventId, relation: "INTENT" },
    { bootId: boots[2]?.eventId, relation: "AFTER_END" },
  ]);
  expect(view.timeline.nodes.map(({ type }) => type)).toEqual(ofMachine.map(({ type }) => type));
}

/** What machines send and get belongs to one of their boots, and carries its correlation id or the run's. */
function isStray(event: LoggedEvent, boots: readonly LoggedEvent[], run: string): boolean {
  const { eventId, source, type, causationId, correlationId } = event;
  if (source === "graphql" || type === "LeaseExpired" || boots.some((boot) => boot.eventId === eventId))
    return false;
  const boot = boots.find((each) => each.eventId === causationId);
  return boot === undefined || (correlationId !== boot.correlationId && correlationId !== run);
}

/** The first boot of the run was cut off, the second one did the work, the third one is the disk. */
async function expectSecondAttempt(machine: Subject, run: string): Promise<void> {
  await expectRun(machine, run, {
    servings: ["BootIntentServed 1", "BootIntentServed 2"],
    end: [...started, ...written, "DeploymentCompleted"],
    boots: ["INTENT", "INTENT", "AFTER_END"],
  });
  expect(await site.lookAt(machine)).toMatchObject({ state: "DEPLOYED" });
  expect(await diskDigest(machine.disk.file, site.image.bytes)).toBe(site.image.sha256);
}

interface ExpectedRun {
  readonly servings: readonly string[];
  readonly end: readonly string[];
  readonly boots: readonly string[];
}

/** How the run went, by the events of the machine's own stream, and which boots it is linked to. */
async function expectRun(machine: Subject, run: string, { servings, end, boots }: ExpectedRun) {
  const events = eventsOf(machine.mac, await site.readLog()).filter(
    ({ stream, correlationId }) => stream.startsWith("machine-") && correlationId === run,
  );
  const [allocated, intent, ...titles] = titlesOf(events);
  expect([allocated, intent]).toEqual([
    "MachineAllocated",
    expect.stringMatching(/^BootIntentSet image-deploy /),
  ]);
  expect(titles).toEqual([...servings, ...end]);
  expect((await site.lookAt(machine)).run.boots.map(({ relation }) => relation)).toEqual(boots);
}

/** A machine whose run failed is deployed again; what the operator says of the image is not what it is. */
async function deployWithWrongDigest(machine: Subject): Promise<void> {
  const run = await machine.order({ file: site.image.raw, sha256: "0".repeat(64) });
  await machine.powerOn();
  await machine.happens("DeploymentFailed", { run });
  await expectRun(machine, run, {
    servings: ["BootIntentServed 1"],
    end: [...started, ...written.slice(0, 3), "DeploymentFailed IMAGE_DIGEST_MISMATCH"],
    boots: ["INTENT"],
  });
  expect(await site.lookAt(machine)).toMatchObject({
    state: "FAILED",
    failure: { code: "IMAGE_DIGEST_MISMATCH" },
  });
}

/** The same system with zeros behind it: writing them takes a while. */
async function largeImage() {
  const file = "large.img";
  const path = join(site.service.imagesDirectory, file);
  const bytes = 160 * mebibyte;
  await copyFile(join(site.service.imagesDirectory, site.image.raw), path);
  await truncate(path, bytes);
  return { file, sha256: await diskDigest(path, bytes) };
}
