import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readGuide } from "../support/guide.ts";
import { runAsOperator } from "./support/guide.ts";
import { findLeaks } from "./support/leaks.ts";
import { eventsOf } from "./support/logged-event.ts";
import { buildSignedImage } from "./support/signed-image.ts";
import { createSite, type Site } from "./support/site.ts";
import { storyOf } from "./support/story.ts";
import type { Subject } from "./support/subject.ts";

/*
 * What real firmware boots from the real service: each case is a QEMU machine with the firmware that Debian ships. QEMU's
 * iPXE on BIOS, and UEFI that loads iPXE by TFTP, come in main-job from discovery to their disks.
 *
 * One kind of client is missing. A BIOS that speaks PXE by itself, without iPXE, has no client in Debian to test with:
 * SeaBIOS speaks none, and QEMU's option ROMs are all iPXE. What such a client sends is held by packets that were
 * captured from one, in the unit tests of DHCP and TFTP; that it starts undionly.kpxe was never run.
 */

/** Machines with Secure Boot. Those with 01 behind it get shim, by the class that the guide defines. */
const secured = "52:54:00:5b";

/** Debian's loaders for Arm: shim, and the GRUB that it asks for. */
const armLoaders = ["bootnetaa64.efi", "grubaa64.efi"].map((name) =>
  join("/usr/lib/debian-installer/images/12/arm64/text/debian-installer/arm64", name),
);

let site: Site;

beforeAll(async () => {
  site = await createSite({
    settings: { loaders: { "arm64-uefi": "bootnetaa64.efi" } },
    assets: armLoaders,
    machinesMax: 2,
  });
  const guides = await Promise.all(["secure-boot", "uefi-http-boot"].map(readGuide));
  const blocks = guides
    .flatMap((guide) => guide.blocks("sh"))
    .filter((block) => block.startsWith("ironledger"));
  expect(blocks).toHaveLength(2);
  for (const block of blocks) await runAsOperator(site, block);
}, 300_000);

afterAll(() => site?.close());

/** What loads a loader, by TFTP. */
const signedLoaders = ["  BootFileServed tftp shimx64.efi", "  BootFileServed tftp grubx64.efi"];

/** The whole past of a machine that trusts signatures alone, from its discovery to its own system. */
const securedStory = [
  "PxeRequested firmware x64-uefi",
  "  LeaseGranted",
  ...signedLoaders,
  "  Claimed",
  "  MachineDiscovered",
  "  BootScriptServed discovery",
  "  BootFileServed tftp discovery/1/kernel",
  "  BootFileServed tftp discovery/1/initrd",
  "  InventoryReported",
  "MachineApproved, because it was asked for",
  "MachineAllocated, because it was asked for",
  "BootIntentSet image-deploy signed.img disk-of-secure-boot, because it was asked for",
  "PxeRequested firmware x64-uefi, because of BootIntentSet",
  ...signedLoaders,
  "  BootIntentServed 1",
  "  BootScriptServed image-deploy",
  "  BootFileServed tftp image-deploy/1/kernel",
  "  BootFileServed tftp image-deploy/1/initrd",
  "  BootIntentConsumed",
  "  DeploymentStarted",
  "  DeploymentStageReached writing",
  "  BootFileServed http signed.img",
  "  DeploymentStageReached written",
  "  DeploymentStageReached verifying",
  "  DeploymentStageReached verified",
  "  DeploymentCompleted",
  "PxeRequested firmware x64-uefi, because of DeploymentCompleted",
  ...signedLoaders,
  "  BootScriptServed local-disk",
];

/** What happened to the machine so far, as a story. */
async function story({ mac }: Subject): Promise<readonly string[]> {
  return storyOf(eventsOf(mac, await site.readLog()));
}

/** All cases run side by side, the longest one first. */
describe("firmware that runs nothing without a signature", { concurrent: true }, () => {
  const hardware = { firmware: "secure-boot", networkBoot: "firmware" } as const;

  test("gets from shim over GRUB and Debian's kernel to the agent, and from a signed disk to its system", () =>
    site.withMachine({ ...hardware, name: "secure-boot", mac: `${secured}:01:01` }, async (machine) => {
      const image = await buildSignedImage(site.service.imagesDirectory, site.marker);
      const run = await machine.order(image);
      await machine.happens("DeploymentCompleted", { run });
      await machine.says("Ironledger: booting from the local disk");
      expect(await machine.says(site.marker)).toBe(`${site.marker} efi lockdown=y`);

      const log = eventsOf(machine.mac, await site.readLog());
      const reported = log.find(({ type }) => type === "InventoryReported");
      expect(reported?.data).toMatchObject({ inventory: { firmware: "uefi", secureBoot: true } });
      expect(storyOf(log)).toEqual(securedStory);
    }));

  test("refuses the loader that nobody signed", () =>
    site.withMachine({ ...hardware, name: "unsigned", mac: `${secured}:02:01` }, async (machine) => {
      await machine.happens("BootFileServed", { file: "snponly.efi" });
      await machine.says(/failed to load Boot\d{4} .*: Access Denied/);
      expect(await story(machine)).toEqual([
        "PxeRequested firmware x64-uefi",
        "  LeaseGranted",
        "  BootFileServed tftp snponly.efi",
      ]);
    }));
});

describe("firmware that runs no signature checks", { concurrent: true }, () => {
  test("UEFI loads iPXE by HTTP, which gets its script", () =>
    site.withMachine(
      { name: "uefi-http", firmware: "uefi", networkBoot: "firmware-http" },
      async (machine) => {
        await machine.says(/^Ironledger: discovering machine [0-9a-f-]{36}$/m);
        expect((await story(machine)).slice(0, 7)).toEqual([
          "PxeRequested firmware x64-uefi-http",
          "  LeaseGranted",
          "  BootFileServed http snponly.efi",
          "  PxeRequested ipxe x64-uefi",
          "  Claimed",
          "  MachineDiscovered",
          "  BootScriptServed discovery",
        ]);
      },
    ));

  test("UEFI on Arm loads its shim and GRUB by TFTP, and GRUB the script that was rendered for it", () =>
    site.withMachine({ name: "arm64", firmware: "arm64", networkBoot: "firmware" }, async (machine) => {
      await machine.says(/^Ironledger: discovering machine [0-9a-f-]{36}$/m);
      await machine.says("the agent is built for x86_64, and this is arm64");
      expect(await story(machine)).toEqual([
        "PxeRequested firmware arm64-uefi",
        "  LeaseGranted",
        "  BootFileServed tftp bootnetaa64.efi",
        "  BootFileServed tftp grubaa64.efi",
        "  Claimed",
        "  MachineDiscovered",
        "  BootScriptServed discovery",
      ]);
    }));
});

/** The databases must not be in use when they are searched. */
describe("after all of this", () => {
  test("no secret is where it must not be", async () => {
    expect(await site.service.stop()).toBe(0);
    expect(await findLeaks(site)).toEqual([]);
  });
});
