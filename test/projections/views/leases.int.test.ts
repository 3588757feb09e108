import { describe, expect, test } from "vitest";
import type { Binding } from "../../../src/domain/address/binding.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { keyOfMac, ReservationKey } from "../../../src/domain/values/reservation-key.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import {
  clientClassCollection,
  leaseCollection,
  reservationCollection,
  subnetCollection,
} from "../../../src/projections/collections/leases.ts";
import type { Condition } from "../../../src/projections/query/condition.ts";
import type { ViewConnection } from "../../../src/projections/view-connection.ts";
import { leases } from "../../../src/projections/views/leases.ts";
import { leasesReader } from "../../../src/projections/views/leases-reader.ts";
import type { Step } from "../../support/history.ts";
import { mac, machineId, nowMs, otherMac, phones, samples, subnet } from "../../support/samples.ts";
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
    const collection = await readerAfter(leases, leaseCollection, steps);
    const first = collection.page({ limit: 2 });
    expect(first.map(({ row }) => row.address)).toEqual(addresses.slice(0, 2));
    const rest = collection.page({ limit: 3, after: first[1]?.key });
    expect(rest.map(({ row }) => row.address)).toEqual(addresses.slice(2));
  });

  test("lists by subnet, by status, by both, by holder and by reservation", async () => {
    const elsewhere = SubnetName.parse("rack-8");
    const collections = (connection: ViewConnection) =>
      [leaseCollection(connection), reservationCollection(connection)] as const;
    const [leased, reserved] = await readerAfter(leases, collections, [
      { stream: `machine-${machineId}`, events: [samples.MachineDiscovered, samples.LabelsChanged] },
      bound("10.77.0.1", "LeaseGranted"),
      bound("10.77.0.2", "AddressDeclined", { status: "declined", ...held(otherMac) }),
      bound("10.78.0.1", "LeaseGranted", { subnet: elsewhere, ...held(otherMac) }),
      bound("10.78.0.2", "AddressReserved", {
        ...free,
        subnet: elsewhere,
        holder: null,
        reservedFor: keyOfMac(mac),
      }),
    ]);
    const listed = (...all: readonly Condition[]) =>
      leased.page({ where: { all }, limit: 10 }).map(({ row }) => row.address);
    const inSubnet = { column: "subnet", eq: elsewhere };
    const isLeased = { column: "status", eq: "leased" };
    expect(listed(inSubnet)).toEqual(["10.78.0.1", "10.78.0.2"]);
    expect(listed(isLeased)).toEqual(["10.77.0.1", "10.78.0.1"]);
    expect(listed(inSubnet, isLeased)).toEqual(["10.78.0.1"]);
    expect(listed({ column: "mac", eq: otherMac })).toEqual(["10.77.0.2", "10.78.0.1"]);
    expect(listed({ column: "machineId", eq: machineId })).toEqual(["10.77.0.1"]);
    expect(listed({ label: "rack", exists: true })).toEqual(["10.77.0.1"]);
    expect(reserved.page({ limit: 10 }).map(({ row }) => row.address)).toEqual(["10.78.0.2"]);
    expect(reserved.count({ column: "mac", eq: mac }, "exact").count).toBe(1);
  });
});

describe("reservations", () => {
  test("are listed by any key of theirs, and those without an interface, too", async () => {
    const circuit = ReservationKey.parse("circuit:0a01");
    const collections = (connection: ViewConnection) =>
      [leaseCollection(connection), reservationCollection(connection), leasesReader(connection)] as const;
    const [leased, reserved, reader] = await readerAfter(leases, collections, [
      bound("10.77.0.1", "AddressReserved", { ...free, reservedFor: circuit }),
      bound("10.77.0.2", "AddressReserved", { ...free, reservedFor: keyOfMac(mac) }),
    ]);
    const shown = reserved.page({ limit: 10 }).map(({ row }) => [row.reservedFor, row.reservedMac]);
    expect(shown).toEqual([
      [circuit, null],
      [mac, mac],
    ]);
    expect(reserved.page({ where: { column: "key", prefix: "circuit:" }, limit: 10 })).toHaveLength(1);
    expect(leased.page({ where: { column: "reservedFor", eq: circuit }, limit: 10 })).toHaveLength(1);
    expect(reader.reservationsFor(circuit)).toEqual(["10.77.0.1"]);
  });
});

describe("the usage of a subnet", () => {
  test("counts addresses by their status", async () => {
    const reader = await readerAfter(leases, leasesReader, [
      defined,
      bound("10.77.0.100", "LeaseGranted"),
      bound("10.77.0.101", "LeaseGranted", { reservedFor: keyOfMac(mac) }),
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

  test("leaves excluded addresses out", async () => {
    const exclusions = [{ first: "10.77.0.100", last: "10.77.0.109" }];
    const changed = { type: "SubnetChanged", data: { subnet: { ...subnet, exclusions } } };
    const reader = await readerAfter(leases, leasesReader, [
      defined,
      { stream: "network", events: [changed] },
    ]);
    expect(reader.findSubnet(subnet.name)).toMatchObject({ addresses: 90 });
  });

  test("outlives a change and a retirement of the subnet", async () => {
    const granted = bound("10.77.0.100", "LeaseGranted");
    const changed: Step = { stream: "network", events: [samples.SubnetChanged] };
    const retired: Step = { stream: "network", events: [samples.SubnetRetired] };
    const subnetsAfter = async (...steps: Step[]) => {
      const collection = await readerAfter(leases, subnetCollection, [defined, granted, ...steps]);
      return collection.page({ limit: 10 }).map(({ row }) => row);
    };
    expect(await subnetsAfter(changed)).toMatchObject([{ leased: 1, definition: { leaseSeconds: 7200 } }]);
    expect(await subnetsAfter(retired)).toEqual([]);
    expect(await subnetsAfter(retired, defined)).toMatchObject([{ leased: 1 }]);
  });
});

describe("leases that a change of a subnet would end", () => {
  const range = (first: string, last: string) => ({ first: Ipv4.parse(first), last: Ipv4.parse(last) });
  const asked = { cidr: subnet.cidr, ranges: [], reservedIn: undefined, nowMs };
  const steps = [
    defined,
    bound("10.77.0.100", "LeaseGranted"),
    bound("10.77.0.150", "LeaseGranted"),
    bound("10.77.0.151", "LeaseGranted", { untilMs: nowMs }),
    bound("10.77.0.152", "LeaseReleased", free),
    bound("10.77.0.199", "LeaseGranted", { reservedFor: keyOfMac(mac) }),
  ];

  test("are all that run when nothing is left of it", async () => {
    const reader = await readerAfter(leases, leasesReader, steps);
    expect(reader.endangered(asked)).toEqual({ count: 3, first: "10.77.0.100" });
    const later = nowMs + 3_600_000;
    expect(reader.endangered({ ...asked, nowMs: later })).toEqual({ count: 0, first: undefined });
  });

  test("are not those in its ranges, nor reserved ones in its network", async () => {
    const reader = await readerAfter(leases, leasesReader, steps);
    const ranges = [range("10.77.0.160", "10.77.0.170"), range("10.77.0.90", "10.77.0.120")];
    expect(reader.endangered({ ...asked, ranges })).toEqual({ count: 2, first: "10.77.0.150" });
    expect(reader.endangered({ ...asked, ranges, reservedIn: subnet.cidr })).toEqual({
      count: 1,
      first: "10.77.0.150",
    });
    const all = [range("10.77.0.0", "10.77.255.255")];
    expect(reader.endangered({ ...asked, ranges: all })).toEqual({ count: 0, first: undefined });
    const beyond = [range("10.76.0.0", "10.76.0.9"), range("10.78.0.0", "10.78.0.9")];
    expect(reader.endangered({ ...asked, ranges: beyond }).count).toBe(3);
  });
});

describe("the client classes", () => {
  test("are listed as they were defined last, until they are retired", async () => {
    const network = (...events: Step["events"]): Step => ({ stream: "network", events });
    const { ClientClassDefined, ClientClassChanged, ClientClassRetired } = samples;
    const collection = (connection: ViewConnection) =>
      [clientClassCollection(connection), leasesReader(connection)] as const;
    const [listed, reader] = await readerAfter(leases, collection, [
      defined,
      network(ClientClassDefined, ClientClassChanged),
    ]);
    expect(listed.page({ limit: 5 }).map(({ row }) => row)).toMatchObject([
      { name: "phones", priority: 200, definition: ClientClassChanged.data.class },
    ]);
    expect(listed.facets([{ column: "priority" }], undefined)).toMatchObject([
      { values: [{ value: 200, count: 1 }] },
    ]);
    expect(reader.findClass(phones.name)).toMatchObject({ priority: 200 });

    const [none] = await readerAfter(leases, collection, [
      defined,
      network(ClientClassDefined, ClientClassRetired),
    ]);
    expect(none.count(undefined, "exact").count).toBe(0);
  });
});
