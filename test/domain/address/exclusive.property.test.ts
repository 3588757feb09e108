import fc from "fast-check";
import { expect, test } from "vitest";
import type { AddressCommand } from "../../../src/domain/address/commands.ts";
import { addressDecider } from "../../../src/domain/address/decide.ts";
import type { Address } from "../../../src/domain/address/state.ts";
import { ClientId, type LeaseIdentity, leaseIdentity } from "../../../src/domain/values/client-id.ts";
import { keyOfMac, keysOf } from "../../../src/domain/values/reservation-key.ts";
import { mac, nowMs, otherMac, secondMac, subnet } from "../../support/samples.ts";

const anyMac = fc.constantFrom(mac, secondMac, otherMac);
const anyClient = fc.record({
  mac: anyMac,
  clientId: fc.constantFrom(null, ClientId.parse("01525400123456"), ClientId.parse("ff00000001000100")),
});

/** What firmware and relays say, or leave out. */
const anyPlace = fc.record({
  firmwareUuid: fc.constantFrom(null, "5d2c7d1e-7f1a-4b0c-8f43-0c3a0e5b7a10"),
  circuitId: fc.constantFrom(null, "0a01", "0a02"),
  remoteId: fc.constantFrom(null, "ff"),
});

/** What may happen to an address at a moment, by anybody. */
const anyMove = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(anyClient, anyPlace, fc.constantFrom(60, 3600))
      .map(([client, place, leaseSeconds]) => ({
        type: "GrantLease" as const,
        subnet: subnet.name,
        holder: { ...client, hostname: null },
        keys: [...keysOf({ ...client, ...place })],
        relay: null,
        leaseSeconds,
        cacheThreshold: 0.25,
      })),
  },
  { weight: 1, arbitrary: anyClient.map((client) => ({ type: "ReleaseLease" as const, ...client })) },
  { weight: 1, arbitrary: fc.constant({ type: "ExpireLease" as const }) },
  {
    weight: 1,
    arbitrary: anyClient.map((client) => ({
      type: "DeclineAddress" as const,
      quarantineSeconds: 300,
      ...client,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(anyClient, anyPlace, fc.nat()).map(([client, place, which]) => {
      const keys = keysOf({ ...client, ...place });
      const key = keys[which % keys.length] ?? keyOfMac(client.mac);
      return { type: "ReserveAddress" as const, subnet: subnet.name, key };
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: "RemoveReservation" as const }) },
);

/** Moves with the time that passes before each: seconds, minutes or an hour. */
const anyHistory = fc.array(fc.tuple(anyMove, fc.constantFrom(1, 59, 61, 600, 3601)), { maxLength: 60 });

/** Who was told that the address is theirs, and until when: what the ACKs said, not what the state says. */
interface Promised {
  readonly identity: LeaseIdentity;
  readonly mac: string;
  readonly untilMs: number;
}

/** What an accepted command makes of the promise; the promise of a refused one stands. */
function promise(
  before: Promised | undefined,
  command: AddressCommand,
  address: Address,
): Promised | undefined {
  switch (command.type) {
    case "GrantLease": {
      const { mac, clientId } = command.holder;
      return { identity: leaseIdentity(mac, clientId), mac, untilMs: address?.untilMs ?? 0 };
    }
    case "ReleaseLease":
    case "DeclineAddress":
      return before?.identity === leaseIdentity(command.mac, command.clientId) ? undefined : before;
    case "ExpireLease":
    case "ReserveAddress":
    case "RemoveReservation":
      return before;
  }
}

test("an address is never promised to two clients at one time", () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      let address: Address = addressDecider.initial;
      let promised: Promised | undefined;
      let atMs = nowMs;
      for (const [move, seconds] of history) {
        atMs += seconds * 1000;
        const command = { ...move, nowMs: atMs } as AddressCommand;
        const decision = addressDecider.decide(command, address);
        if (decision.outcome === "rejected") continue;

        const reservedFor = address?.reservedFor ?? null;
        address = decision.events.reduce(addressDecider.evolve, address);
        const next = promise(promised, command, address);
        if (next && promised && next.identity !== promised.identity && promised.untilMs > atMs) {
          // The one exception: an interface with a reservation changes its own client id.
          expect(next.mac).toBe(promised.mac);
          expect(reservedFor).not.toBeNull();
        }
        promised = next;
      }
    }),
    { numRuns: 500 },
  );
});

test("who is granted an address holds it, and for as long as was asked for at most", () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      let address: Address = addressDecider.initial;
      let atMs = nowMs;
      for (const [move, seconds] of history) {
        atMs += seconds * 1000;
        const command = { ...move, nowMs: atMs } as AddressCommand;
        const decision = addressDecider.decide(command, address);
        if (decision.outcome === "rejected") continue;
        address = decision.events.reduce(addressDecider.evolve, address);
        if (command.type !== "GrantLease") continue;

        if (address?.status !== "leased") throw new Error("granted, and yet not leased");
        const { mac, clientId } = command.holder;
        expect(leaseIdentity(address.holder.mac, address.holder.clientId)).toBe(leaseIdentity(mac, clientId));
        expect(address.untilMs).toBeGreaterThan(atMs);
        expect(address.untilMs).toBeLessThanOrEqual(atMs + command.leaseSeconds * 1000);
      }
    }),
    { numRuns: 500 },
  );
});
