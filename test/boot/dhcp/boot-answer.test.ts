import { describe, expect, test } from "vitest";
import { vendorClass } from "../../../src/boot/dhcp/options/boot.ts";
import { readOption } from "../../../src/boot/dhcp/options/option.ts";
import { type DhcpPacket, decode, noAddress } from "../../../src/boot/dhcp/packet.ts";
import { captured } from "./captures.ts";
import { ownFields } from "./plain-packet.ts";
import { ada, dhcpService, lab, serverAddress, wire } from "./support.ts";

const capturedLab = {
  ...lab,
  cidr: "198.51.100.0/24" as never,
  ranges: [{ first: "198.51.100.90" as never, last: "198.51.100.99" as never }],
  routers: ["198.51.100.1" as never],
};

/** The offer that the packet gets. */
async function offerFor(packet: DhcpPacket | undefined, loaders?: Record<string, string>) {
  const { service } = await dhcpService({
    subnets: [lab, { ...capturedLab, name: "captured" as never }],
    ...(loaders && { options: { loaders } }),
  });
  const reply = packet && (await service.respond(packet, wire));
  if (!reply) throw new Error("no offer");
  return reply.packet;
}

const bootFileOf = (packet: DhcpPacket) =>
  packet.options.get(67) && Buffer.from(packet.options.get(67) ?? []).toString();

describe("iPXE", () => {
  test("is told its script's URL, and not to wait for a proxyDHCP server", async () => {
    const offer = await offerFor(ada("discover", { boots: "ipxe" }));
    expect(bootFileOf(offer)).toMatch(
      /^http:\/\/10\.77\.0\.1:8080\/boot\/.*\/10\.77\.0\.10\/script\.ipxe\0$/,
    );
    expect(Buffer.from(offer.options.get(175) ?? []).toString("hex")).toBe("b00101");
    expect(offer).toMatchObject({ siaddr: noAddress, file: "" });
  });

  test("is known by its option 175 alone", async () => {
    const offer = await offerFor(
      ada("discover", { boots: "uefi", extra: new Map([[175, Uint8Array.of(1)]]) }),
    );
    expect(bootFileOf(offer)).toContain("script.ipxe");
  });

  test("as its BIOS ROM asks is told the same", async () => {
    const offer = await offerFor({
      ...ownFields(capturedPacket("ipxe-bios")),
      giaddr: "198.51.100.2" as never,
    });
    expect(bootFileOf(offer)).toContain("script.ipxe");
    expect(offer.options.get(61)).toEqual(capturedPacket("ipxe-bios").options.get(61));
  });
});

describe("firmware", () => {
  test.each([
    ["bios", "undionly.kpxe"],
    ["uefi", "snponly.efi"],
  ] as const)("that boots by PXE gets the loader by TFTP: %s", async (boots, loader) => {
    const offer = await offerFor(ada("discover", { boots }));
    expect(offer).toMatchObject({ siaddr: serverAddress, file: loader });
    expect(bootFileOf(offer)).toBe(`${loader}\0`);
    expect(Buffer.from(offer.options.get(66) ?? []).toString()).toBe(serverAddress);
  });

  test("that boots by PXE is not sent its vendor class back, which would send it to port 4011", async () => {
    const offer = await offerFor({
      ...ownFields(capturedPacket("ovmf-pxev4")),
      giaddr: "198.51.100.2" as never,
    });
    expect(offer.options.has(vendorClass.code)).toBe(false);
    expect(offer.file).toBe("snponly.efi");
  });

  test("that boots by HTTP gets a URL and the vendor class HTTPClient", async () => {
    const offer = await offerFor({
      ...ownFields(capturedPacket("ovmf-httpv4")),
      giaddr: "198.51.100.2" as never,
    });
    expect(readOption(offer.options, vendorClass)).toBe("HTTPClient");
    expect(bootFileOf(offer)).toBe("http://10.77.0.1:8080/loaders/snponly.efi\0");
    expect(offer).toMatchObject({ siaddr: noAddress, file: "" });
  });

  test("of an architecture without a loader gets an address and no file", async () => {
    expect(bootFileOf(await offerFor(ada("discover", { boots: "arm64" })))).toBeUndefined();
  });

  test("of such an architecture gets the loader that the operator configured", async () => {
    const offer = await offerFor(ada("discover", { boots: "arm64" }), { "arm64-uefi": "snponly-arm64.efi" });
    expect(offer.file).toBe("snponly-arm64.efi");
  });
});

describe("a client that does not boot", () => {
  test("gets no boot file", async () => {
    const agent = new Map([[vendorClass.code, Buffer.from("ironledger-agent")]]);
    const offer = await offerFor(ada("discover", { extra: agent }));
    expect(offer).toMatchObject({ siaddr: noAddress, file: "" });
    expect([66, 67, 175].some((code) => offer.options.has(code))).toBe(false);
  });
});

function capturedPacket(file: Parameters<typeof captured>[0]): DhcpPacket {
  const packet = decode(captured(file, "discover"));
  if (!packet) throw new Error("the capture did not decode");
  return packet;
}
