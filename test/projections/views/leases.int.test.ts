import { describe, expect, test } from "vitest";
import type { Binding } from "../../../src/domain/address/binding.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { leases } from "../../../src/projections/views/leases.ts";
import { leasesReader } from "../../../src/projections/views/leases-reader.ts";
import type { Step } from "../../support/history.ts";
import { mac, otherMac, samples, subnet } from "../../support/samples.ts";
import { readerAfter } from "../view-files.ts";

const defined: Step = { stream: "network", events: [samples.SubnetDefined] };
const free = samples.LeaseReleased.data;

function bound(address: string, type: string, binding: Partial<Binding> = {}): Step {
  return {
    stream: `address-${address}`,
    events: [{ type, data: { ...samples.LeaseGranted.data, ...binding } }],
  };
}

const held = (by: typeof mac) => ({ holder: { mac: by, clientId: null, hostname: null } });

describe("the view of leases", () => {
  test("shows an address as its newest event says", async () => {
    const steps = [
      defined,
      bound("10.77.0.100", "LeaseGranted"),
      bound("10.77.0.100", "LeaseRenewed", { untilMs: 77 }),
    ];
    const reader = await readerAfter(leases, leasesReader, steps);
    expect(reader.find(Ipv4.parse("10.77.0.100"))).toMatchObject({
      ip: 0x0a4d_0064,
      status: "leased",
      mac,
      hostname: "node-1",
      untilMs: 77,
      revision: 1,
    });
    expect(reader.find(Ipv4.parse("10.77.0.101"))).toBeUndefined();
  });

  test("lists addresses in their order, a page at a time", async () => {
    const addresses = ["10.77.0.9", "10.77.0.10", "10.77.0.100", "10.77.1.2"];
    const steps = addresses.toReversed().map((address) => bound(address, "LeaseGranted"));
    const reader = await readerAfter(leases, leasesReader, steps);
    expect(reader.list({}, { limit: 3 }).map(({ address }) => address)).toEqual(addresses.slice(0, 3));
    const after = Ipv4.parse("10.77.0.10");
    expect(reader.list({}, { limit: 3, after }).map(({ address }) => address)).toEqual(addresses.slice(2));
  });

  test("lists by subnet, by status, by both, by holder and by reservation", async () => {
    const elsewhere = SubnetName.parse("rack-8");
    const reader = await readerAfter(leases, leasesReader, [
      bound("10.77.0.1", "LeaseGranted"),
      bound("10.77.0.2", "AddressDeclined", { status: "declined", ...held(otherMac) }),
      bound("10.78.0.1", "LeaseGranted", { subnet: elsewhere, ...held(otherMac) }),
      bound("10.78.0.2", "AddressReserved", { ...free, subnet: elsewhere, holder: null, reservedFor: mac }),
    ]);
    const page = { limit: 10 };
    const listed = (rows: readonly { readonly address: string }[]) => rows.map(({ address }) => address);
    expect(listed(reader.list({ subnet: elsewhere }, page))).toEqual(["10.78.0.1", "10.78.0.2"]);
    expect(listed(reader.list({ status: "leased" }, page))).toEqual(["10.77.0.1", "10.78.0.1"]);
    expect(listed(reader.list({ subnet: elsewhere, status: "leased" }, page))).toEqual(["10.78.0.1"]);
    expect(listed(reader.listByMac(otherMac, page))).toEqual(["10.77.0.2", "10.78.0.1"]);
    expect(listed(reader.listReservedFor(mac, page))).toEqual(["10.78.0.2"]);
  });
});

describe("the usage of a subnet", () => {
  test("counts addresses by their status", async () => {
    const reader = await readerAfter(leases, leasesReader, [
      defined,
      bound("10.77.0.100", "LeaseGranted"),
      bound("10.77.0.101", "LeaseGranted", { reservedFor: mac }),
      bound("10.77.0.102", "AddressDeclined", { status: "declined" }),
      bound("10.77.0.103", "LeaseGranted"),
      bound("10.77.0.103", "LeaseExpired", free),
    ]);
    expect(reader.findSubnet(subnet.name)).toMatchObject({
      name: "rack-7",
      definition: subnet,
      addresses: 100,
      leased: 2,
      reserved: 1,
      declined: 1,
    });
  });

  test("outlives a change and a retirement of the subnet", async () => {
    const granted = bound("10.77.0.100", "LeaseGranted");
    const changed: Step = { stream: "network", events: [samples.SubnetChanged] };
    const retired: Step = { stream: "network", events: [samples.SubnetRetired] };
    const subnetsAfter = async (...steps: Step[]) => {
      const reader = await readerAfter(leases, leasesReader, [defined, granted, ...steps]);
      return reader.listSubnets({ limit: 10 });
    };
    expect(await subnetsAfter(changed)).toMatchObject([{ leased: 1, definition: { leaseSeconds: 7200 } }]);
    expect(await subnetsAfter(retired)).toEqual([]);
    expect(await subnetsAfter(retired, defined)).toMatchObject([{ leased: 1 }]);
  });
});
