import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeTftp, encodeTftp, type TftpPacket } from "../../../src/boot/tftp/packet.ts";

const block = fc.integer({ min: 0, max: 65_535 });
const text = fc.string({ minLength: 1, maxLength: 40 }).filter((each) => !each.includes("\0"));
const optionsOf = (minKeys: number) =>
  fc
    .dictionary(
      text.map((name) => name.toLowerCase()),
      text,
      { minKeys, maxKeys: 4 },
    )
    .map((record) => new Map(Object.entries(record)));

const packet: fc.Arbitrary<TftpPacket> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("read" as const, "write" as const),
    file: text,
    mode: fc.constantFrom("octet", "netascii"),
    options: optionsOf(0),
  }),
  fc.record({
    kind: fc.constant("data" as const),
    block,
    bytes: fc.uint8Array({ maxLength: 600 }).map(Buffer.from),
  }),
  fc.record({ kind: fc.constant("acknowledgment" as const), block }),
  fc.record({ kind: fc.constant("error" as const), code: block, message: text }),
  fc.record({ kind: fc.constant("option-acknowledgment" as const), options: optionsOf(1) }),
);

describe("a TFTP packet", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(packet, (written) => {
        expect(decodeTftp(encodeTftp(written))).toEqual(written);
      }),
    );
  });

  test("can be any bytes: reading never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        decodeTftp(bytes);
      }),
    );
  });

  test("can begin like one and go on anyhow", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.uint8Array({ maxLength: 600 }), (opcode, rest) => {
        decodeTftp(Buffer.concat([Buffer.from([0, opcode]), rest]));
      }),
    );
  });

  test("names its options in any case, and of equal ones the first counts", () => {
    const bytes = Buffer.from("\0\u0001snponly.efi\0OCTET\0BLKSIZE\x001432\0blksize\x008\0", "latin1");
    expect(decodeTftp(bytes)).toEqual({
      kind: "read",
      file: "snponly.efi",
      mode: "octet",
      options: new Map([["blksize", "1432"]]),
    });
  });

  test.each([
    ["nothing", ""],
    ["one octet", "\0"],
    ["an opcode alone", "\0\u0001"],
    ["an unknown opcode", "\0\u0009ab"],
    ["a request without a mode", "\0\u0001file\0"],
    ["a request that does not end", "\0\u0001file\0octet"],
    ["an option without a value", "\0\u0001file\0octet\0blksize\0"],
    ["a request longer than 512 octets", `\0\u0001${"a".repeat(600)}\0octet\0`],
  ])("is not %s", (_, bytes) => {
    expect(decodeTftp(Buffer.from(bytes, "latin1"))).toBeUndefined();
  });
});
