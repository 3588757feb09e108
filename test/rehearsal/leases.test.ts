import { describe, expect, test } from "vitest";
import { duplicateAddresses } from "../../src/rehearsal/leases.ts";

const first = { address: "127.77.1.1", mac: "52:54:00:77:00:00", fromMs: 0, untilMs: 1000 };
const other = { ...first, mac: "52:54:00:77:00:01" };

describe("judging who held which address", () => {
  test("finds an address that two machines held at one time", () => {
    expect(duplicateAddresses([first, { ...other, fromMs: 999, untilMs: 2000 }])).toEqual(["127.77.1.1"]);
  });

  test("allows an address to go to another machine when the lease is over", () => {
    expect(duplicateAddresses([first, { ...other, fromMs: 1000, untilMs: 2000 }])).toEqual([]);
  });

  test("allows a machine to get its own address again", () => {
    expect(duplicateAddresses([first, { ...first, fromMs: 500, untilMs: 1500 }])).toEqual([]);
  });

  test("names an address once, however often it was shared", () => {
    expect(duplicateAddresses([first, other, first, other])).toEqual(["127.77.1.1"]);
  });
});
