import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressKind } from "../../../src/domain/address/decide.ts";
import { addressStream } from "../../../src/domain/address/events.ts";
import { commandHandler } from "../../../src/domain/handle-command.ts";
import { ReservationKey } from "../../../src/domain/values/reservation-key.ts";
import { client, dhcpService, fakeIds, ip, lab, type MessageParts, mac, serverAddress } from "./support.ts";

const addresses = [10, 11, 12, 13, 14].map((last) => ip(`10.77.0.${last}`));
const subnet = { ...lab, leaseSeconds: 600, ranges: [{ first: ip("10.77.0.10"), last: ip("10.77.0.13") }] };

/** Two interfaces, of which one has two client ids, and two behind one port of a relay. */
const clients = [
  { say: client(mac("52:54:00:77:00:01")), parts: {} },
  { say: client(mac("52:54:00:77:00:01")), parts: { clientId: "ff0011" } },
  { say: client(mac("52:54:00:77:00:02")), parts: {} },
  { say: client(mac("52:54:00:77:00:03")), parts: behindPort() },
  { say: client(mac("52:54:00:77:00:04")), parts: behindPort() },
];
const keys = ["52:54:00:77:00:01", "52:54:00:77:00:02", "client-id:ff0011", "circuit:cafe"].map((key) =>
  ReservationKey.parse(key),
);

function behindPort(): MessageParts {
  return { giaddr: "10.77.0.250", extra: new Map([[82, Uint8Array.of(1, 2, 0xca, 0xfe)]]) };
}

const who = fc.constantFrom(...clients);
const where = fc.constantFrom(...addresses);
const key = fc.constantFrom(...keys);
const step = fc.oneof(
  fc.record({ act: fc.constant("discover" as const), who }),
  fc.record({ act: fc.constant("take" as const), who, where }),
  fc.record({ act: fc.constant("decline" as const), who, where }),
  fc.record({ act: fc.constant("release" as const), who, where }),
  fc.record({ act: fc.constant("reserve" as const), key, where }),
  fc.record({ act: fc.constant("unreserve" as const), where }),
  fc.record({ act: fc.constant("occupy" as const), where }),
  fc.record({ act: fc.constant("wait" as const), seconds: fc.constantFrom(1, 31, 301, 700) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function network(probeBeforeOffer: boolean) {
  const occupied = new Set<string>();
  const probe = async (address: string) => (occupied.has(address) ? "in-use" : "free");
  const service = await dhcpService({ subnets: [{ ...subnet, probeBeforeOffer }], probe });
  const newId = fakeIds();
  const handle = commandHandler(addressKind, { store: service.log, newId });

  async function reserve({ where: address, ...of }: Step & { readonly where: (typeof addresses)[number] }) {
    const id = newId();
    const meta = { actor: "user:ada", source: "graphql", $correlationId: id, $causationId: id };
    const command =
      "key" in of
        ? ({ type: "ReserveAddress", subnet: lab.name, key: of.key, nowMs: service.nowMs() } as const)
        : ({ type: "RemoveReservation" } as const);
    await handle(addressStream(address), command, { meta });
    for (const event of await service.log.readStream(addressStream(address))) service.service.apply(event);
  }

  async function make(made: Step): Promise<void> {
    switch (made.act) {
      case "discover":
        await service.say(made.who.say("discover", made.who.parts));
        return;
      case "take":
        await service.say(
          made.who.say("request", { ...made.who.parts, requested: made.where, server: serverAddress }),
        );
        return;
      case "decline":
        await service.say(
          made.who.say("decline", { ...made.who.parts, requested: made.where, server: serverAddress }),
        );
        return;
      case "release":
        await service.say(
          made.who.say("release", { ...made.who.parts, ciaddr: made.where, server: serverAddress }),
        );
        return;
      case "reserve":
      case "unreserve":
        await reserve(made);
        return;
      case "occupy":
        occupied.add(made.where);
        return;
      case "wait":
        service.advance(made.seconds * 1_000);
        await service.service.expiry.run();
    }
  }

  return { ...service, make };
}

describe("an offer that is taken at once", () => {
  test("is acknowledged, whatever happened before, and so is every renewal until something else happens", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), who, fc.boolean(), async (steps, asker, probes) => {
        const { say, make } = await network(probes);
        for (const each of steps) await make(each);
        // Where addresses are asked about first, the client hears nothing at first.
        for (let tries = 0; tries < 6; tries++) {
          const offer = await say(asker.say("discover", asker.parts));
          if (offer === "silence" || !offer.address) continue;
          const { address } = offer;
          const taking = { ...asker.parts, requested: address, server: serverAddress };
          expect(await say(asker.say("request", taking))).toMatchObject({ type: "ack", address });
          expect(await say(asker.say("request", { ...asker.parts, requested: address }))).toMatchObject({
            type: "ack",
          });
          expect(await say(asker.say("request", { ...asker.parts, ciaddr: address }))).toMatchObject({
            type: "ack",
          });
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
