import { describe, expect, test } from "vitest";
import { relayInformation } from "../../../src/boot/dhcp/options/relay-agent.ts";
import { decode } from "../../../src/boot/dhcp/packet.ts";
import { readRequest } from "../../../src/boot/dhcp/request.ts";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { captured } from "./captures.ts";
import { plainPacket, requestWith } from "./plain-packet.ts";

const text = (value: string) => Buffer.from(value, "latin1");
const relayed = relayInformation.encode({
  circuitId: "0009",
  remoteId: "beef",
  linkSelection: "10.9.0.0" as Ipv4,
  serverOverride: "10.77.0.2" as Ipv4,
});
const giaddr = "10.77.0.250" as Ipv4;

function requestOf(...from: Parameters<typeof captured>) {
  const packet = decode(captured(...from));
  return packet && readRequest(packet);
}

describe("a message", () => {
  test.each([
    ["is an answer", plainPacket({ op: "reply", options: new Map([[53, Uint8Array.of(2)]]) })],
    ["is an answer's type from a client", plainPacket({ options: new Map([[53, Uint8Array.of(5)]]) })],
    ["has no type, as BOOTP", plainPacket()],
    ["has no type that exists", plainPacket({ options: new Map([[53, Uint8Array.of(9)]]) })],
    [
      "has option 82 that no relay could write",
      plainPacket({
        options: new Map([
          [53, Uint8Array.of(1)],
          [82, new Uint8Array(256)],
        ]),
      }),
    ],
  ])("is no request when it %s", (_why, packet) => {
    expect(readRequest(packet)).toBeUndefined();
  });

  test("says little when it holds little", () => {
    const request = requestWith();
    expect(request).toMatchObject({
      type: "discover",
      mac: "52:54:00:77:00:01",
      clientId: null,
      identity: "mac:52:54:00:77:00:01",
      relay: null,
      hostname: null,
      wanted: [],
      sizeMax: 548,
    });
    const { clientAddress, requested, server, linkSelection, subnetSelection, serverOverride, boot } =
      request;
    expect([clientAddress, requested, server, linkSelection, subnetSelection, serverOverride, boot]).toEqual(
      Array(7).fill(undefined),
    );
    expect(request.traits).toEqual({
      mac: "52:54:00:77:00:01",
      clientId: null,
      firmwareUuid: null,
      architectures: [],
      vendorClass: null,
      userClasses: [],
      circuitId: null,
      remoteId: null,
    });
  });

  test.each([
    [0, 548],
    [576, 548],
    [1472, 1444],
    [65535, 1472],
  ])("with option 57 of %i gets at most %i octets", (size, expected) => {
    expect(requestWith([[57, Uint8Array.of(size >> 8, size)]]).sizeMax).toBe(expected);
  });

  test("calls a client by its id, and by its MAC address where the id is just that", () => {
    expect(requestWith([[61, Uint8Array.of(255, 1, 2)]]).identity).toBe("id:ff0102");
    expect(requestWith([[61, Uint8Array.of(1, 0x52, 0x54, 0, 0x77, 0, 1)]]).identity).toBe(
      "mac:52:54:00:77:00:01",
    );
    expect(requestWith([[61, Uint8Array.of(1, 0x52, 0x54, 0, 0x77, 0, 2)]]).identity).toBe(
      "id:01525400770002",
    );
  });
});

describe("a relay", () => {
  test("says where its client is, and how it wants the server to be called", () => {
    const request = requestWith([[82, relayed]], { giaddr });
    expect(request).toMatchObject({ relay: giaddr, linkSelection: "10.9.0.0", serverOverride: "10.77.0.2" });
    expect(request.traits).toMatchObject({ circuitId: "0009", remoteId: "beef" });
    expect(Buffer.from(request.relayAgentInformation ?? [])).toEqual(Buffer.from(relayed));
  });

  test("is believed about the network only when it brought the message: a switch may add option 82, too", () => {
    const { linkSelection, serverOverride, traits } = requestWith([[82, relayed]]);
    expect([linkSelection, serverOverride]).toEqual([undefined, undefined]);
    expect(traits).toMatchObject({ circuitId: "0009", remoteId: "beef" });
  });
});

describe("a client's wish for a network", () => {
  test("is option 118", () => {
    expect(requestWith([[118, Uint8Array.of(10, 9, 0, 0)]]).subnetSelection).toBe("10.9.0.0");
  });
});

describe("a client that boots", () => {
  test("is iPXE by its user class, with RFC 3004's length and without, or by its own option", () => {
    expect(requestOf("ipxe-bios", "discover")?.boot?.kind).toBe("ipxe");
    const vendor = [60, text("PXEClient:Arch:00007")] as const;
    expect(requestWith([vendor, [77, text("\x04iPXE")]]).boot?.kind).toBe("ipxe");
    expect(requestWith([vendor, [175, new Uint8Array()]]).boot?.kind).toBe("ipxe");
    expect(requestWith([vendor, [77, text("\x03lab")]]).boot?.kind).toBe("pxe");
  });

  test("is firmware by its vendor class", () => {
    expect(requestOf("ovmf-pxev4", "discover")?.boot).toMatchObject({
      kind: "pxe",
      architectures: ["x64-uefi"],
      firmwareUuid: "11223344-5566-7788-99aa-bbccddeeff00",
    });
    expect(requestOf("ovmf-httpv4", "discover")?.boot).toMatchObject({
      kind: "http",
      architectures: ["x64-uefi-http"],
    });
    expect(requestWith([[60, text("udhcp 1.35")]]).boot).toBeUndefined();
  });

  test("has traits that classes can go by, of printable characters", () => {
    const options = [
      [60, text("PXEClient\x07:\n{{x}}\xff")],
      [77, text("\x05lab\r\n")],
      [93, Uint8Array.of(0, 7)],
    ] as const;
    expect(requestWith(options).traits).toMatchObject({
      vendorClass: "PXEClient:{{x}}",
      userClasses: ["lab"],
      architectures: ["x64-uefi"],
    });
  });
});

describe("a host name", () => {
  test.each([
    ["-Rack_7 Node.EXAMPLE.org\0", "rack7node"],
    ["a".repeat(80), "a".repeat(63)],
    [`${"a".repeat(62)}-b`, "a".repeat(62)],
    ["{{ 7*7 }}", "77"],
    ['"; reboot\n', "reboot"],
    ["...", null],
    ["\0\0", null],
    ["ÄÖ", null],
  ])("%j becomes the DNS label %j", (name, label) => {
    expect(requestWith([[12, text(name)]]).hostname).toBe(label);
  });
});
