import { describe, test } from "vitest";
import { addressDecider } from "../../../src/domain/address/decide.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { given } from "../../support/given.ts";
import { addressEvent, ask, clientId, endMs, free, leasedAt, stranger } from "../../support/leases.ts";
import { mac, nowMs, otherMac, samples, subnet } from "../../support/samples.ts";

const { LeaseGranted, AddressDeclined, AddressReserved, ReservationRemoved } = samples;
const granted = LeaseGranted.data;
const graceMs = 60_000;
const minuteMs = 60_000;

describe("reserving an address", () => {
  const reserve = { type: "ReserveAddress", subnet: subnet.name, mac, nowMs } as const;
  const reservedForOther = addressEvent("AddressReserved", {
    ...AddressReserved.data,
    reservedFor: otherMac,
  });

  test("is recorded once", () => {
    given(addressDecider).when(reserve).thenAppends(AddressReserved);
    given(addressDecider, [AddressReserved]).when(reserve).thenNothing();
  });

  test("is recorded again in another subnet", () => {
    const rack8 = SubnetName.parse("rack-8");
    given(addressDecider, [AddressReserved])
      .when({ ...reserve, subnet: rack8 })
      .thenAppends(addressEvent("AddressReserved", { ...AddressReserved.data, subnet: rack8 }));
  });

  test("is refused when it is reserved for another machine", () => {
    given(addressDecider, [reservedForOther])
      .when(reserve)
      .thenRejects("ADDRESS_RESERVED", otherMac, "remove that reservation");
  });

  test("is refused when another machine holds its lease", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...reserve, mac: otherMac })
      .thenRejects("ADDRESS_LEASED", mac, "2026-01-01T01:00:00.000Z", "choose another address");
  });

  test("ends another machine's lapsed lease, together", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...reserve, mac: otherMac, nowMs: endMs + graceMs })
      .thenAppends(
        addressEvent("LeaseExpired", free),
        addressEvent("AddressReserved", { ...free, reservedFor: otherMac }),
      );
  });

  test("leaves the machine the lease that it holds", () => {
    given(addressDecider, [LeaseGranted])
      .when(reserve)
      .thenAppends(addressEvent("AddressReserved", { ...granted, reservedFor: mac }));
  });

  test("does not shorten a quarantine", () => {
    given(addressDecider, [AddressDeclined])
      .when(reserve)
      .thenAppends(addressEvent("AddressReserved", { ...AddressDeclined.data, reservedFor: mac }));
  });
});

describe("a reserved address", () => {
  const reservedLease = addressEvent("AddressReserved", { ...granted, reservedFor: mac });

  test("is granted to its machine, whatever client id it sends", () => {
    const holder = { mac, clientId, hostname: null };
    given(addressDecider, [AddressReserved])
      .when({ ...ask, holder })
      .thenAppends(addressEvent("LeaseGranted", { ...granted, reservedFor: mac, holder }));
  });

  test("is refused to every other machine, even with the holder's client id", () => {
    given(addressDecider, [AddressReserved])
      .when({ ...ask, holder: stranger })
      .thenRejects("ADDRESS_RESERVED", mac);
    const held = { ...granted, reservedFor: mac, holder: { mac, clientId, hostname: null } };
    given(addressDecider, [addressEvent("AddressReserved", held)])
      .when({ ...ask, holder: { ...stranger, clientId } })
      .thenRejects("ADDRESS_RESERVED", mac);
  });

  test("passes at once between the client ids of its machine", () => {
    const holder = { mac, clientId, hostname: null };
    const atMs = nowMs + minuteMs;
    given(addressDecider, [reservedLease])
      .when({ ...ask, holder, nowMs: atMs })
      .thenAppends(
        addressEvent("LeaseExpired", { ...free, reservedFor: mac }),
        addressEvent("LeaseGranted", leasedAt(atMs, { reservedFor: mac, holder })),
      );
  });

  test("stays reserved when its lease ends", () => {
    given(addressDecider, [reservedLease])
      .when({ type: "ReleaseLease", mac, clientId: null })
      .thenAppends(addressEvent("LeaseReleased", { ...free, reservedFor: mac }));
  });

  test("is everybody's again once the reservation is removed", () => {
    given(addressDecider, [AddressReserved])
      .when({ type: "RemoveReservation" })
      .thenAppends(ReservationRemoved);
    given(addressDecider, [AddressReserved, ReservationRemoved])
      .when({ type: "RemoveReservation" })
      .thenNothing();
    given(addressDecider).when({ type: "RemoveReservation" }).thenNothing();
  });
});
