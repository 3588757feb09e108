import { describe, expect, test } from "vitest";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { histories } from "../../support/machine-history.ts";
import { otherMac, samples } from "../../support/samples.ts";
import { askedAtMs, binding, defined, lab, reserved, world } from "./world.ts";

describe("explaining what classes and machines set", () => {
  test("says where each setting is from", async () => {
    const { happened, explain } = await world();
    await happened.network(
      { type: "SubnetDefined", data: { subnet: { ...lab, options: [{ code: 42, value: "0a4d0001" }] } } },
      {
        type: "ClientClassDefined",
        data: {
          class: {
            ...samples.ClientClassDefined.data.class,
            match: {
              ...samples.ClientClassDefined.data.class.match,
              vendorClassPrefixes: null,
              macPrefixes: ["52:54:00"],
              subnets: null,
            },
            bootFile: "special.efi",
          },
        },
      },
    );
    await happened.boot(samples.PxeRequested);
    await happened.claim(samples.Claimed);
    await happened.machine(...histories.ready, samples.DhcpOptionsChanged);
    const { dhcp, reasons, outcomes } = await explain();
    expect(dhcp).toMatchObject({
      classes: ["phones"],
      leaseSeconds: 86_400,
      bootFile: "special.efi",
      options: [
        { setting: { code: 42 }, from: "machine" },
        { setting: { code: 150 }, from: "class phones" },
      ],
    });
    expect(outcomes("options")).toEqual([
      "option 42 ntp-servers = 10.77.0.1",
      "option 150 tftp-server-addresses = 10.77.0.5",
    ]);
    expect(reasons("lease-time")).toEqual(["class phones says so"]);
    expect(reasons("boot-file")).toEqual(["class phones sets it"]);
    expect(reasons("class")).toEqual(['macPrefixes ["52:54:00"]']);
  });
});

describe("explaining a script for GRUB", () => {
  test("tells that the boot environment has none", async () => {
    const { happened, explain } = await world();
    const { class: phones } = samples.ClientClassDefined.data;
    const match = { ...phones.match, vendorClassPrefixes: null, macPrefixes: ["52:54:00"], subnets: null };
    const secured = { ...phones, match, bootFile: "shimx64.efi" };
    await happened.network(defined, { type: "ClientClassDefined", data: { class: secured } });
    await happened.boot(samples.PxeRequested);
    await happened.claim(samples.Claimed);
    await happened.machine(...histories.allocated);
    const { dhcp, http, reasons } = await explain();
    expect(dhcp.bootFile).toBe("shimx64.efi");
    expect(http).toMatchObject({ action: "local-disk", why: "refused", environment: null, template: null });
    expect(reasons("answer")[0]).toMatch(/^boot environment image-deploy has no script for GRUB/);
    expect(reasons("environment")[0]).toMatch(/; the loader is taken for GRUB by its name$/);
  });
});

describe("explaining a wire", () => {
  const address = "10.77.0.1" as Ipv4;
  test("where another server leases tells what to boot alone", async () => {
    const { happened, explain } = await world({ wires: [{ name: "hall", address, mode: "proxy" }] });
    await happened.boot(samples.PxeRequested);
    const { dhcp, http } = await explain();
    expect(dhcp).toMatchObject({ outcome: "boot-only", address: null, bootFile: "snponly.efi" });
    expect(http).toMatchObject({ action: "local-disk", why: "policy" });
  });

  test("where another server leases tells the classes of the network behind the relay", async () => {
    const { happened, explain } = await world({ wires: [{ name: "hall", address, mode: "proxy" }] });
    const far = { ...lab, name: "far", cidr: "10.88.0.0/24", ranges: [] } as unknown as typeof lab;
    const { class: phones } = samples.ClientClassDefined.data;
    const match = { ...phones.match, vendorClassPrefixes: null, macPrefixes: null, subnets: [far.name] };
    const there = { ...phones, match, bootFile: "far.efi" };
    await happened.network(
      defined,
      { type: "SubnetDefined", data: { subnet: far } },
      { type: "ClientClassDefined", data: { class: there } },
    );
    await happened.boot(samples.PxeRequested);
    const { dhcp } = await explain({ client: { relay: "10.88.0.1" as Ipv4 } });
    expect(dhcp).toMatchObject({ subnet: "far", classes: [phones.name], bootFile: "far.efi" });
    expect((await explain()).dhcp).toMatchObject({ subnet: "lab", classes: [], bootFile: "snponly.efi" });
  });

  test("where DHCP is off, and one that is not there, say that nobody answers", async () => {
    const { explain } = await world({ wires: [{ name: "hall", address, mode: "off" }] });
    expect((await explain()).outcomes("wire")).toEqual(["hall, where DHCP is off"]);
    expect((await explain({ client: { wire: "attic" } })).outcomes("wire")).toEqual(["none"]);
  });

  test("is found by the relay that brings the messages", async () => {
    const { happened, explain } = await world();
    const far = {
      ...lab,
      name: "far",
      cidr: "10.88.0.0/24",
      ranges: [],
      sharedNetwork: null,
    } as unknown as typeof lab;
    await happened.network(defined, { type: "SubnetDefined", data: { subnet: far } });
    await happened.boot({
      ...samples.PxeRequested,
      data: { ...samples.PxeRequested.data, relay: "10.88.0.1" as Ipv4 },
    });
    const { dhcp, reasons } = await explain();
    expect(dhcp.subnet).toBe("far");
    expect(reasons("subnet")).toEqual(["its messages come by the relay 10.88.0.1 (giaddr)"]);
  });
});

describe("explaining the past", () => {
  test("answers as it was before an intent was set", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    await happened.claim(samples.Claimed);
    const before = await happened.machine(...histories.ready);
    await happened.machine(samples.MachineAllocated, samples.BootIntentSet);
    expect((await explain()).http).toMatchObject({ action: "deploy" });
    const past = await explain({ until: before, atMs: undefined, isNow: false });
    expect(past.http).toMatchObject({ action: "local-disk", why: "no-intent" });
    expect(past.atMs).toBeLessThan(askedAtMs);
  });

  test("answers with the addresses of that time", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    const granted = await happened.address("10.77.0.12", { type: "LeaseGranted", data: binding });
    const other = { ...binding, holder: { ...binding.holder, mac: otherMac } };
    await happened.address("10.77.0.12", { type: "LeaseGranted", data: other });
    const whileReserved = await happened.address("10.77.0.50", reserved);
    await happened.address("10.77.0.50", {
      type: "ReservationRemoved",
      data: { ...reserved.data, reservedFor: null },
    });
    const past = { atMs: askedAtMs, isNow: false } as const;
    expect((await explain({ ...past, until: granted })).dhcp).toMatchObject({
      address: "10.77.0.12",
      addressFrom: "lease",
    });
    expect((await explain({ ...past, until: whileReserved })).dhcp).toMatchObject({
      address: "10.77.0.50",
      addressFrom: "reservation",
    });
    expect((await explain()).dhcp).toMatchObject({ addressFrom: "range" });
  });

  test("does not take what another client had for its own", async () => {
    const { happened, explain } = await world();
    const only = { ...lab, ranges: [{ first: "10.77.0.12", last: "10.77.0.12" }] } as unknown as typeof lab;
    await happened.network({ type: "SubnetDefined", data: { subnet: only } });
    const free = { ...reserved.data, reservedFor: null, holder: { ...binding.holder, mac: otherMac } };
    const then = await happened.address("10.77.0.12", { type: "LeaseReleased", data: free });
    await happened.address("10.77.0.12", reserved);
    const past = await explain({ until: then, atMs: askedAtMs, isNow: false });
    expect(past.dhcp).toMatchObject({ outcome: "offer", address: null, addressFrom: "range" });
  });

  test("knows the client as it was then", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    const bios = {
      ...samples.PxeRequested.data,
      architecture: "x86-bios",
      vendorClass: "PXEClient",
    } as const;
    const then = await happened.boot({ type: "PxeRequested", data: bios });
    await happened.boot(samples.PxeRequested);
    const past = await explain({ until: then, atMs: askedAtMs, isNow: false });
    expect(past.dhcp.bootFile).toBe("undionly.kpxe");
    expect((await explain()).dhcp.bootFile).toBe("snponly.efi");
  });
});
