import { describe, expect, test } from "vitest";
import { addressDecider } from "../../../src/domain/address/decide.ts";
import { keyOfMac, ReservationKey } from "../../../src/domain/values/reservation-key.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { given } from "../../support/given.ts";
import { addressEvent, ask, clientId, endMs, free, leasedAt, stranger } from "../../support/leases.ts";
import { mac, nowMs, otherMac, samples, subnet } from "../../support/samples.ts";

const { LeaseGranted, AddressDeclined, AddressReserved, ReservationRemoved } = samples;
const granted = LeaseGranted.data;
const graceMs = 60_000;
const minuteMs = 60_000;
const key = keyOfMac(mac);
const otherKey = keyOfMac(otherMac);

describe("reserving an address", () => {
  const reserve = { type: "ReserveAddress", subnet: subnet.name, key, nowMs } as const;
  const reservedForOther = addressEvent("AddressReserved", {
    ...AddressReserved.data,
    reservedFor: otherKey,
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
      .when({ ...reserve, key: otherKey })
      .thenRejects("ADDRESS_LEASED", mac, "2026-01-01T01:00:00.000Z", "choose another address");
  });

  test("ends another machine's lapsed lease, together", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...reserve, key: otherKey, nowMs: endMs + graceMs })
      .thenAppends(
        addressEvent("LeaseExpired", free),
        addressEvent("AddressReserved", { ...free, reservedFor: otherKey }),
      );
  });

  test("leaves the machine the lease that it holds", () => {
    given(addressDecider, [LeaseGranted])
      .when(reserve)
      .thenAppends(addressEvent("AddressReserved", { ...granted, reservedFor: key }));
  });

  test("leaves the client id the lease that it holds, and takes a port's lease for somebody else's", () => {
    const byId = ReservationKey.parse("client-id:01525400123456");
    given(addressDecider, [LeaseGranted])
      .when({ ...reserve, key: byId })
      .thenAppends(addressEvent("AddressReserved", { ...granted, reservedFor: byId }));
    given(addressDecider, [LeaseGranted])
      .when({ ...reserve, key: ReservationKey.parse("circuit:0a01") })
      .thenRejects("ADDRESS_LEASED", `when ${mac} is whom circuit:0a01 means`);
  });

  test("says nothing of what leases do not tell where they tell it", () => {
    const rejection = addressDecider.decide(
      { ...reserve, key: otherKey },
      addressDecider.evolve(addressDecider.initial, LeaseGranted),
    );
    expect(rejection).toMatchObject({ rejection: { message: expect.stringMatching(/, or wait$/) } });
  });

  test("does not shorten a quarantine", () => {
    given(addressDecider, [AddressDeclined])
      .when(reserve)
      .thenAppends(addressEvent("AddressReserved", { ...AddressDeclined.data, reservedFor: key }));
  });
});

describe("a reserved address", () => {
  const reservedLease = addressEvent("AddressReserved", { ...granted, reservedFor: key });

  test("is granted to its machine, whatever client id it sends", () => {
    const holder = { mac, clientId, hostname: null };
    given(addressDecider, [AddressReserved])
      .when({ ...ask, holder })
      .thenAppends(addressEvent("LeaseGranted", { ...granted, reservedFor: key, holder }));
  });

  test("is refused to every other machine, even with the holder's client id", () => {
    given(addressDecider, [AddressReserved])
      .when({ ...ask, holder: stranger, keys: [otherKey] })
      .thenRejects("ADDRESS_RESERVED", mac);
    const held = { ...granted, reservedFor: key, holder: { mac, clientId, hostname: null } };
    given(addressDecider, [addressEvent("AddressReserved", held)])
      .when({ ...ask, holder: { ...stranger, clientId }, keys: [otherKey] })
      .thenRejects("ADDRESS_RESERVED", mac);
  });

  test("passes at once between the client ids of its machine", () => {
    const holder = { mac, clientId, hostname: null };
    const atMs = nowMs + minuteMs;
    given(addressDecider, [reservedLease])
      .when({ ...ask, holder, nowMs: atMs })
      .thenAppends(
        addressEvent("LeaseExpired", { ...free, reservedFor: key }),
        addressEvent("LeaseGranted", leasedAt(atMs, { reservedFor: key, holder })),
      );
  });

  test("stays its holder's while the lease runs, though a renewal shows less than the firmware did", () => {
    const circuit = ReservationKey.parse("circuit:0a01");
    const lease = addressEvent("LeaseGranted", { ...granted, reservedFor: circuit });
    const atMs = nowMs + 30 * minuteMs;
    given(addressDecider, [lease])
      .when({ ...ask, nowMs: atMs })
      .thenAppends(addressEvent("LeaseRenewed", leasedAt(atMs, { reservedFor: circuit })));
    given(addressDecider, [lease])
      .when({ ...ask, nowMs: endMs + graceMs })
      .thenRejects("ADDRESS_RESERVED", "circuit:0a01");
  });

  test("passes to another interface behind the reserved port when the lease is over, and not before", () => {
    const circuit = ReservationKey.parse("circuit:0a01");
    const lease = addressEvent("LeaseGranted", { ...granted, reservedFor: circuit });
    const next = { ...ask, holder: stranger, keys: [otherKey, circuit] };
    given(addressDecider, [lease]).when(next).thenRejects("ADDRESS_LEASED", mac);
    const atMs = endMs + graceMs;
    given(addressDecider, [lease])
      .when({ ...next, nowMs: atMs })
      .thenAppends(
        addressEvent("LeaseExpired", { ...free, reservedFor: circuit }),
        addressEvent("LeaseGranted", leasedAt(atMs, { reservedFor: circuit, holder: stranger })),
      );
  });
});

describe("the reservation of an address", () => {
  const reservedLease = addressEvent("AddressReserved", { ...granted, reservedFor: key });

  test("stays reserved when its lease ends", () => {
    given(addressDecider, [reservedLease])
      .when({ type: "ReleaseLease", mac, clientId: null })
      .thenAppends(addressEvent("LeaseReleased", { ...free, reservedFor: key }));
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
