import { describe, expect, test } from "vitest";
import { isStationAddress, MacAddress, StationAddress } from "../../../src/domain/values/mac-address.ts";

describe("reading a MAC address", () => {
  test.each(["52:54:00:AB:CD:EF", "52-54-00-ab-cd-ef"])("brings %s to its canonical form", (text) => {
    expect(MacAddress.parse(text)).toBe("52:54:00:ab:cd:ef");
  });

  test.each(["", "52:54:00:ab:cd", "52:54:00:ab:cd:eg", "525400abcdef"])("refuses '%s'", (text) => {
    expect(MacAddress.safeParse(text).success).toBe(false);
  });
});

test.each([
  ["52:54:00:ab:cd:ef", true],
  ["00:00:00:00:00:00", false],
  ["01:00:5e:00:00:01", false],
  ["ff:ff:ff:ff:ff:ff", false],
])("whether %s names one interface: %s", (text, expected) => {
  expect(isStationAddress(MacAddress.parse(text))).toBe(expected);
  expect(StationAddress.safeParse(text).success).toBe(expected);
});
