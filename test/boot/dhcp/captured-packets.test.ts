import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import * as boot from "../../../src/boot/dhcp/options/boot.ts";
import { clientIdentifier } from "../../../src/boot/dhcp/options/client-identity.ts";
import * as configuration from "../../../src/boot/dhcp/options/configuration.ts";
import { firmwareUuid } from "../../../src/boot/dhcp/options/firmware-uuid.ts";
import { ipxeEncapsulated } from "../../../src/boot/dhcp/options/ipxe.ts";
import { messageType } from "../../../src/boot/dhcp/options/message-type.ts";
import { type DhcpOption, readOption } from "../../../src/boot/dhcp/options/option.ts";
import { decode } from "../../../src/boot/dhcp/packet.ts";
import { captured, everyCapture } from "./captures.ts";

function read(...from: Parameters<typeof captured>) {
  const packet = decode(captured(...from));
  if (!packet) throw new Error("the capture did not decode");
  return { packet, of: <Value>(option: DhcpOption<Value>) => readOption(packet.options, option) };
}

describe("a DISCOVER of iPXE's BIOS ROM", () => {
  const { packet, of } = read("ipxe-bios", "discover");

  test("names the machine by MAC address, client id and UUID", () => {
    expect(packet).toMatchObject({ op: "request", broadcast: false, mac: "52:54:00:dd:00:01" });
    expect(of(clientIdentifier)).toBe("01525400dd0001");
    expect(of(firmwareUuid)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("says that it is iPXE by a user class without frame and by option 175", () => {
    expect(of(boot.userClass)).toEqual(["iPXE"]);
    expect(of(ipxeEncapsulated)).toBeDefined();
    expect(of(boot.vendorClass)).toBe("PXEClient:Arch:00000:UNDI:002001");
    expect(of(boot.clientArchitecture)).toEqual(["x86-bios"]);
    expect(of(boot.clientNetworkInterface)).toEqual({ type: 1, major: 2, minor: 1 });
  });

  test("takes messages of 1472 octets and wants 23 options", () => {
    expect(of(configuration.maximumMessageSize)).toBe(1472);
    expect(of(configuration.parameterRequestList)).toHaveLength(23);
  });

  test("is followed by a REQUEST for what was offered", () => {
    const request = read("ipxe-bios", "request");
    expect(request.of(messageType)).toBe("request");
    expect(request.of(configuration.serverIdentifier)).toBe("198.51.100.1");
    expect(request.of(configuration.requestedAddress)).toBe("198.51.100.90");
  });
});

describe("a DISCOVER of OVMF", () => {
  test("over PXE: no client id, no user class, x64", () => {
    const { packet, of } = read("ovmf-pxev4", "discover");
    expect(packet.broadcast).toBe(true);
    expect(of(clientIdentifier)).toBeUndefined();
    expect(of(boot.userClass)).toBeUndefined();
    expect(of(boot.clientArchitecture)).toEqual(["x64-uefi"]);
    expect(of(boot.vendorClass)).toBe("PXEClient:Arch:00007:UNDI:003000");
  });

  test("over HTTP: its own architecture, and the UUID as SMBIOS prints it", () => {
    const { of } = read("ovmf-httpv4", "discover");
    expect(of(boot.clientArchitecture)).toEqual(["x64-uefi-http"]);
    expect(of(boot.vendorClass)).toBe("HTTPClient:Arch:00016:UNDI:003000");
    expect(of(firmwareUuid)).toBe("11223344-5566-7788-99aa-bbccddeeff00");
  });
});

describe("an answer of dnsmasq", () => {
  test("reads as it was configured", () => {
    const { packet, of } = read("ovmf-httpv4", "ack");
    expect(packet.yiaddr).toBe("198.51.100.90");
    expect(of(boot.bootFileName)).toBe("http://198.51.100.1/boot.efi");
    expect(of(boot.vendorClass)).toBe("HTTPClient");
    expect(of(configuration.leaseTime)).toBe(3600);
    expect(of(configuration.renewalTime)).toBe(1800);
    expect(of(configuration.rebindingTime)).toBe(3150);
  });
});

describe("another parser, npm's dhcp,", () => {
  /** Where that parser is right: the header, and options whose type it knows. */
  const other = createRequire(import.meta.url)("dhcp/lib/protocol.js") as {
    parse(bytes: Buffer): Record<string, unknown> & { options: Record<number, unknown> };
  };
  const shared = [
    configuration.subnetMask,
    configuration.requestedAddress,
    configuration.leaseTime,
    configuration.serverIdentifier,
    configuration.maximumMessageSize,
    configuration.renewalTime,
    configuration.rebindingTime,
  ];

  test.each(
    everyCapture().map((payload, index) => [index, payload] as const),
  )("agrees about capture %i", (_index, payload) => {
    const theirs = quietly(() => other.parse(Buffer.from(payload)));
    const ours = decode(payload);
    const { xid, secs, ciaddr, yiaddr, siaddr, giaddr } = theirs;
    expect(ours).toMatchObject({ xid, secs, ciaddr, yiaddr, siaddr, giaddr });
    expect(ours?.mac).toBe(String(theirs["chaddr"]).toLowerCase().replaceAll("-", ":"));
    for (const option of shared) {
      const value = readOption<unknown>(ours?.options ?? new Map(), option as DhcpOption<unknown>);
      expect(value, option.name).toEqual(theirs.options[option.code]);
    }
  });

  /** It writes a line on the console for each option that it does not know. */
  function quietly<Value>(act: () => Value): Value {
    const { error } = console;
    console.error = () => undefined;
    try {
      return act();
    } finally {
      console.error = error;
    }
  }
});
