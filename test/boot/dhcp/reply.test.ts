import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BootAnswer } from "../../../src/boot/dhcp/boot-answer.ts";
import type { OptionEntry } from "../../../src/boot/dhcp/options/option.ts";
import { relayInformation } from "../../../src/boot/dhcp/options/relay-agent.ts";
import { type DhcpPacket, decode, encode, noAddress } from "../../../src/boot/dhcp/packet.ts";
import { replies } from "../../../src/boot/dhcp/reply.ts";
import type { DhcpRequest } from "../../../src/boot/dhcp/request.ts";
import type { ClientSettings } from "../../../src/domain/network/client-settings.ts";
import { Subnet, subnetDefaults } from "../../../src/domain/network/subnet.ts";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { comparable, requestWith } from "./plain-packet.ts";

const subnet = Subnet.parse({
  ...subnetDefaults,
  name: "lab",
  cidr: "10.77.0.0/24",
  ranges: [],
  routers: ["10.77.0.254"],
  dnsServers: ["10.77.0.253"],
  domainName: "lab.example",
  leaseSeconds: 3600,
  unknownMachines: "discover",
});

const reply = replies("10.77.0.1" as Ipv4);
const address = "10.77.0.20" as Ipv4;
const giaddr = "10.77.0.250" as Ipv4;
const loader: BootAnswer = {
  file: "snponly.efi",
  tftpServer: "10.77.0.1" as Ipv4,
  isHttp: false,
  isIpxe: false,
};

function offerTo(
  request: DhcpRequest,
  parts: { readonly settings?: ClientSettings; readonly boot?: BootAnswer } = {},
): DhcpPacket {
  const { settings, boot } = parts;
  return reply.lease("offer", request, { address, leaseSeconds: 3600, subnet, settings, boot });
}

function settingsOf(...options: readonly (readonly [number, string])[]): ClientSettings {
  return {
    leaseSeconds: { value: 3600, from: "subnet lab" as never },
    options: options.map(([code, value]) => ({ setting: { code, value }, from: "machine" })),
    bootFile: undefined,
  };
}

const wants = (...codes: readonly number[]): OptionEntry => [55, Uint8Array.from(codes)];
const codesOf = ({ options }: DhcpPacket) => [...options.keys()];
const hexOf = ({ options }: DhcpPacket, code: number) => Buffer.from(options.get(code) ?? []).toString("hex");

describe("an answer", () => {
  test("carries the network's options, those that were asked for in that order, and the lease's times", () => {
    const offer = offerTo(requestWith([wants(15, 6, 59, 1, 235)]));
    expect(codesOf(offer)).toEqual([53, 54, 51, 15, 6, 59, 1, 58, 3]);
    expect(hexOf(offer, 1)).toBe("ffffff00");
    expect(Number.parseInt(hexOf(offer, 58), 16)).toBe(1800);
    expect(Number.parseInt(hexOf(offer, 59), 16)).toBe(3150);
  });

  test("tells what is left of a lease, and the whole lease again to the next client", () => {
    const { lease } = reply;
    const left = lease("ack", requestWith(), { address, leaseSeconds: 700, subnet, boot: undefined });
    expect([51, 58, 59].map((code) => Number.parseInt(hexOf(left, code), 16))).toEqual([700, 350, 612]);
    expect(Number.parseInt(hexOf(offerTo(requestWith()), 51), 16)).toBe(3600);
  });

  test("repeats the client's transaction, flags, hardware address and relay", () => {
    const offer = offerTo(requestWith([], { xid: 0xfeedface, giaddr, broadcast: true, secs: 9, hops: 2 }));
    expect(offer).toMatchObject({
      op: "reply",
      xid: 0xfeedface,
      broadcast: true,
      mac: "52:54:00:77:00:01",
      giaddr,
      ciaddr: noAddress,
      yiaddr: address,
      secs: 0,
      hops: 0,
    });
  });

  test("names the mask before the routers, whatever order the client wants", () => {
    expect(codesOf(offerTo(requestWith([wants(3, 1)]))).slice(0, 5)).toEqual([53, 54, 51, 1, 3]);
  });

  test("to firmware names the boot file before all that could be left out", () => {
    const offer = offerTo(requestWith([wants(1, 3)]), { boot: loader });
    expect(codesOf(offer).slice(0, 5)).toEqual([53, 54, 51, 67, 66]);
    expect(offer).toMatchObject({ siaddr: "10.77.0.1", file: "snponly.efi" });
    expect(hexOf(offer, 67)).toBe(Buffer.from("snponly.efi\0").toString("hex"));
  });

  test("to UEFI HTTP boot says HTTPClient, to iPXE that it need not wait", () => {
    const file = "http://10.77.0.1/x";
    const http = offerTo(requestWith(), {
      boot: { file, tftpServer: undefined, isHttp: true, isIpxe: false },
    });
    expect(hexOf(http, 60)).toBe(Buffer.from("HTTPClient").toString("hex"));
    expect(http).toMatchObject({ siaddr: noAddress, file: "" });
    const ipxe = offerTo(requestWith(), {
      boot: { file, tftpServer: undefined, isHttp: false, isIpxe: true },
    });
    expect(hexOf(ipxe, 175)).toBe("b00101");
  });
});

describe("what the client and the relay said", () => {
  const relayed = relayInformation.encode({
    circuitId: "00000009",
    remoteId: "0101",
    linkSelection: undefined,
    serverOverride: undefined,
  });

  test.each([
    ["offer", (request: DhcpRequest) => offerTo(request)],
    ["information", (request: DhcpRequest) => reply.information(request, subnet)],
    ["refusal", (request: DhcpRequest) => reply.refusal(request, "no")],
  ])("comes back as it came, option 82 octet for octet and last: %s", (_name, answer) => {
    const request = requestWith(
      [
        [82, relayed],
        [61, Uint8Array.of(255, 1, 2)],
      ],
      { giaddr },
    );
    const packet = answer(request);
    expect(hexOf(packet, 61)).toBe("ff0102");
    const bytes = encode(packet, request.sizeMax);
    const last = Buffer.concat([Uint8Array.of(82, relayed.length), relayed, Uint8Array.of(255)]);
    const at = bytes.indexOf(last);
    expect(at).toBeGreaterThan(240);
    expect(bytes.subarray(at + last.length).every((octet) => octet === 0)).toBe(true);
  });

  test("about the network comes back, so that the client knows that it was heard (RFC 3011)", () => {
    const chosen: OptionEntry = [118, Uint8Array.of(10, 77, 0, 0)];
    expect(hexOf(offerTo(requestWith([chosen])), 118)).toBe("0a4d0000");
    expect(reply.refusal(requestWith([chosen]), "no").options.has(118)).toBe(false);
  });

  test("about the server's name is obeyed: renewals are to pass the relay (RFC 5107)", () => {
    const option = relayInformation.encode({
      circuitId: null,
      remoteId: null,
      linkSelection: undefined,
      serverOverride: giaddr,
    });
    expect(hexOf(offerTo(requestWith([[82, option]], { giaddr })), 54)).toBe("0a4d00fa");
    expect(hexOf(offerTo(requestWith([[82, option]])), 54)).toBe("0a4d0001");
  });
});

describe("options that an operator set", () => {
  const ntp = [42, "0a4d0003"] as const;
  const routes = [121, "000a4d00fe"] as const;

  test("go to who asks for them, and to who asks for nothing in particular", () => {
    const settings = settingsOf(ntp, [26, "2328"]);
    expect(codesOf(offerTo(requestWith([wants(1, 42)]), { settings }))).toEqual([
      53, 54, 51, 1, 42, 58, 59, 3, 6, 15,
    ]);
    expect(codesOf(offerTo(requestWith(), { settings })).slice(-2)).toEqual([42, 26]);
  });

  test("stand in place of the subnet's own", () => {
    const offer = offerTo(requestWith([wants(6)]), { settings: settingsOf([6, "08080808"], [15, "78"]) });
    expect([hexOf(offer, 6), hexOf(offer, 15)]).toEqual(["08080808", "78"]);
  });

  test("never stand in place of what the server decides", () => {
    const settings = settingsOf([51, "00000001"], [54, "01010101"], [66, "78"], [67, "78"], [82, "78"]);
    const offer = offerTo(requestWith([[82, Uint8Array.of(1, 1, 9)]]), { settings, boot: loader });
    expect(hexOf(offer, 82)).toBe("010109");
    expect(hexOf(offer, 51)).toBe("00000e10");
    expect(hexOf(offer, 54)).toBe("0a4d0001");
    expect(hexOf(offer, 66)).toBe(Buffer.from("10.77.0.1").toString("hex"));
    expect(hexOf(offer, 67)).toBe(Buffer.from("snponly.efi\0").toString("hex"));
  });

  test("take the routers' place when they are classless routes and the client asked for those (RFC 3442)", () => {
    const settings = settingsOf(routes, [33, "0a4d00010a4d0002"]);
    expect(codesOf(offerTo(requestWith([wants(121, 3, 33)]), { settings }))).not.toContain(3);
    expect(codesOf(offerTo(requestWith([wants(121, 3, 33)]), { settings }))).not.toContain(33);
    expect(codesOf(offerTo(requestWith([wants(3, 33)]), { settings }))).toEqual([
      53, 54, 51, 1, 3, 33, 58, 59, 6, 15,
    ]);
  });

  test("of a vendor go to clients that speak of a vendor themselves", () => {
    const settings = settingsOf([43, "010101"], [125, "000000090101ff"]);
    const plain = offerTo(requestWith([wants(1)]), { settings });
    expect([plain.options.has(43), plain.options.has(125)]).toEqual([false, false]);
    const own = requestWith([wants(1), [43, Uint8Array.of(1)], [124, Uint8Array.of(0, 0, 0, 9, 0)]]);
    expect(codesOf(offerTo(own, { settings })).slice(-2)).toEqual([43, 125]);
    const other = requestWith([wants(1), [125, Uint8Array.of(0, 0, 0, 9, 0)]]);
    expect(codesOf(offerTo(other, { settings })).slice(-1)).toEqual([125]);
  });

  test("are told about the network alone, too", () => {
    const packet = reply.information(requestWith([wants(42)]), subnet, settingsOf(ntp));
    expect(codesOf(packet)).toEqual([53, 54, 42, 1, 3, 6, 15]);
    expect(packet.yiaddr).toBe(noAddress);
  });
});

describe("a refusal", () => {
  test("carries no address, no lease and no network, and goes to everybody behind the relay", () => {
    const packet = reply.refusal(requestWith([], { ciaddr: address, giaddr }), "not yours");
    expect(codesOf(packet)).toEqual([53, 54, 56]);
    expect(packet).toMatchObject({
      yiaddr: noAddress,
      siaddr: noAddress,
      ciaddr: noAddress,
      broadcast: true,
    });
    expect(reply.refusal(requestWith(), "no").broadcast).toBe(false);
  });
});

describe("whatever was asked and set", () => {
  const bytes = (max: number) => fc.uint8Array({ maxLength: max });
  const setting = fc.tuple(fc.integer({ min: 1, max: 254 }), bytes(600));
  const asked = fc.record({
    rubbish: bytes(50),
    asksForAll: fc.boolean(),
    clientId: bytes(255),
    relayed: bytes(255),
    size: fc.oneof(fc.integer({ min: 500, max: 900 }), fc.nat(65535)),
    settings: fc.uniqueArray(setting, { maxLength: 20, selector: ([code]) => code }),
    boot: fc.constantFrom(undefined, loader),
  });

  test("the answer is no longer than the client takes, and says its type, server and relay", () => {
    fc.assert(
      fc.property(asked, ({ rubbish, asksForAll, clientId, relayed, size, settings, boot }) => {
        const request = requestWith(
          [
            [55, Uint8Array.of(...rubbish, ...(asksForAll ? settings.map(([code]) => code) : []))],
            [61, clientId],
            [82, relayed],
            [57, Uint8Array.of(size >> 8, size)],
          ],
          { giaddr },
        );
        const set = settingsOf(
          ...settings.map(([code, value]) => [code, Buffer.from(value).toString("hex")] as const),
        );
        const written = encode(offerTo(request, { settings: set, ...(boot && { boot }) }), request.sizeMax);
        expect(written.length).toBeLessThanOrEqual(Math.max(548, Math.min(size, 1500) - 28));
        expect(written.length).toBeGreaterThanOrEqual(300);
        expect([...written.subarray(240, 243)]).toEqual([53, 1, 2]);
        const read = decode(written);
        expect(Buffer.from(read?.options.get(82) ?? [])).toEqual(Buffer.from(relayed));
        expect(comparable(read)?.options.get(54)).toMatch(/^[0-9a-f]{8}$/);
      }),
    );
  });
});
