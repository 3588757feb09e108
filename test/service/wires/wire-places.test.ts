import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { Config } from "../../../src/config.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { findPlace, type Interfaces } from "../../../src/service/wires/find-place.ts";
import { wirePlaces } from "../../../src/service/wires/wire-places.ts";
import { wireSettings } from "../../../src/service/wires/wire-settings.ts";

const mac = "52:54:00:00:00:01";

function at(address: string, family: "IPv4" | "IPv6" = "IPv4"): NetworkInterfaceInfo {
  return { address, family, mac, netmask: "", internal: false, cidr: null } as NetworkInterfaceInfo;
}

const named = (name: string, address?: string) => ({
  interface: name,
  address: address === undefined ? undefined : Ipv4.parse(address),
});

describe("the place of a wire", () => {
  const interfaces: Interfaces = {
    eth1: [at("fe80::1", "IPv6"), at("169.254.3.4"), at("10.81.0.1"), at("10.81.0.2")],
    bare: [at("169.254.3.5")],
  };

  test("is the first address of its interface that the host did not give itself", () => {
    expect(findPlace(named("eth1"), interfaces)).toEqual({ address: "10.81.0.1", mac });
  });

  test("is the address that the configuration chooses, while the interface has it", () => {
    expect(findPlace(named("eth1", "10.81.0.2"), interfaces)).toEqual({ address: "10.81.0.2", mac });
    expect(findPlace(named("eth1", "10.81.0.9"), interfaces)).toBeUndefined();
  });

  test("is nowhere without an interface that is up, or without an address", () => {
    expect(findPlace(named("eth9"), interfaces)).toBeUndefined();
    expect(findPlace(named("bare"), interfaces)).toBeUndefined();
  });

  test("without an interface is the address, whoever has it", () => {
    const address = Ipv4.parse("10.81.0.2");
    expect(findPlace({ interface: undefined, address }, interfaces)).toEqual({ address, mac });
    expect(findPlace({ interface: undefined, address }, {})).toEqual({ address, mac: undefined });
  });
});

describe("the wires of a configuration", () => {
  const config = Config.parse({
    dataDirectory: "data",
    wire: { interface: "eth1" },
    moreWires: [{ interface: "eth2", dhcp: "proxy" }],
  });

  test("are told by their interfaces, or by an address", () => {
    expect(wireSettings(config).map(({ name, key, dhcp }) => ({ name, key, dhcp }))).toEqual([
      { name: "eth1", key: "wire", dhcp: "serve" },
      { name: "eth2", key: "moreWires[0]", dhcp: "proxy" },
    ]);
    const plain = Config.parse({ dataDirectory: "data", wire: { address: "10.81.0.1" } });
    expect(wireSettings(plain)).toMatchObject([{ name: "10.81.0.1", interface: undefined }]);
  });

  test("have the same list of our addresses until one changes", () => {
    let interfaces: Interfaces = { eth1: [at("10.81.0.1")] };
    const wires = wireSettings(config);
    const places = wirePlaces(wires, () => interfaces);
    const before = places.addresses();
    expect(before).toEqual(["10.81.0.1"]);
    places.look();
    expect(places.addresses()).toBe(before);

    interfaces = { eth1: [at("10.81.0.1")], eth2: [at("10.82.0.1")] };
    places.look();
    expect(places.addresses()).toEqual(["10.81.0.1", "10.82.0.1"]);
    expect(wires.map((wire) => places.of(wire)?.address)).toEqual(["10.81.0.1", "10.82.0.1"]);
  });
});

describe("a configuration of wires is refused", () => {
  test.each([
    ["without an address and an interface", { wire: {} }],
    [
      "with a first wire that is told by its address among several",
      {
        wire: { address: "10.81.0.1" },
        moreWires: [{ interface: "eth2" }],
      },
    ],
    [
      "with an interface that is a wire twice",
      { wire: { interface: "eth1" }, moreWires: [{ interface: "eth1" }] },
    ],
    ["with an interface that cannot be one", { wire: { interface: "a/b" } }],
  ])("%s", (_, given) => {
    expect(Config.safeParse({ dataDirectory: "data", ...given }).success).toBe(false);
  });
});

describe("the configuration of a wire that is to be probed", () => {
  const read = (wire: object) =>
    Config.safeParse({ dataDirectory: "data", wire: { interface: "a", rogueProbeSeconds: 60, ...wire } });

  test("is taken where other servers would be news", () => {
    expect(read({}).success).toBe(true);
    expect(read({ dhcp: "proxy", trustedServers: ["10.77.0.2"] }).success).toBe(true);
  });

  test.each([{ dhcp: "proxy" }, { dhcp: "boot-server" }, { dhcp: "off" }])("is refused with %o", (wire) => {
    const issues = read(wire).error?.issues;
    expect(issues).toMatchObject([{ path: ["wire", "rogueProbeSeconds"] }]);
    expect(issues?.[0]?.message).toMatch(/^needs `dhcp: serve`/);
  });
});
