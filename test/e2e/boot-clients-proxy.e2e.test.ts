import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventsOf } from "./support/logged-event.ts";
import { createSite, type Site } from "./support/site.ts";
import { type Stations, stationsOn } from "./support/station.ts";
import { storyOf } from "./support/story.ts";
import type { Subject } from "./support/subject.ts";

/*
 * Firmware on a network where dnsmasq leases the addresses and the service only says what to boot. It ends with the
 * script: what that starts is the same as with leases of ours, which other cases follow to the end.
 */

let site: Site;
let stations: Stations;

beforeAll(async () => {
  site = await createSite({
    settings: { wire: { address: "10.77.0.1", dhcp: "proxy" } },
    machinesMax: 3,
  });
  stations = stationsOn(site.network);
  const host = await stations.add("52:54:00:99:03:02");
  await host.run("ip", "address", "add", "10.77.0.2/24", "dev", "eth0");
  const dnsmasq = ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file", "--user=root"];
  const words = ["--port=0", "--log-facility=-", "--leasefile-ro", "--dhcp-range=10.77.0.60,10.77.0.79,1h"];
  await host.start([...dnsmasq, ...words], { logFile: join(site.folder, "dnsmasq.log") });
}, 300_000);

afterAll(async () => {
  await stations?.close();
  await site?.close();
});

async function story({ mac }: Subject): Promise<readonly string[]> {
  return storyOf(eventsOf(mac, await site.readLog()));
}

const discovered = ["  Claimed", "  MachineDiscovered", "  BootScriptServed discovery"];

describe("beside a DHCP server that leases the addresses", { concurrent: true }, () => {
  test("QEMU's iPXE asks on port 4011 for its script", () =>
    site.withMachine({ name: "bios", firmware: "bios" }, async (machine) => {
      await machine.happens("BootScriptServed");
      expect((await story(machine)).slice(0, 4)).toEqual(["PxeRequested ipxe x86-bios", ...discovered]);
    }));

  test("UEFI asks on port 4011 for its loader, and the loader for its script", () =>
    site.withMachine({ name: "uefi-pxe", firmware: "uefi", networkBoot: "firmware" }, async (machine) => {
      await machine.happens("BootScriptServed");
      expect((await story(machine)).slice(0, 6)).toEqual([
        "PxeRequested firmware x64-uefi",
        "  BootFileServed tftp snponly.efi",
        "  PxeRequested ipxe x64-uefi",
        ...discovered,
      ]);
    }));

  test("UEFI HTTP boot takes the loader's URL from the offer", () =>
    site.withMachine(
      { name: "uefi-http", firmware: "uefi", networkBoot: "firmware-http" },
      async (machine) => {
        await machine.happens("BootScriptServed");
        expect((await story(machine)).slice(0, 6)).toEqual([
          "PxeRequested firmware x64-uefi-http",
          "  BootFileServed http snponly.efi",
          "  PxeRequested ipxe x64-uefi",
          ...discovered,
        ]);
      },
    ));
});
