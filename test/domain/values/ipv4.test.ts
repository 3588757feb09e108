import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cidrBounds,
  cidrContains,
  cidrMask,
  Ipv4,
  Ipv4Cidr,
  ipv4FromNumber,
  ipv4Number,
} from "../../../src/domain/values/ipv4.ts";

describe("an IPv4 address", () => {
  test.each(["10.4.0.17", "0.0.0.0", "255.255.255.255"])("may be %s", (text) => {
    expect(Ipv4.parse(text)).toBe(text);
  });

  test.each(["10.4.0", "10.4.0.256", "10.4.0.017", "10.4.0.1 ", "::1", ""])("may not be '%s'", (text) => {
    expect(Ipv4.safeParse(text).success).toBe(false);
  });

  test("is the same after a way through its number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (number) => {
        const address = ipv4FromNumber(number);
        expect(Ipv4.parse(address)).toBe(address);
        expect(ipv4Number(address)).toBe(number);
      }),
    );
  });
});

describe("a network", () => {
  test("has bounds and a mask", () => {
    const cidr = Ipv4Cidr.parse("10.4.128.0/17");
    const bounds = cidrBounds(cidr);
    expect(ipv4FromNumber(bounds.first)).toBe("10.4.128.0");
    expect(ipv4FromNumber(bounds.last)).toBe("10.4.255.255");
    expect(bounds.prefixLength).toBe(17);
    expect(cidrMask(cidr)).toBe("255.255.128.0");
  });

  test("holds its first and last address, and none beside them", () => {
    const cidr = Ipv4Cidr.parse("10.4.0.0/30");
    const held = ["10.3.255.255", "10.4.0.0", "10.4.0.3", "10.4.0.4"].map((text) =>
      cidrContains(cidr, Ipv4.parse(text)),
    );
    expect(held).toEqual([false, true, true, false]);
  });

  test.each([
    "10.4.0.0",
    "10.4.0.0/7",
    "10.4.0.0/31",
    "10.4.0.1/24",
    "10.4.0.0/x",
    "10.4.0/24",
    "10.4.0.0/24/1",
  ])("may not be '%s'", (text) => {
    expect(Ipv4Cidr.safeParse(text).success).toBe(false);
    expect(() => cidrBounds(text as Ipv4Cidr)).toThrow(text);
  });
});
