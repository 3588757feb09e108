import fc from "fast-check";
import { expect, test } from "vitest";
import type { NetworkCommand } from "../../../src/domain/network/commands.ts";
import { networkDecider } from "../../../src/domain/network/decide.ts";
import type { Network } from "../../../src/domain/network/state.ts";
import { Subnet } from "../../../src/domain/network/subnet.ts";
import { cidrBounds, ipv4FromNumber, ipv4Number } from "../../../src/domain/values/ipv4.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { subnet } from "../../support/samples.ts";

const base = cidrBounds(subnet.cidr).first;

/** Small subnets that crowd into 10.77.0.0/24, so that most of them meet another one. */
const anySubnet = fc
  .record({
    name: fc.constantFrom("a", "b", "c", "d"),
    prefixLength: fc.integer({ min: 25, max: 30 }),
    place: fc.nat(63),
    ranges: fc.array(fc.tuple(fc.integer({ min: -2, max: 70 }), fc.nat(9)), { maxLength: 3 }),
  })
  .map(({ name, prefixLength, place, ranges }) => {
    const size = 2 ** (32 - prefixLength);
    const first = base + Math.floor((place * 4) / size) * size;
    return Subnet.parse({
      ...subnet,
      name,
      cidr: `${ipv4FromNumber(first)}/${prefixLength}`,
      ranges: ranges.map(([offset, length]) => ({
        first: ipv4FromNumber(first + offset),
        last: ipv4FromNumber(first + offset + length),
      })),
      routers: [],
    });
  });

const anyCommand: fc.Arbitrary<NetworkCommand> = fc.oneof(
  { weight: 6, arbitrary: anySubnet.map((each) => ({ type: "DefineSubnet", subnet: each }) as const) },
  { weight: 6, arbitrary: anySubnet.map((each) => ({ type: "ChangeSubnet", subnet: each }) as const) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("a", "b", "c", "d")
      .map((name) => ({ type: "RetireSubnet", name: SubnetName.parse(name) }) as const),
  },
);

function obey(network: Network, command: NetworkCommand): Network {
  const decision = networkDecider.decide(command, network);
  return decision.outcome === "accepted" ? decision.events.reduce(networkDecider.evolve, network) : network;
}

/** Whether an address is in two of the blocks. Counted one by one: nothing here is the decider's. */
function doublyPromised(blocks: readonly { readonly first: number; readonly last: number }[]): boolean {
  const seen = new Set<number>();
  for (const { first, last } of blocks) {
    for (let number = first; number <= last; number++) {
      if (seen.has(number)) return true;
      seen.add(number);
    }
  }
  return false;
}

test("whatever is asked for, no address is in two subnets or two ranges, nor outside the hosts", () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
      const subnets = [...commands.reduce(obey, networkDecider.initial).subnets.values()];
      expect(doublyPromised(subnets.map(({ cidr }) => cidrBounds(cidr)))).toBe(false);

      const ranges = subnets.flatMap(({ cidr, ranges }) =>
        ranges.map(({ first, last }) => ({ cidr, first: ipv4Number(first), last: ipv4Number(last) })),
      );
      expect(doublyPromised(ranges)).toBe(false);
      for (const { cidr, first, last } of ranges) {
        const bounds = cidrBounds(cidr);
        expect(bounds.first < first && first <= last && last < bounds.last).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
