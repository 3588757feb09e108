import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FreeLine,
  longestFreeFirst,
  lowestFirst,
  type Span,
} from "../../../../src/boot/dhcp/leases/free-line.ts";
import { type Ipv4, ipv4FromNumber, ipv4Number } from "../../../../src/domain/values/ipv4.ts";

const spans: readonly Span[] = [
  { first: 30, last: 33 },
  { first: 10, last: 12 },
];

/** What a test does next: takes the next address, or gives back one of those that it has. */
const steps = fc.array(fc.oneof(fc.constant("take" as const), fc.nat(6)), { maxLength: 60 });

function numberOf(address: Ipv4 | undefined): number | undefined {
  return address && ipv4Number(address);
}

/** Does the steps to the line and to a plain list, which is put in order after something was given back. */
function compare(line: FreeLine, plain: { readonly free: number[]; readonly order: () => void }) {
  const taken: number[] = [];

  function take(): void {
    const number = numberOf(line.next());
    expect(number).toBe(plain.free.shift());
    if (number !== undefined) taken.push(number);
  }

  function giveBack(which: number): void {
    const [number] = taken.splice(which, 1);
    if (number === undefined) return;
    line.giveBack(ipv4FromNumber(number));
    plain.free.push(number);
    plain.order();
  }

  return (step: "take" | number) => (step === "take" ? take() : giveBack(step));
}

describe("the line in which the lowest address comes first", () => {
  test("gives the lowest that is free, like a sorted list", () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const free = [10, 11, 12, 30, 31, 32, 33];
        const order = () => void free.sort((one, other) => one - other);
        plan.forEach(
          compare(
            lowestFirst(spans, () => false),
            { free, order },
          ),
        );
      }),
    );
  });

  test("leaves out what was handed out before, until it is given back", () => {
    const line = lowestFirst(spans, (number) => number === 10);
    expect(numberOf(line.next())).toBe(11);
    line.giveBack(ipv4FromNumber(10));
    expect(numberOf(line.next())).toBe(10);
  });
});

describe("the line in which the address that was free the longest comes first", () => {
  test("gives unused addresses in the order of the spans, then returned ones in that of their return", () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const free = [30, 31, 32, 33, 10, 11, 12];
        plan.forEach(
          compare(
            longestFreeFirst(spans, () => false),
            { free, order: () => undefined },
          ),
        );
      }),
    );
  });
});
