import { describe, expect, test } from "vitest";
import type { ClientClass, ClientMatch } from "../../../src/domain/network/client-class.ts";
import { networkCodec } from "../../../src/domain/network/events.ts";
import type { Subnet } from "../../../src/domain/network/subnet.ts";
import { ada, bob, dhcpService, hourMs, lab, lease, mac, wire } from "./support.ts";

const anybody: ClientMatch = {
  architectures: null,
  vendorClassPrefixes: null,
  userClasses: null,
  macPrefixes: null,
  relayCircuits: null,
  relayRemotes: null,
  machineLabels: null,
  subnets: null,
};

function clientClass(
  name: string,
  match: Partial<ClientMatch>,
  more: Partial<ClientClass> = {},
): ClientClass {
  const nothing = { priority: 0, leaseSeconds: null, options: [], bootFile: null };
  return { name: name as never, match: { ...anybody, ...match }, ...nothing, ...more };
}

/** Option 42, NTP servers. */
const ntp = (hex: string) => ({ code: 42, value: hex });

async function serving(classes: readonly ClientClass[], subnet: Subnet = lab) {
  const service = await dhcpService({ subnets: [subnet] });
  for (const each of classes) {
    await service.happened(
      "network",
      networkCodec.write({ type: "ClientClassDefined", data: { class: each } }),
    );
  }
  async function offered(...message: Parameters<typeof ada>) {
    const reply = await service.service.respond(ada(...message), wire);
    const bytes = reply?.packet.options.get(42);
    return bytes && Buffer.from(bytes).toString("hex");
  }
  return { ...service, offered };
}

describe("a client class", () => {
  test("sets the length of the leases that its clients are offered and granted", async () => {
    const service = await serving([
      clientClass("lab-pcs", { macPrefixes: ["52:54:00"] }, { leaseSeconds: 600 }),
    ]);
    expect(await service.say(ada("discover"))).toMatchObject({ leaseSeconds: 600 });
    const address = await lease(service);
    const [granted] = await service.log.readStream(`address-${address}`);
    expect(granted).toMatchObject({ data: { leaseSeconds: 600 } });
  });

  test("sets the boot file of firmware, and leaves iPXE its script", async () => {
    const service = await serving([
      clientClass("pcs", { architectures: ["x64-uefi", "x86-bios"] }, { bootFile: "special.efi" }),
    ]);
    expect(await service.say(ada("discover", { boots: "uefi" }))).toMatchObject({ file: "special.efi" });
    expect(await service.say(bob("discover", { boots: "ipxe" }))).toMatchObject({
      file: expect.stringContaining("script.ipxe"),
    });
  });

  test("is passed by clients of which one part of its match does not hold", async () => {
    const match = { macPrefixes: ["52:54:00"], vendorClassPrefixes: ["PXEClient"] };
    const service = await serving([clientClass("pcs", match, { leaseSeconds: 600 })]);
    expect(await service.say(ada("discover"))).toMatchObject({ leaseSeconds: 3600 });
    expect(await service.say(ada("discover", { boots: "bios" }))).toMatchObject({ leaseSeconds: 600 });
  });

  test("counts on its subnets alone", async () => {
    const service = await serving([
      clientClass("elsewhere", { subnets: ["far" as never] }, { leaseSeconds: 600 }),
      clientClass("here", { subnets: ["lab" as never] }, { leaseSeconds: 900 }),
    ]);
    expect(await service.say(ada("discover"))).toMatchObject({ leaseSeconds: 900 });
  });

  test("goes by the labels of the client's machine", async () => {
    const service = await serving([
      clientClass("gold", { machineLabels: { tier: "gold" } }, { leaseSeconds: 900 }),
    ]);
    service.details.set(mac("52:54:00:77:00:01"), { labels: { tier: "gold" }, dhcpOptions: [] });
    expect(await service.say(ada("discover"))).toMatchObject({ leaseSeconds: 900 });
    expect(await service.say(bob("discover"))).toMatchObject({ leaseSeconds: 3600 });
  });

  test("that was retired counts no more, and a lease that is renewed gets the subnet's length", async () => {
    const service = await serving([clientClass("pcs", { macPrefixes: ["52"] }, { leaseSeconds: 600 })]);
    const address = await lease(service);
    const retired = { type: "ClientClassRetired", data: { name: "pcs" as never } } as const;
    await service.happened("network", networkCodec.write(retired));
    expect(await service.say(ada("request", { ciaddr: address }))).toMatchObject({ leaseSeconds: 3600 });
  });
});

describe("an option", () => {
  const subnet = { ...lab, options: [ntp("0a4d0001")] };
  const low = clientClass("a-low", { macPrefixes: ["52"] }, { priority: 1, options: [ntp("0a4d0002")] });
  const high = clientClass("b-high", { macPrefixes: ["52:54"] }, { priority: 2, options: [ntp("0a4d0003")] });
  const machine = { labels: {}, dhcpOptions: [ntp("0a4d0004")] };

  test("is the subnet's, unless a class says otherwise, of several the one of the highest priority", async () => {
    expect(await (await serving([], subnet)).offered("discover")).toBe("0a4d0001");
    expect(await (await serving([low], subnet)).offered("discover")).toBe("0a4d0002");
    expect(await (await serving([low, high], subnet)).offered("discover")).toBe("0a4d0003");
  });

  test("is the machine's before all", async () => {
    const service = await serving([low, high], subnet);
    service.details.set(mac("52:54:00:77:00:01"), machine);
    expect(await service.offered("discover")).toBe("0a4d0004");
    expect(await service.offered("inform", { ciaddr: "10.77.0.99" })).toBe("0a4d0004");
    const address = await lease(service);
    service.advance(hourMs / 2);
    expect(await service.offered("request", { ciaddr: address })).toBe("0a4d0004");
  });
});
