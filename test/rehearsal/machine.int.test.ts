import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bootFileName, clientArchitecture } from "../../src/boot/dhcp/options/boot.ts";
import { optionEntry } from "../../src/boot/dhcp/options/option.ts";
import type { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { createDisk, type Disk } from "../../src/rehearsal/disk.ts";
import { diskBytes, hardwareOf } from "../../src/rehearsal/hardware.ts";
import { imageContents } from "../../src/rehearsal/image.ts";
import { createMachine, type Machine } from "../../src/rehearsal/machine.ts";
import { startRelay } from "../../src/rehearsal/relay.ts";
import { createTally, type Tally } from "../../src/rehearsal/tally.ts";
import { type FakeBootHttp, startFakeBootHttp } from "./fake-boot-http.ts";
import { type FakeDhcp, fakeServer, startFakeDhcp } from "./fake-dhcp.ts";
import { type FakeTftp, startFakeTftp } from "./fake-tftp.ts";

const address = "127.77.1.21" as Ipv4;
const machineId = "01890a5d-ac96-774b-bcce-b302099a8057";
const localDisk = `#!ipxe
iseq \${platform} efi && goto uefi ||
sanboot --no-describe --drive 0x80
exit 1
:uefi
chain files/grub-local.efi
exit 1
`;

/** A network with all that a machine needs, each part a fake that speaks the real protocol. */
interface Network {
  readonly http: FakeBootHttp;
  readonly tftp: FakeTftp;
  readonly dhcp: FakeDhcp;
  readonly tally: Tally;
  readonly disk: Disk;
  machine(index: number): Machine;
}

let network: Network;
let closers: (() => Promise<void>)[];

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), "rehearsal-machine-"));
  const http = await startFakeBootHttp();
  const tftp = await startFakeTftp(Buffer.alloc(3000, "loader"));
  // The second exchange is iPXE's: only the first one asks for a loader.
  const dhcp = await startFakeDhcp(address, (type, count) => ({
    type: type === "discover" ? "offer" : "ack",
    options: [optionEntry(bootFileName, count <= 2 ? "loader.bin" : `${http.base}/boot/n/script.ipxe`)],
  }));
  const relay = await startRelay({ giaddr: "127.77.0.3" as Ipv4, server: fakeServer, port: dhcp.port });
  const tally = createTally();
  const disk = await createDisk(join(directory, "disk.img"), diskBytes);
  const world = {
    relay,
    tftpPort: tftp.port,
    tally,
    now: () => 0,
    newUuid: () => "5f0e1c1a-8f5d-4bb1-9a4f-0d6f3b2c1a00",
    xid: () => 1,
    signal: AbortSignal.timeout(30_000),
  };
  network = {
    http,
    tftp,
    dhcp,
    tally,
    disk,
    machine: (index) => createMachine(hardwareOf(index, { packages: [] }), disk, world),
  };
  closers = [http.close, tftp.close, relay.close, dhcp.close, () => rm(directory, { recursive: true })];
});

afterEach(async () => {
  for (const close of closers) await close();
});

function serveScript(text: string): void {
  network.http.answer("/boot/n/script.ipxe", () => Buffer.from(text));
}

async function install(): Promise<void> {
  await network.disk.write(
    (async function* () {
      yield imageContents(2048);
    })(),
  );
}

describe("booting from the disk", () => {
  test.each([
    ["BIOS", 0, ["loader.bin"]],
    ["UEFI, which looks at the loader's size first,", 1, ["loader.bin", "loader.bin"]],
  ])("works on %s", async (_, index, loaded) => {
    await install();
    serveScript(localDisk);
    network.http.answer("/boot/n/files/grub-local.efi", () => Buffer.from("grub"));
    expect(await network.machine(index).bootOnce()).toEqual({ booted: "disk" });
    expect(network.tftp.requests.map(([file]) => file)).toEqual(loaded);
    expect(network.tally.failedTransfers).toEqual([]);
  });

  test.each([
    ["BIOS", 0],
    ["UEFI", 1],
  ])("does not work on %s when nothing was installed", async (_, index) => {
    serveScript(localDisk);
    network.http.answer("/boot/n/files/grub-local.efi", () => Buffer.from("grub"));
    expect(await network.machine(index).bootOnce()).toMatchObject({ booted: "nothing" });
  });
});

describe("booting the agent", () => {
  const agentScript = (initrd: string) => `#!ipxe
kernel files/vmlinuz initrd=initrd.img ironledger.server=${network.http.base} ironledger.mode=discover \
ironledger.machine=${machineId} ironledger.token=t ironledger.mac=\${net0/mac}
initrd --name ${initrd} files/initrd.img
boot
`;

  beforeEach(() => {
    network.http.answer("/boot/n/files/vmlinuz", () => Buffer.alloc(100_000));
    network.http.answer("/boot/n/files/initrd.img", () => Buffer.alloc(1000));
    network.http.answer(`/agent/v1/discoveries/${machineId}/inventory`, () => ({ status: "recorded" }));
    network.http.answer(`/agent/v1/discoveries/${machineId}/task`, () => ({ action: "reboot" }));
  });

  test("starts it with the kernel's arguments, and all of it from the leased address", async () => {
    serveScript(agentScript("initrd.img"));
    const end = await network.machine(1).bootOnce();
    expect(end).toEqual({ booted: "agent", agent: { end: "reboot", installed: false } });
    expect(new Set(network.http.seen.map(({ from }) => from))).toEqual(new Set([address]));
    expect(network.dhcp.seen.filter(({ options }) => options.has(clientArchitecture.code))).toHaveLength(4);
    expect(network.dhcp.seen).toHaveLength(6);
  });

  test("stops where a UEFI kernel would not find its initrd", async () => {
    serveScript(agentScript("another.img"));
    expect(await network.machine(1).bootOnce()).toEqual({
      booted: "nothing",
      reason: "the kernel does not find its initrd",
    });
  });

  test("counts a file that is not there, and ends where the script does", async () => {
    serveScript(agentScript("initrd.img"));
    network.http.answer("/boot/n/files/initrd.img", () => 404);
    expect(await network.machine(0).bootOnce()).toEqual({
      booted: "nothing",
      reason: "line 3 of the boot script failed: initrd",
    });
    expect(network.tally.failedTransfers).toEqual(["m001: /boot/n/files/initrd.img: status 404"]);
  });
});

test("a machine without a script ends with the reason", async () => {
  await expect(network.machine(0).bootOnce()).rejects.toThrow("/boot/n/script.ipxe: status 404");
  expect(network.tally.latestStep("m001")).toBe("fetches its boot script");
});
