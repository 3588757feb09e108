import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageType } from "../../../src/boot/dhcp/options/message-type.ts";
import { optionEntry, readOption } from "../../../src/boot/dhcp/options/option.ts";
import { relayAgentInformation } from "../../../src/boot/dhcp/options/relay-agent.ts";
import { type DhcpPacket, decode, encode } from "../../../src/boot/dhcp/packet.ts";
import { type Ipv4, ipv4FromNumber } from "../../../src/domain/values/ipv4.ts";
import type { MacAddress } from "../../../src/domain/values/mac-address.ts";
import { captured, everyCapture } from "./captures.ts";
import { comparable, plainPacket } from "./plain-packet.ts";

const offer = optionEntry(messageType, "offer");
const plain = plainPacket({
  op: "reply",
  xid: 0xdeadbeef,
  broadcast: true,
  yiaddr: "10.77.0.20" as Ipv4,
  options: new Map([offer]),
});

/** A client's message with these octets in place of its options. */
function withOptions(...octets: number[]): Uint8Array {
  return Buffer.concat([captured("ovmf-pxev4", "discover").subarray(0, 240), Uint8Array.from(octets)]);
}

/** One whose file or sname holds one option that is one octet too long. */
function overloaded(fields: number, at: number, length: number): Uint8Array {
  const bytes = withOptions(53, 1, 1, 52, 1, fields, 255);
  bytes.set([224, length], at);
  return bytes;
}

const anyPacket: fc.Arbitrary<DhcpPacket> = fc.record({
  op: fc.constantFrom("request", "reply"),
  hops: fc.integer({ min: 0, max: 255 }),
  xid: fc.integer({ min: 0, max: 0xffffffff }),
  secs: fc.integer({ min: 0, max: 0xffff }),
  broadcast: fc.boolean(),
  ciaddr: fc.integer({ min: 0, max: 0xffffffff }).map(ipv4FromNumber),
  yiaddr: fc.integer({ min: 0, max: 0xffffffff }).map(ipv4FromNumber),
  siaddr: fc.integer({ min: 0, max: 0xffffffff }).map(ipv4FromNumber),
  giaddr: fc.integer({ min: 0, max: 0xffffffff }).map(ipv4FromNumber),
  mac: fc
    .uint8Array({ minLength: 5, maxLength: 5 })
    .map((tail) => `02:${Buffer.from(tail).toString("hex").match(/../g)?.join(":")}` as MacAddress),
  sname: fc.stringMatching(/^[ -~]{0,63}$/),
  file: fc.stringMatching(/^[ -~]{0,127}$/),
  options: fc
    .dictionary(
      fc
        .integer({ min: 1, max: 254 })
        .filter((code) => code !== 52)
        .map(String),
      fc.uint8Array({ maxLength: 600 }),
      { maxKeys: 20 },
    )
    .map((byCode) => new Map(Object.entries(byCode).map(([code, bytes]) => [Number(code), bytes]))),
});

describe("reading what was written", () => {
  test("gives the packet back", () => {
    fc.assert(
      fc.property(anyPacket, (packet) => {
        expect(comparable(decode(encode(packet)))).toEqual(comparable(packet));
      }),
    );
  });

  test("gives the packet back when options had to move into the names' fields", () => {
    const options = new Map([
      optionEntry(messageType, "offer"),
      [224, new Uint8Array(200).fill(1)] as const,
      [225, new Uint8Array(100).fill(2)] as const,
      [226, new Uint8Array(60).fill(3)] as const,
    ]);
    const bytes = encode({ ...plain, options }, 240 + 3 + 202 + 4);
    expect(bytes.length).toBeLessThanOrEqual(449);
    expect(comparable(decode(bytes))).toEqual(comparable({ ...plain, options }));
  });
});

describe("writing a packet", () => {
  test("says behind the message type which names hold options", () => {
    const options = new Map([offer, [224, new Uint8Array(60).fill(1)] as const]);
    const bytes = encode({ ...plain, options: new Map([...options, [225, new Uint8Array(240)]]) }, 300);
    expect(bytes.subarray(240, 246).toString("hex")).toBe("350102340101");
    expect(comparable(decode(bytes))?.options.get(224)).toBe("01".repeat(60));
  });

  test("splits what is longer than 255 octets, and leaves no piece empty (RFC 3396)", () => {
    const bytes = encode({ ...plain, options: new Map([[224, new Uint8Array(510).fill(7)]]) });
    expect([bytes[240], bytes[241], bytes[497], bytes[498], bytes[754]]).toEqual([224, 255, 224, 255, 255]);
  });

  test("says nothing of its own about names that hold options", () => {
    const options = new Map([offer, [52, Uint8Array.of(3)]]);
    expect(
      encode({ ...plain, options })
        .subarray(240, 245)
        .toString("hex"),
    ).toBe("350102ff00");
  });

  test("writes an option without a value", () => {
    const bytes = encode({ ...plain, options: new Map([offer, [80, new Uint8Array()]]) });
    expect(bytes.subarray(240, 246).toString("hex")).toBe("3501025000ff");
  });

  test("leaves nothing of other messages in what it writes", () => {
    Buffer.allocUnsafe(4000).fill(0xaa);
    const bytes = encode(plain);
    expect(bytes.subarray(44, 236).every((octet) => octet === 0)).toBe(true);
    expect(bytes.subarray(244).every((octet) => octet === 0)).toBe(true);
  });

  test("pads it to the 300 octets that BOOTP asks for", () => {
    expect(encode(plain)).toHaveLength(300);
  });

  test("keeps within the limit, drops the last options first, never splits one", () => {
    const codes = [224, 225, 226, 227, 228];
    const options = new Map([
      optionEntry(messageType, "offer"),
      ...codes.map((code) => [code, new Uint8Array(120).fill(code)] as const),
    ]);
    const bytes = encode({ ...plain, file: "snponly.efi", sname: "server", options }, 548);
    expect(bytes.length).toBeLessThanOrEqual(548);
    expect([...(decode(bytes)?.options.keys() ?? [])]).toEqual([53, 224, 225]);
  });

  test("writes option 82 last, even where the packet names it first", () => {
    const relayed = Uint8Array.of(1, 4, 0, 0, 0, 9);
    const options = new Map([optionEntry(relayAgentInformation, relayed), optionEntry(messageType, "ack")]);
    const octets = Buffer.from(encode({ ...plain, options })).subarray(240, 252);
    expect(octets.toString("hex")).toBe(`350105${"5206010400000009"}ff`);
  });

  test("keeps a place for option 82 when there is not room for all", () => {
    const options = new Map([
      [224, new Uint8Array(250)] as const,
      [225, new Uint8Array(40)] as const,
      optionEntry(relayAgentInformation, new Uint8Array(40)),
    ]);
    const bytes = encode({ ...plain, file: "f", sname: "s", options }, 548);
    expect([...(decode(bytes)?.options.keys() ?? [])]).toEqual([224, 82]);
  });

  test("cuts names that are too long for their fields", () => {
    const long = decode(encode({ ...plain, sname: "s".repeat(80), file: "f".repeat(200) }));
    expect(long?.sname).toBe("s".repeat(63));
    expect(long?.file).toBe("f".repeat(127));
  });
});

describe("reading a datagram", () => {
  test("never throws on random octets", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        decode(bytes);
      }),
    );
  });

  test("never throws on a capture that was damaged or cut", () => {
    const damage = fc.array(fc.tuple(fc.nat(450), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...everyCapture()), damage, fc.nat(450), (payload, changes, length) => {
        const bytes = Uint8Array.from(payload).subarray(0, length < 200 ? undefined : length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        decode(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["is shorter than a header and a cookie", captured("ovmf-pxev4", "discover").subarray(0, 239)],
    ["has no cookie", withOptions(53, 1, 1, 255).fill(0, 236, 240)],
    ["is of hardware that is not Ethernet", withOptions(53, 1, 1, 255).fill(32, 1, 2)],
    ["has an address of another length", withOptions(53, 1, 1, 255).fill(16, 2, 3)],
    ["comes from the address of nobody", withOptions(53, 1, 1, 255).fill(0, 28, 34)],
    ["comes from a group address", withOptions(53, 1, 1, 255).fill(0xff, 28, 34)],
    ["is neither request nor reply", withOptions(53, 1, 1, 255).fill(3, 0, 1)],
    ["ends within an option", withOptions(53, 1, 1, 61, 7, 1)],
    ["ends before an option's length", withOptions(53, 1, 1, 61)],
    ["overloads fields that do not exist", withOptions(52, 1, 4, 255)],
    ["overloads twice", withOptions(52, 1, 1, 52, 1, 1, 255)],
    ["overloads nothing", withOptions(52, 1, 0, 255)],
    ["overloads with two octets", withOptions(52, 2, 1, 1, 255)],
    ["has an option that reaches beyond the overloaded file", overloaded(1, 108, 127)],
    ["has an option that reaches beyond the overloaded sname", overloaded(2, 44, 63)],
    ["has more options than any client", withOptions(...Array.from({ length: 513 }, () => [1, 0]).flat())],
  ])("refuses one that %s", (_why, datagram) => {
    expect(decode(datagram)).toBeUndefined();
  });
});

describe("a datagram", () => {
  test("may lack END and have PADs between options", () => {
    expect(readOption(decode(withOptions(0, 53, 1, 3, 0, 0))?.options ?? new Map(), messageType)).toBe(
      "request",
    );
  });

  test("may have less than 300 octets", () => {
    expect(decode(withOptions(53, 1, 1, 255))).toBeDefined();
  });

  test("may have 4,096 octets and no more: whoever sends that wants to keep us busy", () => {
    const packet = encode(plainPacket({ options: new Map([[53, Uint8Array.of(1)]]) }));
    const padded = (length: number) => Buffer.concat([packet, Buffer.alloc(length - packet.length)]);
    expect(decode(padded(4_096))).toBeDefined();
    expect(decode(padded(4_097))).toBeUndefined();
  });

  test("ends at END", () => {
    expect([...(decode(withOptions(53, 1, 1, 255, 61, 200))?.options.keys() ?? [])]).toEqual([53]);
  });

  test("has no options in names that are not overloaded", () => {
    const bytes = withOptions(53, 1, 1, 255);
    bytes.set([224, 250], 108);
    expect(decode(bytes)?.options.has(224)).toBe(false);
  });

  test("may be perfdhcp's: 262 octets, END and nothing behind it", () => {
    const bytes = withOptions(53, 1, 1, 61, 7, 1, 0, 12, 0, 1, 0, 0, 55, 7, 1, 28, 2, 3, 15, 6, 12, 255);
    expect(bytes).toHaveLength(262);
    expect([...(decode(bytes)?.options.keys() ?? [])]).toEqual([53, 61, 55]);
  });

  test("is not copied: its options are parts of it", () => {
    const bytes = Buffer.from(withOptions(53, 1, 1, 224, 2, 9, 9, 255));
    expect(decode(bytes)?.options.get(224)?.buffer).toBe(bytes.buffer);
  });

  test("has its options' pieces joined in the order options, file, sname", () => {
    const bytes = withOptions(224, 1, 1, 52, 1, 3, 53, 1, 1, 224, 1, 2, 255);
    bytes.set([224, 1, 3, 255], 108);
    bytes.set([224, 1, 4, 255], 44);
    const packet = decode(bytes);
    expect([...(packet?.options.get(224) ?? [])]).toEqual([1, 2, 3, 4]);
    expect(packet).toMatchObject({ file: "", sname: "" });
    expect(packet?.options.has(52)).toBe(false);
    expect(packet?.options.get(52)).toBeUndefined();
    expect([...(packet?.options.keys() ?? [])]).toEqual([224, 53]);
  });
});
