import { describe, expect, test } from "vitest";
import { createLeaseTable } from "../../../../src/boot/dhcp/leases/lease-table.ts";
import type { BoundAddress } from "../../../../src/domain/address/state.ts";
import type { RecordedEvent } from "../../../../src/domain/ports/event-store.ts";
import { keyOfMac } from "../../../../src/domain/values/reservation-key.ts";
import { ip, mac } from "../support.ts";

const address = ip("10.77.0.10");
const ada = mac("52:54:00:77:00:01");
const bob = mac("52:54:00:77:00:02");
const lab = "lab" as never;
const wire = "subnet lab";

function leasedTo(holder: typeof ada, untilMs = 1_000): BoundAddress {
  return {
    subnet: lab,
    status: "leased",
    reservedFor: null,
    holder: { mac: holder, clientId: null, hostname: null },
    relay: null,
    leaseSeconds: 60,
    untilMs,
  };
}

function free(binding: BoundAddress): BoundAddress {
  return { ...binding, status: "free", leaseSeconds: null, untilMs: null };
}

function table() {
  const freed: string[] = [];
  return { freed, ...createLeaseTable({ wireOf: () => wire, freed: (which) => freed.push(which) }) };
}

describe("the lease table", () => {
  test("takes no step back: an older event, or the same again, changes nothing", () => {
    const { record, get, freed } = table();
    record(address, { binding: leasedTo(ada), revision: 0 });
    record(address, { binding: free(leasedTo(ada)), revision: 1 });
    record(address, { binding: leasedTo(bob), revision: 2 });
    record(address, { binding: leasedTo(ada), revision: 0 });
    record(address, { binding: free(leasedTo(ada)), revision: 1 });
    record(address, { binding: leasedTo(ada), revision: 2 });
    expect(get(address)).toEqual({ binding: leasedTo(bob), revision: 2 });
    expect(freed).toEqual([address]);
  });

  test("forgets who had an address once somebody else has it", () => {
    const { record, addressOf } = table();
    record(address, { binding: leasedTo(ada), revision: 0 });
    record(address, { binding: free(leasedTo(ada)), revision: 1 });
    expect(addressOf(wire, `mac:${ada}`)).toBe(address);
    record(address, { binding: leasedTo(bob), revision: 2 });
    expect(addressOf(wire, `mac:${ada}`)).toBeUndefined();
    expect(addressOf(wire, `mac:${bob}`)).toBe(address);
  });

  test("prefers the address that a client has to the one that it gave back", () => {
    const other = ip("10.77.0.11");
    const { record, addressOf } = table();
    record(address, { binding: leasedTo(ada), revision: 0 });
    record(other, { binding: leasedTo(ada), revision: 0 });
    record(address, { binding: free(leasedTo(ada)), revision: 1 });
    expect(addressOf(wire, `mac:${ada}`)).toBe(other);
  });

  test("knows a reservation until it is removed", () => {
    const { record, reservedFor } = table();
    const binding = free(leasedTo(bob));
    record(address, { binding: { ...binding, reservedFor: keyOfMac(ada) }, revision: 0 });
    expect(reservedFor(wire, [keyOfMac(ada)])).toBe(address);
    record(address, { binding, revision: 1 });
    expect(reservedFor(wire, [keyOfMac(ada)])).toBeUndefined();
  });

  test("passes over events of other streams", () => {
    const { apply, get } = table();
    apply({ stream: "machine-x", type: "MachineApproved", data: {}, revision: 0 } as RecordedEvent);
    expect(get(address)).toBeUndefined();
  });
});
