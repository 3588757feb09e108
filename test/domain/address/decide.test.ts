import { describe, expect, test } from "vitest";
import type { Binding } from "../../../src/domain/address/binding.ts";
import { addressDecider } from "../../../src/domain/address/decide.ts";
import type { AddressEvent } from "../../../src/domain/address/events.ts";
import { ClientId } from "../../../src/domain/values/client-id.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { given } from "../../support/given.ts";
import { mac, nowMs, otherMac, samples, subnet } from "../../support/samples.ts";

const { LeaseGranted, LeaseReleased, AddressDeclined, AddressReserved, ReservationRemoved } = samples;
const granted = LeaseGranted.data;
const free = LeaseReleased.data;

/** The lease of the samples begins at `nowMs` and lasts an hour. */
const endMs = nowMs + 3_600_000;
const graceMs = 60_000;
const minuteMs = 60_000;

const ask = {
  type: "GrantLease",
  subnet: subnet.name,
  holder: { mac, clientId: null, hostname: "node-1" },
  relay: null,
  leaseSeconds: 3600,
  nowMs,
} as const;
const ownClientId = ClientId.parse("01525400123456");
const clientId = ClientId.parse("ff00000001000100");
const stranger = { mac: otherMac, clientId: null, hostname: null };

function event(type: AddressEvent["type"], binding: Binding): AddressEvent {
  return { type, data: binding };
}

function leasedAt(atMs: number, change: Partial<Binding> = {}): Binding {
  return { ...granted, untilMs: atMs + 3_600_000, ...change };
}

describe("asking for an address", () => {
  test("grants one that nobody ever had", () => {
    given(addressDecider).when(ask).thenAppends(LeaseGranted);
  });

  test("grants one that was given back", () => {
    given(addressDecider, [LeaseGranted, LeaseReleased])
      .when({ ...ask, holder: stranger, nowMs: nowMs + minuteMs })
      .thenAppends(event("LeaseGranted", leasedAt(nowMs + minuteMs, { holder: stranger })));
  });

  test("is refused while another client holds the lease", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, holder: stranger, nowMs: nowMs + minuteMs })
      .thenRejects("ADDRESS_LEASED", mac, "2026-01-01T01:00:00.000Z");
  });

  test("is refused until a minute after another client's lease ended", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, holder: stranger, nowMs: endMs + graceMs - 1 })
      .thenRejects("ADDRESS_LEASED");
  });

  test("ends another client's lapsed lease and grants the address, together", () => {
    const atMs = endMs + graceMs;
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, holder: stranger, nowMs: atMs })
      .thenAppends(event("LeaseExpired", free), event("LeaseGranted", leasedAt(atMs, { holder: stranger })));
  });
});

describe("asking again", () => {
  test("within the first quarter of the lease records nothing", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, nowMs: nowMs + 900_000 - 1 })
      .thenNothing();
  });

  test("from then on renews the lease", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, nowMs: nowMs + 900_000 })
      .thenAppends(event("LeaseRenewed", leasedAt(nowMs + 900_000)));
  });

  test("counts the quarter from the last renewal", () => {
    given(addressDecider, [LeaseGranted, event("LeaseRenewed", leasedAt(nowMs + 900_000))])
      .when({ ...ask, nowMs: nowMs + 1_000_000 })
      .thenNothing();
  });

  test("by another name of the same client is asking again", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, holder: { mac, clientId: ownClientId, hostname: null }, nowMs: nowMs + minuteMs })
      .thenNothing();
  });

  test("after the lease lapsed renews it, as nobody had the address in between", () => {
    const atMs = endMs + graceMs + 1;
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, nowMs: atMs })
      .thenAppends(event("LeaseRenewed", leasedAt(atMs)));
  });

  test("with a client id of its own is asking as another client", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, holder: { ...ask.holder, clientId }, nowMs: nowMs + minuteMs })
      .thenRejects("ADDRESS_LEASED");
  });

  const atMs = nowMs + minuteMs;
  const holder = { mac: otherMac, clientId, hostname: null };
  test.each([
    [
      "the lease time",
      { ...ask, leaseSeconds: 60, nowMs: atMs },
      { leaseSeconds: 60, untilMs: atMs + 60_000 },
    ],
    ["the subnet", { ...ask, subnet: SubnetName.parse("rack-8"), nowMs: atMs }, { subnet: "rack-8" }],
  ] as const)("renews at once when %s changed", (_what, command, change) => {
    given(addressDecider, [LeaseGranted])
      .when(command)
      .thenAppends(event("LeaseRenewed", leasedAt(atMs, change as Partial<Binding>)));
  });

  test("renews at once when the client moved to another interface", () => {
    given(addressDecider, [event("LeaseGranted", { ...granted, holder: { mac, clientId, hostname: null } })])
      .when({ ...ask, holder, nowMs: atMs })
      .thenAppends(event("LeaseRenewed", leasedAt(atMs, { holder })));
  });
});

describe("giving an address back", () => {
  const release = { type: "ReleaseLease", mac, clientId: null } as const;

  test("frees it, and keeps in mind who had it", () => {
    given(addressDecider, [LeaseGranted]).when(release).thenAppends(LeaseReleased);
    given(addressDecider, [LeaseGranted])
      .when({ ...release, clientId: ownClientId })
      .thenAppends(LeaseReleased);
  });

  test("does nothing when somebody else holds it, or nobody", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...release, mac: otherMac })
      .thenNothing();
    given(addressDecider, [LeaseGranted, LeaseReleased]).when(release).thenNothing();
    given(addressDecider).when(release).thenNothing();
  });
});

describe("a lease that nobody renews", () => {
  test("expires a minute after its end", () => {
    given(addressDecider, [LeaseGranted])
      .when({ type: "ExpireLease", nowMs: endMs + graceMs })
      .thenAppends(event("LeaseExpired", free));
  });

  test("does not expire before that", () => {
    given(addressDecider, [LeaseGranted])
      .when({ type: "ExpireLease", nowMs: endMs + graceMs - 1 })
      .thenNothing();
  });

  test("expires once", () => {
    given(addressDecider, [LeaseGranted, LeaseReleased])
      .when({ type: "ExpireLease", nowMs: endMs + graceMs })
      .thenNothing();
    given(addressDecider).when({ type: "ExpireLease", nowMs }).thenNothing();
  });
});

describe("declining an address", () => {
  const decline = { type: "DeclineAddress", mac, clientId: null, quarantineSeconds: 600, nowMs } as const;

  test("keeps everybody away from it for the quarantine", () => {
    given(addressDecider, [LeaseGranted]).when(decline).thenAppends(AddressDeclined);
    given(addressDecider, [AddressDeclined])
      .when({ ...ask, nowMs: nowMs + 599_999 })
      .thenRejects("ADDRESS_DECLINED", "2026-01-01T00:10:00.000Z");
  });

  test("lets it be granted again afterwards", () => {
    const atMs = nowMs + 600_000;
    given(addressDecider, [AddressDeclined])
      .when({ ...ask, nowMs: atMs })
      .thenAppends(event("LeaseGranted", leasedAt(atMs)));
  });

  test("does nothing when it comes from somebody else than the holder", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...decline, mac: otherMac })
      .thenNothing();
    given(addressDecider, [AddressDeclined]).when(decline).thenNothing();
    given(addressDecider).when(decline).thenNothing();
  });
});

describe("reserving an address", () => {
  const reserve = { type: "ReserveAddress", subnet: subnet.name, mac, nowMs } as const;
  const reservedForOther = event("AddressReserved", { ...AddressReserved.data, reservedFor: otherMac });

  test("is recorded once", () => {
    given(addressDecider).when(reserve).thenAppends(AddressReserved);
    given(addressDecider, [AddressReserved]).when(reserve).thenNothing();
  });

  test("is recorded again in another subnet", () => {
    const rack8 = SubnetName.parse("rack-8");
    given(addressDecider, [AddressReserved])
      .when({ ...reserve, subnet: rack8 })
      .thenAppends(event("AddressReserved", { ...AddressReserved.data, subnet: rack8 }));
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
      .thenAppends(event("LeaseExpired", free), event("AddressReserved", { ...free, reservedFor: otherMac }));
  });

  test("leaves the machine the lease that it holds", () => {
    given(addressDecider, [LeaseGranted])
      .when(reserve)
      .thenAppends(event("AddressReserved", { ...granted, reservedFor: mac }));
  });

  test("does not shorten a quarantine", () => {
    given(addressDecider, [AddressDeclined])
      .when(reserve)
      .thenAppends(event("AddressReserved", { ...AddressDeclined.data, reservedFor: mac }));
  });
});

describe("a reserved address", () => {
  const reservedLease = event("AddressReserved", { ...granted, reservedFor: mac });

  test("is granted to its machine, whatever client id it sends", () => {
    const holder = { mac, clientId, hostname: null };
    given(addressDecider, [AddressReserved])
      .when({ ...ask, holder })
      .thenAppends(event("LeaseGranted", { ...granted, reservedFor: mac, holder }));
  });

  test("is refused to every other machine, even with the holder's client id", () => {
    given(addressDecider, [AddressReserved])
      .when({ ...ask, holder: stranger })
      .thenRejects("ADDRESS_RESERVED", mac);
    const held = { ...granted, reservedFor: mac, holder: { mac, clientId, hostname: null } };
    given(addressDecider, [event("AddressReserved", held)])
      .when({ ...ask, holder: { ...stranger, clientId } })
      .thenRejects("ADDRESS_RESERVED", mac);
  });

  test("passes at once between the client ids of its machine", () => {
    const holder = { mac, clientId, hostname: null };
    const atMs = nowMs + minuteMs;
    given(addressDecider, [reservedLease])
      .when({ ...ask, holder, nowMs: atMs })
      .thenAppends(
        event("LeaseExpired", { ...free, reservedFor: mac }),
        event("LeaseGranted", leasedAt(atMs, { reservedFor: mac, holder })),
      );
  });

  test("stays reserved when its lease ends", () => {
    given(addressDecider, [reservedLease])
      .when({ type: "ReleaseLease", mac, clientId: null })
      .thenAppends(event("LeaseReleased", { ...free, reservedFor: mac }));
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

test.each([
  ["leased to nobody", { ...granted, holder: null }],
  ["leased for no time", { ...granted, leaseSeconds: null }],
  ["leased without end", { ...granted, untilMs: null }],
  ["declined without end", { ...AddressDeclined.data, untilMs: null }],
  ["declined and yet leased for a time", { ...AddressDeclined.data, leaseSeconds: 60 }],
  ["free and yet leased for a time", { ...free, leaseSeconds: 60 }],
  ["free until a moment", { ...free, untilMs: nowMs }],
])("a binding that is %s shows that the log is damaged", (_what, binding) => {
  expect(() => addressDecider.evolve(undefined, event("LeaseGranted", binding))).toThrow("verify the log");
});
