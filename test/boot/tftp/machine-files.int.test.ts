import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sha256Of } from "../../../src/boot/digest.ts";
import { ticketFinder } from "../../../src/boot/http/known-boot.ts";
import { nonceLifeSeconds } from "../../../src/boot/nonce.ts";
import { renderPastScript } from "../../../src/boot/templates/past-script.ts";
import { fillSecrets, type Secrets } from "../../../src/boot/templates/secrets.ts";
import type { TftpFile } from "../../../src/boot/tftp/files.ts";
import { machineFiles } from "../../../src/boot/tftp/machine-files.ts";
import { sharedFiles } from "../../../src/boot/tftp/shared-files.ts";
import { bootCodec, bootStream } from "../../../src/domain/boot/events.ts";
import { machineKind } from "../../../src/domain/machine/decide.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import type { Sha256 } from "../../../src/domain/values/sha256.ts";
import { histories } from "../../support/machine-history.ts";
import { asNew } from "../../support/recording.ts";
import { address, mac, machineId, plan, samples } from "../../support/samples.ts";
import { assets, startBootService } from "../http/boot-service.ts";

const elsewhere = Ipv4.parse("10.77.0.222");

let service: Awaited<ReturnType<typeof startBootService>>;
beforeEach(async () => {
  service = await startBootService();
});
afterEach(() => service.stop());

/** The machine asks DHCP to be booted. */
function boots(client: "firmware" | "ipxe" = "firmware"): void {
  const { tracker, state } = service;
  tracker.requested({ mac, client, xid: state.nowMs % 2 ** 32, isDiscover: true }, state.nowMs);
}

/** What TFTP gives to the machine at `address`, whose firmware asked DHCP to be booted. */
function filesOf(at: { readonly boots: boolean } = { boots: true }) {
  const { tracker, store, clock, nonces, catalogue, content, scripts } = service;
  if (at.boots) boots();
  return machineFiles({
    macAt: (asking) => (asking === address ? mac : undefined),
    ticketOf: ticketFinder({ tracker, reader: store, clock }),
    shared: sharedFiles((error) => expect.unreachable(String(error))),
    ...{ nonces, catalogue, content, scripts, clock },
  });
}

async function textOf(file: TftpFile | undefined): Promise<string> {
  const content = await file?.open();
  if (content?.kind !== "memory") throw new Error("it is not in memory");
  return Buffer.from(content.bytes).toString("utf8");
}

/** How often the machine's intent was served. */
async function servings(): Promise<number> {
  return (await service.types(machineStream(machineId))).filter((type) => type === "BootIntentServed").length;
}

/** What was filled in while the script was sent. */
function secretsIn(text: string): Secrets {
  const nonce = /\/boot\/([\w-]{56})\//.exec(text)?.[1] ?? "";
  return { nonce, discoveryToken: /ironledger\.token=(\S+)/.exec(text)?.[1] ?? "" };
}

/** The allocated machine of the samples, its plan pinned to the environment that is published here. */
function allocated(): readonly MachineEvent[] {
  const image = service.catalogue.current.find(({ version }) => version.name === "image-deploy");
  if (!image) throw new Error("image-deploy is not published");
  const set: MachineEvent = {
    type: "BootIntentSet",
    data: { plan: { ...plan, environment: image.version } },
  };
  return [...histories.ready, samples.MachineAllocated, set];
}

describe("GRUB's configuration", () => {
  test("is the script that was rendered for the interface at the address", async () => {
    const file = await filesOf().find("grub/grub.cfg", address);
    expect(file).toMatchObject({ name: "grub.cfg", sha256: null });
    const text = await textOf(file);
    expect(text).toContain("Ironledger: discovering machine");
    expect(text).toMatch(
      /^linux \(tftp,10\.77\.0\.1\)\/boot\/[\w-]{56}\/files\/discovery\/1\/kernel .* ironledger\.token=[\w-]{40,} /m,
    );
    expect(text).not.toContain("<<");
    expect(file?.size).toBe(text.length);

    const [served] = await vi.waitFor(async () => {
      const events = await service.store.readStream(bootStream(mac));
      expect(events).toHaveLength(1);
      return events;
    });
    expect(served).toMatchObject({ type: "BootScriptServed", data: { environment: "discovery", address } });
    const { inputs, script } = served?.data as { readonly inputs: Sha256; readonly script: Sha256 };
    const again = await renderPastScript(inputs, service);
    expect(sha256Of(again)).toBe(script);
    expect(fillSecrets(again, secretsIn(text))).toBe(text);
  });

  test.each([
    "grub.cfg",
    "debian-installer/arm64/grub/grub.cfg",
    "boot/grub/grub.cfg",
    `grub/grub.cfg-01-${mac.replaceAll(":", "-")}`,
  ])("is found as %s", async (asked) => {
    expect(await textOf(await filesOf().find(asked, address))).toContain("discovering machine");
  });

  test.each([
    "grub/grub.cfg-01-52-54-00-00-00-00",
    "grub/grub.cfg-0A4D0064",
    "grub/grub.cfg.bak",
    "../grub.cfg",
    "a/../grub.cfg",
    ".hidden/grub.cfg",
    "a/b/c/d/e/f/g/h/i/grub.cfg",
    "grub/x86_64-efi/command.lst",
    "grub.cfg\0",
    "",
  ])("is not what %j asks for", async (asked) => {
    expect(await filesOf().find(asked, address)).toBeUndefined();
    expect(await service.types(bootStream(mac))).toEqual([]);
  });
});

describe("who gets GRUB's configuration", () => {
  test("is nobody without a lease, and nobody whose interface is not booting", async () => {
    expect(await filesOf().find("grub/grub.cfg", elsewhere)).toBeUndefined();
    service.state.nowMs += 3_600_000;
    expect(await filesOf({ boots: false }).find("grub/grub.cfg", address)).toBeUndefined();
  });

  test("is a boot that only the log knows, for as long as a nonce lives", async () => {
    const requested = { ...samples.PxeRequested, data: { ...samples.PxeRequested.data, client: "firmware" } };
    const [event] = asNew(bootCodec, [requested as never], service.newId);
    if (!event) throw new Error("nothing was made");
    await service.store.append(bootStream(mac), { expectedRevision: "any", events: [event] });
    const [recorded] = await service.store.readStream(bootStream(mac));
    const files = filesOf({ boots: false });
    service.state.nowMs = (recorded?.time ?? 0) + 1_000 * nonceLifeSeconds;
    expect(await files.find("grub/grub.cfg", address)).toBeUndefined();
    service.state.nowMs -= 1;
    expect(await textOf(await files.find("grub/grub.cfg", address))).toContain("discovering machine");
  });

  test("is nobody in a boot of iPXE, which has a URL for its script: not from memory, not from the log", async () => {
    const files = filesOf();
    boots("ipxe");
    expect(await files.find("grub/grub.cfg", address)).toBeUndefined();
    service.state.nowMs += 3_600_000;
    boots("ipxe");
    expect(await files.find("grub/grub.cfg", address)).toBeUndefined();

    const asked = ["firmware", "ipxe"].map((client) => ({
      ...samples.PxeRequested,
      data: { ...samples.PxeRequested.data, client },
    }));
    const events = asNew(bootCodec, asked as never, service.newId);
    await service.store.append(bootStream(mac), { expectedRevision: "any", events });
    const recorded = (await service.store.readStream(bootStream(mac))).at(-1);
    service.state.nowMs = (recorded?.time ?? 0) + 1;
    const { store, clock } = service;
    const tracker = { current: () => undefined, hasIpxe: () => false };
    expect(await ticketFinder({ tracker, reader: store, clock })(mac)).toBeUndefined();
  });

  test("gets back to the firmware when no script can be made at all", async () => {
    service.state.rendererFails = true;
    expect(await textOf(await filesOf().find("grub.cfg", address))).toBe("exit 1\n");
  });
});

describe("a machine that runs GRUB", () => {
  test("gets one script in a boot, however often it asks, and after five minutes none", async () => {
    await service.machine(allocated());
    const files = filesOf();
    const [one, other] = await Promise.all(
      ["grub.cfg", "grub/grub.cfg"].map((name) => files.find(name, address)),
    );
    expect(one).toBe(other);
    expect(await textOf(one)).toContain("Ironledger: deploying machine");
    service.state.nowMs += 5 * 60_000 - 1;
    expect(await files.find("grub.cfg", address)).toBe(one);
    expect(await servings()).toBe(1);
    service.state.nowMs += 1;
    expect(await files.find("grub.cfg", address)).toBeUndefined();
    expect(await servings()).toBe(1);
  });

  test("uses up no serving of an intent that was set after its boot", async () => {
    await service.machine(histories.ready);
    const files = filesOf();
    expect(await textOf(await files.find("grub.cfg", address))).toContain("booting from the local disk");
    const events = asNew(machineKind.codec, allocated().slice(-2), service.newId);
    await service.store.append(machineStream(machineId), { expectedRevision: "any", events });
    expect(await service.types(machineStream(machineId))).toContain("BootIntentSet");
    for (let minute = 1; minute < 20; minute++) {
      const file = await files.find("grub.cfg", address);
      expect(file === undefined).toBe(minute > 5);
      if (file) expect(await textOf(file)).not.toContain("deploying");
      service.state.nowMs += 60_000;
    }
    expect(await servings()).toBe(0);
  });

  test("gets the script of its run in three boots, and then its disk", async () => {
    await service.machine(allocated());
    const files = filesOf({ boots: false });
    for (let boot = 1; boot <= 3; boot++) {
      service.state.nowMs += 10_000;
      boots();
      expect(await textOf(await files.find("grub.cfg", address))).toContain("deploying machine");
      expect(await servings()).toBe(boot);
    }
    service.state.nowMs += 10_000;
    boots();
    expect(await textOf(await files.find("grub.cfg", address))).toContain("booting from the local disk");
    expect(await servings()).toBe(3);
  });

  test("gets its disk while the log is fenced", async () => {
    await service.machine(allocated());
    service.state.fenced = true;
    expect(await textOf(await filesOf().find("grub.cfg", address))).toContain("booting from the local disk");
    expect(await servings()).toBe(0);
  });
});

describe("a file of a boot environment", () => {
  const pathFor = (at: Ipv4) => `boot/${service.nonce(at)}/files/discovery/1/kernel`;

  test("is read from what is kept", async () => {
    const file = await filesOf().find(pathFor(address), address);
    expect(file).toMatchObject({ name: "discovery/1/kernel", size: assets["agent/vmlinuz"].length });
    const content = await file?.open();
    if (content?.kind !== "stored") throw new Error("it is not read from the store");
    const into = Buffer.alloc(14);
    expect(await content.read(7, into)).toBe(14);
    expect(into.toString()).toBe("kernel kernel ");
    content.close();
  });

  test("is there for the address of its nonce alone, and for a quarter of an hour", async () => {
    const files = filesOf();
    const path = pathFor(address);
    expect(await files.find(path, elsewhere)).toBeUndefined();
    service.state.nowMs += nonceLifeSeconds * 1_000;
    expect(await files.find(path, address)).toBeUndefined();
  });

  test.each([
    ["/1/kernel", "/2/kernel"],
    ["/1/kernel", "/01/kernel"],
    ["/1/kernel", "/1/../kernel"],
    ["/1/kernel", "/1/constructor"],
    ["discovery", "nonsense"],
  ])("is not there when %s is %s", async (part, other) => {
    expect(await filesOf().find(pathFor(address).replace(part, other), address)).toBeUndefined();
  });
});
