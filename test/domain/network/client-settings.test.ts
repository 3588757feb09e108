import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClientClass } from "../../../src/domain/network/client-class.ts";
import {
  type ClientTraits,
  clientSettings,
  matchingClasses,
} from "../../../src/domain/network/client-settings.ts";
import type { OptionSetting } from "../../../src/domain/network/option-setting.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { mac, phones, subnet } from "../../support/samples.ts";

const asksNothing = Object.fromEntries(Object.keys(phones.match).map((part) => [part, null]));

const traits: ClientTraits = {
  mac,
  clientId: null,
  firmwareUuid: null,
  architectures: ["x64-uefi", "x86-bios"],
  vendorClass: "PXEClient:Arch:00007:UNDI:003001",
  userClasses: ["iPXE", "lab"],
  circuitId: "0a01",
  remoteId: "ff",
  labels: { rack: "b7" },
};
const silent: ClientTraits = {
  ...traits,
  architectures: [],
  vendorClass: null,
  userClasses: [],
  circuitId: null,
  remoteId: null,
  labels: {},
};

function classWith(change: object): ClientClass {
  return ClientClass.parse({ ...phones, options: [], leaseSeconds: null, ...change });
}

function classOf(match: object): ClientClass {
  return classWith({ match: { ...asksNothing, ...match } });
}

function isOf(match: object, client: ClientTraits = traits): boolean {
  return matchingClasses([classOf(match)], client, subnet.name).length === 1;
}

describe("a client is of a class", () => {
  test.each([
    [{ architectures: ["x86-bios"] }, { architectures: ["arm64-uefi"] }],
    [{ vendorClassPrefixes: ["Cisco", "PXEClient"] }, { vendorClassPrefixes: ["Client"] }],
    [{ userClasses: ["lab"] }, { userClasses: ["la"] }],
    [{ macPrefixes: ["52:54:00"] }, { macPrefixes: ["54:00"] }],
    [{ relayCircuits: ["ee", "0a01"] }, { relayCircuits: ["0a"] }],
    [{ relayRemotes: ["ff"] }, { relayRemotes: ["0a01"] }],
    [{ machineLabels: { rack: "b7" } }, { machineLabels: { rack: "b8" } }],
    [{ machineLabels: { rack: null } }, { machineLabels: { rack: "b7", tier: null } }],
    [{ subnets: ["rack-8", "rack-7"] }, { subnets: ["rack-8"] }],
  ])("by %j, and not by %j", (match, other) => {
    expect(isOf(match)).toBe(true);
    expect(isOf(other)).toBe(false);
  });

  test("only when every part of the match holds", () => {
    expect(isOf({ macPrefixes: ["52"], userClasses: ["lab"] })).toBe(true);
    expect(isOf({ macPrefixes: ["52"], userClasses: ["shop"] })).toBe(false);
  });

  test.each([
    { architectures: ["x86-bios"] },
    { vendorClassPrefixes: ["PXEClient"] },
    { userClasses: ["lab"] },
    { relayCircuits: ["0a01"] },
    { relayRemotes: ["ff"] },
    { machineLabels: { rack: null } },
  ])("of %j only when it says so much", (match) => {
    expect(isOf(match, silent)).toBe(false);
  });
});

test("the classes of a client stand by priority, and by name where that is the same", () => {
  const classes = [
    ["low", 1],
    ["b", 5],
    ["a", 5],
    ["c", 5],
    ["high", 9],
  ].map(([name, priority]) => classWith({ name, priority, match: { ...asksNothing, macPrefixes: ["52"] } }));
  const names = matchingClasses(classes, traits, SubnetName.parse("rack-9")).map(({ name }) => name);
  expect(names).toEqual(["high", "a", "b", "c", "low"]);
});

describe("what a client gets", () => {
  const [ntp, otherNtp, mtu] = [
    { code: 42, value: "0a000001" },
    { code: 42, value: "0a000002" },
    { code: 26, value: "2328" },
  ];

  test("is the subnet's, where nobody else says anything", () => {
    const settings = clientSettings({
      subnet: { ...subnet, options: [ntp, mtu] },
      classes: [],
      machineOptions: [],
    });
    expect(settings).toEqual({
      leaseSeconds: { value: 3600, from: "subnet rack-7" },
      options: [
        { setting: mtu, from: "subnet rack-7" },
        { setting: ntp, from: "subnet rack-7" },
      ],
      bootFile: undefined,
    });
  });

  test("is the strongest class's where several say something, option by option", () => {
    const strong = classWith({ name: "strong", options: [otherNtp], bootFile: "strong.efi" });
    const weak = classWith({ name: "weak", options: [ntp, mtu], leaseSeconds: 60, bootFile: "weak.efi" });
    expect(clientSettings({ subnet, classes: [strong, weak], machineOptions: [] })).toEqual({
      leaseSeconds: { value: 60, from: "class weak" },
      options: [
        { setting: mtu, from: "class weak" },
        { setting: otherNtp, from: "class strong" },
      ],
      bootFile: { value: "strong.efi", from: "class strong" },
    });
  });

  const anyOptions = fc.uniqueArray(
    fc.record({ code: fc.integer({ min: 1, max: 9 }), value: fc.constantFrom("00", "01") }),
    { maxLength: 6, selector: ({ code }) => code },
  );

  test("is, of each option, the machine's, else the first class's that sets it, else the subnet's", () => {
    fc.assert(
      fc.property(
        fc.record({ machine: anyOptions, first: anyOptions, second: anyOptions, below: anyOptions }),
        ({ machine, first, second, below }) => {
          const classes = [
            classWith({ name: "one", options: first }),
            classWith({ name: "two", options: second }),
          ];
          const { options } = clientSettings({
            subnet: { ...subnet, options: below },
            classes,
            machineOptions: machine,
          });
          for (let code = 1; code <= 9; code++) {
            const among = (list: readonly OptionSetting[]) => list.find((each) => each.code === code);
            const expected = [machine, first, second, below].map(among).find(Boolean);
            expect(options.find(({ setting }) => setting.code === code)?.setting).toEqual(expected);
          }
          const codes = options.map(({ setting }) => setting.code);
          expect(codes).toEqual([...new Set(codes)].toSorted((one, other) => one - other));
        },
      ),
    );
  });
});
