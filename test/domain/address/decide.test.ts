import { describe, expect, test } from "vitest";
import type { Binding } from "../../../src/domain/address/binding.ts";
import { addressDecider } from "../../../src/domain/address/decide.ts";
import { ClientId } from "../../../src/domain/values/client-id.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { given } from "../../support/given.ts";
import { addressEvent, ask, clientId, endMs, free, leasedAt, stranger } from "../../support/leases.ts";
import { mac, nowMs, otherMac, samples } from "../../support/samples.ts";

const { LeaseGranted, LeaseReleased, AddressDeclined } = samples;
const granted = LeaseGranted.data;
const graceMs = 60_000;
const minuteMs = 60_000;
const ownClientId = ClientId.parse("01525400123456");

describe("asking for an address", () => {
  test("grants one that nobody ever had", () => {
    given(addressDecider).when(ask).thenAppends(LeaseGranted);
  });

  test("grants one that was given back", () => {
    given(addressDecider, [LeaseGranted, LeaseReleased])
      .when({ ...ask, holder: stranger, nowMs: nowMs + minuteMs })
      .thenAppends(addressEvent("LeaseGranted", leasedAt(nowMs + minuteMs, { holder: stranger })));
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
      .thenAppends(
        addressEvent("LeaseExpired", free),
        addressEvent("LeaseGranted", leasedAt(atMs, { holder: stranger })),
      );
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
      .thenAppends(addressEvent("LeaseRenewed", leasedAt(nowMs + 900_000)));
  });

  test("counts the quarter from the last renewal", () => {
    given(addressDecider, [LeaseGranted, addressEvent("LeaseRenewed", leasedAt(nowMs + 900_000))])
      .when({ ...ask, nowMs: nowMs + 1_000_000 })
      .thenNothing();
  });

  test("by a clock that is up to a minute behind the one that granted records nothing", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, nowMs: nowMs - minuteMs })
      .thenNothing();
  });

  test("by a clock that is further behind moves the lease, which would last for too long", () => {
    const atMs = nowMs - minuteMs - 1;
    given(addressDecider, [LeaseGranted])
      .when({ ...ask, nowMs: atMs })
      .thenAppends(addressEvent("LeaseRenewed", leasedAt(atMs)));
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
      .thenAppends(addressEvent("LeaseRenewed", leasedAt(atMs)));
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
      .thenAppends(addressEvent("LeaseRenewed", leasedAt(atMs, change as Partial<Binding>)));
  });

  test("renews at once when the client moved to another interface", () => {
    given(addressDecider, [
      addressEvent("LeaseGranted", { ...granted, holder: { mac, clientId, hostname: null } }),
    ])
      .when({ ...ask, holder, nowMs: atMs })
      .thenAppends(addressEvent("LeaseRenewed", leasedAt(atMs, { holder })));
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
      .thenAppends(addressEvent("LeaseExpired", free));
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
      .thenAppends(addressEvent("LeaseGranted", leasedAt(atMs)));
  });

  test("does nothing when it comes from somebody else than the holder", () => {
    given(addressDecider, [LeaseGranted])
      .when({ ...decline, mac: otherMac })
      .thenNothing();
    given(addressDecider, [AddressDeclined]).when(decline).thenNothing();
    given(addressDecider).when(decline).thenNothing();
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
  expect(() => addressDecider.evolve(undefined, addressEvent("LeaseGranted", binding))).toThrow(
    "verify the log",
  );
});
