import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namedOptions, readOptionText, showOption } from "../../../src/domain/network/option-formats.ts";
import { OptionSetting } from "../../../src/domain/network/option-setting.ts";

/** Each text as people write it, and what goes over the wire. */
const examples = [
  ["routers", "10.77.0.1, 10.77.0.2", 3, "0a4d00010a4d0002"],
  ["time-offset", "-3600", 2, "fffff1f0"],
  ["default-ip-ttl", "64", 23, "40"],
  ["interface-mtu", "9000", 26, "2328"],
  ["path-mtu-plateaus", "68, 1500", 25, "004405dc"],
  ["arp-cache-timeout", "4294967295", 35, "ffffffff"],
  ["ip-forwarding", "true", 19, "01"],
  ["router-discovery", "false", 31, "00"],
  ["broadcast-address", "10.77.255.255", 28, "0a4dffff"],
  ["static-routes", "10.0.0.0, 10.77.0.1", 33, "0a0000000a4d0001"],
  ["root-path", "10.77.0.5:/srv/größe", 17, "31302e37372e302e353a2f7372762f6772c3b6c39f65"],
  ["domain-search", "eng.example.com, a", 119, "03656e67076578616d706c6503636f6d00016100"],
  [
    "classless-static-routes",
    "0.0.0.0/0 via 10.77.0.1, 10.0.0.0/8 via 10.77.0.2, 10.17.0.0/16 via 10.77.0.3, " +
      "192.0.2.1/32 via 10.77.0.4",
    121,
    "000a4d0001080a0a4d0002100a110a4d000320c00002010a4d0004",
  ],
  ["vendor-identifying-options", "311:0104, 9:", 125, "00000137020104" + "0000000900"],
  ["vendor-specific", "0104deadbeef", 43, "0104deadbeef"],
] as const;

describe("an option in words", () => {
  test.each(examples)("%s=%s is read, and shown just so", (...[name, text, code, value]) => {
    expect(readOptionText(name, text)).toEqual({ code, value });
    expect(readOptionText(`${code}`, text)).toEqual({ code, value });
    expect(showOption({ code, value })).toEqual({ name, text });
  });

  test("may have capitals in hex and no spaces in lists", () => {
    expect(readOptionText("vendor-specific", "01DE")).toEqual({ code: 43, value: "01de" });
    expect(readOptionText("ntp-servers", "10.0.0.1,10.0.0.2")).toEqual({
      code: 42,
      value: "0a0000010a000002",
    });
  });

  test("is its octets where it has no name, or where the octets are none of its format", () => {
    expect(readOptionText("224", "0aff")).toEqual({ code: 224, value: "0aff" });
    expect(showOption({ code: 224, value: "0aff" })).toEqual({ name: "224", text: "0aff" });
    expect(readOptionText("interface-mtu", "hex:01")).toEqual({ code: 26, value: "01" });
    expect(showOption({ code: 26, value: "01" })).toEqual({ name: "interface-mtu", text: "hex:01" });
    expect(showOption({ code: 17, value: "6100" })).toEqual({ name: "root-path", text: "hex:6100" });
  });

  test.each([
    ["routers", "10.77.0.256", "IPv4 addresses"],
    ["routers", "", "IPv4 addresses"],
    ["broadcast-address", "10.77.0", "an IPv4 address"],
    ["static-routes", "10.0.0.0", "pairs"],
    ["time-offset", "2147483648", "from -2147483648 to 2147483647"],
    ["default-ip-ttl", "-1", "from 0 to 255"],
    ["interface-mtu", "0x10", "from 0 to 65535"],
    ["ip-forwarding", "yes", "true or false"],
    ["root-path", "", "without control characters"],
    ["root-path", "a\nb", "without control characters"],
    ["root-path", "\ud800", "without control characters"],
    ["domain-search", "a..b", "domain names"],
    ["domain-search", `${"a".repeat(64)}.example`, "domain names"],
    ["domain-search", Array.from({ length: 64 }, () => "abc").join("."), "domain names"],
    ["classless-static-routes", "10.0.0.0/33 via 10.77.0.1", "routes such as"],
    ["classless-static-routes", "10.0.0.1/8 via 10.77.0.1", "host bits zero"],
    ["classless-static-routes", "10.0.0.0/8 via 10.77.0.999", "routes such as"],
    ["classless-static-routes", "10.0.0.999/8 via 10.77.0.1", "routes such as"],
    ["classless-static-routes", "default via 10.77.0.1", "routes such as"],
    ["vendor-identifying-class", "311", "enterprise numbers"],
    ["vendor-identifying-class", "x:01", "enterprise numbers"],
    ["vendor-identifying-class", "311:0", "enterprise numbers"],
    ["vendor-identifying-class", "311:01:02", "enterprise numbers"],
    ["vendor-identifying-class", `311:${"00".repeat(256)}`, "enterprise numbers"],
    ["vendor-specific", "0", "octets in hex"],
    ["224", "xy", "octets in hex"],
    ["interface-mtu", "hex:1", "octets in hex"],
  ])("%s=%s is not read, and what is expected is said", (name, text, said) => {
    expect(readOptionText(name, text)).toContain(said);
  });

  test.each(["0", "255", "1000", "-1", "ntp", "", "constructor"])("of the name %j there is none", (name) => {
    expect(readOptionText(name, "00")).toContain("no option is called");
  });

  test("is of 1024 octets at most", () => {
    expect(readOptionText("224", "00".repeat(1024))).toMatchObject({ code: 224 });
    expect(readOptionText("224", "00".repeat(1025))).toContain("1025 octets: 1024 fit");
  });
});

test.each([
  ["a route that is cut short", 121, "200a00"],
  ["a route with 33 bits", 121, "21000000000000000000"],
  ["a name that is cut short", 119, "0361"],
  ["a name with a pointer", 119, "0161c000"],
  ["vendor's data that is cut short", 125, "0000"],
  ["vendor's data shorter than it says", 125, "000001370501"],
  ["an address of five octets", 28, "0a4d000100"],
  ["half an address", 3, "0a4d"],
  ["no address", 3, ""],
  ["text that is no UTF-8", 17, "ff"],
  ["text that begins as hex does", 17, "6865783a30"],
  ["a truth of two octets", 19, "0101"],
])("%s is shown as octets", (_, code, value) => {
  expect(showOption({ code, value }).text).toBe(`hex:${value}`);
});

/** Any octets of any option: mostly such as formats might take. */
const anySetting: fc.Arbitrary<OptionSetting> = fc
  .tuple(
    fc.oneof(fc.constantFrom(...namedOptions.map(({ code }) => code)), fc.integer({ min: 1, max: 254 })),
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(fc.constantFrom(0, 1, 4, 8, 10, 97), { maxLength: 24 }),
    ),
  )
  .map(([code, octets]) => OptionSetting.parse({ code, value: Buffer.from(octets).toString("hex") }));

test("whatever the octets are, what is shown is read as the same octets", () => {
  fc.assert(
    fc.property(anySetting, (setting) => {
      const { name, text } = showOption(setting);
      expect(readOptionText(name, text)).toEqual(setting);
    }),
    { numRuns: 500 },
  );
});

test("whatever is written, it is an option or a problem, and never an exception", () => {
  const anyName = fc.oneof(fc.constantFrom(...namedOptions.map(({ name }) => name)), fc.string());
  fc.assert(
    fc.property(anyName, fc.string({ unit: "binary" }), (name, text) => {
      const read = readOptionText(name, text);
      if (typeof read !== "string") expect(OptionSetting.parse(read)).toEqual(read);
    }),
    { numRuns: 300 },
  );
});

test("no two options have one name, and no name is a code", () => {
  const names = namedOptions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
});
