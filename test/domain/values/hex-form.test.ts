import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hexForm } from "../../../src/domain/values/hex-form.ts";

describe("a form of hex digits", () => {
  test("has the digits of the octets at its places, and the rest as it is", () => {
    const octets = Uint8Array.of(0x00, 0x9f, 0xa0, 0xff);
    expect(hexForm("xx:xx:xx")(octets, 1)).toBe("9f:a0:ff");
    expect(hexForm("xxxx-xx")(octets)).toBe("009f-a0");
  });

  test("is the hex of a buffer where it has nothing but places", () => {
    const write = hexForm("x".repeat(32));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (octets) => {
        expect(write(octets)).toBe(Buffer.from(octets).toString("hex"));
      }),
    );
  });

  test("takes missing octets as zero", () => {
    expect(hexForm("xx.xx")(Uint8Array.of(0x12))).toBe("12.00");
  });
});
