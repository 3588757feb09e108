import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ipxeEncapsulated } from "../../../../src/boot/dhcp/options/ipxe.ts";
import { readOption } from "../../../../src/boot/dhcp/options/option.ts";
import { bootAtOnce, pxeOptions } from "../../../../src/boot/dhcp/options/pxe.ts";
import { relayInformation } from "../../../../src/boot/dhcp/options/relay-agent.ts";
import {
  vendorIdentifyingClass,
  vendorIdentifyingOptions,
} from "../../../../src/boot/dhcp/options/vendor-identifying.ts";
import { decode } from "../../../../src/boot/dhcp/packet.ts";
import { ipv4FromNumber } from "../../../../src/domain/values/ipv4.ts";
import { captured } from "../captures.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("what a relay says", () => {
  test("is its circuit, remote id, link and the server's name, in any order, others passed over", () => {
    expect(
      relayInformation.decode(bytes("0b04 0a4d0002  63020102  0504 0a090000  0202beef  0104 00000009")),
    ).toEqual({
      circuitId: "00000009",
      remoteId: "beef",
      linkSelection: "10.9.0.0",
      serverOverride: "10.77.0.2",
    });
  });

  test.each([
    ["nothing", ""],
    ["a sub-option that is cut off", "0105 0000"],
    ["half a sub-option", "01"],
    ["empty ids, and addresses of the wrong length", "0100 0200 0503 010203 0b05 0102030405"],
  ])("is nothing when it holds %s", (_what, octets) => {
    expect(relayInformation.decode(bytes(octets))).toEqual({ circuitId: null, remoteId: null });
  });

  test("may begin with octets that are PAD and END elsewhere", () => {
    expect(relayInformation.decode(bytes("0001aa ff01bb 010142"))).toMatchObject({ circuitId: "42" });
  });

  test("reads back as it was written", () => {
    const id = fc.option(fc.uint8Array({ minLength: 1, maxLength: 255 }).map(hex));
    const address = fc.option(fc.nat(0xffffffff).map(ipv4FromNumber), { nil: undefined });
    const any = fc.record({ circuitId: id, remoteId: id, linkSelection: address, serverOverride: address });
    fc.assert(
      fc.property(any, (value) => {
        expect(relayInformation.decode(relayInformation.encode(value))).toEqual(value);
      }),
    );
  });

  test("never makes reading throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        relayInformation.decode(octets);
      }),
    );
  });
});

describe("what PXE puts into option 43", () => {
  test("is written as its sub-options and END", () => {
    expect(hex(pxeOptions.encode({ discoveryControl: bootAtOnce, bootItem: undefined }))).toBe("060108ff");
    expect(
      hex(pxeOptions.encode({ discoveryControl: undefined, bootItem: { type: 1, layer: 0x8002 } })),
    ).toBe("470400018002ff");
  });

  test("is read over PADs, up to END", () => {
    expect(pxeOptions.decode(bytes("0000 060107 00 470400010000 ff 060108"))).toEqual({
      discoveryControl: 7,
      bootItem: { type: 1, layer: 0 },
    });
  });

  test.each([
    ["is cut off", "0602"],
    ["follows END", "ff060108"],
    ["has another length", "0600 47020001"],
  ])("is nothing when it %s", (_what, octets) => {
    expect(pxeOptions.decode(bytes(octets))).toEqual({ discoveryControl: undefined, bootItem: undefined });
  });
});

describe("iPXE's own options", () => {
  test("of a DISCOVER tell what the build can do", () => {
    const options = decode(captured("ipxe-bios", "discover"))?.options ?? new Map();
    expect(readOption(options, ipxeEncapsulated)).toEqual({
      noProxyDhcp: false,
      features: [
        "pxe-extensions",
        "iscsi",
        "aoe",
        "http",
        "tftp",
        "dns",
        "bzimage",
        "multiboot",
        "pxe",
        "elf",
        "menu",
        "nfs",
      ],
    });
  });

  test("of an answer tell it not to wait for a proxyDHCP server", () => {
    expect(hex(ipxeEncapsulated.encode({ noProxyDhcp: true, features: [] }))).toBe("b00101");
    expect(ipxeEncapsulated.decode(bytes("b00100 130100"))).toEqual({ noProxyDhcp: false, features: [] });
  });
});

describe("a vendor's data", () => {
  test.each([
    vendorIdentifyingClass,
    vendorIdentifyingOptions,
  ])("is told apart by enterprise number: $name", (option) => {
    const blocks = [
      { enterprise: 9, data: Uint8Array.of(1, 2, 3) },
      { enterprise: 0xffffffff, data: new Uint8Array() },
    ];
    const written = option.encode(blocks);
    expect(hex(written)).toBe("0000000903010203ffffffff00");
    expect(option.decode(written)).toEqual(blocks);
  });

  test.each([
    "",
    "00000009",
    "0000000904010203",
    "000000090101 00",
  ])("reads as absent when it is malformed: %s", (octets) => {
    expect(vendorIdentifyingOptions.decode(bytes(octets))).toBeUndefined();
  });
});
