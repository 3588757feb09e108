import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Span } from "../../../../src/boot/dhcp/leases/free-line.ts";
import { isWithin, sizeOf, splitAt, without } from "../../../../src/boot/dhcp/leases/spans.ts";

function numbersOf(spans: readonly Span[]): readonly number[] {
  return spans.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, n) => first + n));
}

const span = fc.tuple(fc.nat(60), fc.nat(12)).map(([first, more]) => ({ first, last: first + more }));

/** Spans that do not overlap, in any order. */
const spans = fc
  .uniqueArray(fc.nat(9), { maxLength: 5 })
  .map((tens) => tens.map((ten) => ({ first: ten * 10, last: ten * 10 + (ten % 7) })));

describe("spans of addresses", () => {
  test("without others have what is in them and in no other, in their order", () => {
    fc.assert(
      fc.property(spans, fc.array(span, { maxLength: 5 }), (whole, holes) => {
        const expected = numbersOf(whole).filter((number) => !isWithin(holes, number));
        expect(numbersOf(without(whole, holes))).toEqual(expected);
      }),
    );
  });

  test("are split into the first so many addresses and the rest", () => {
    fc.assert(
      fc.property(spans, fc.nat(40), (whole, count) => {
        const all = numbersOf(whole);
        const most = Math.min(count, all.length);
        const [head, tail] = splitAt(whole, most);
        expect(numbersOf(head)).toEqual(all.slice(0, most));
        expect(numbersOf(tail)).toEqual(all.slice(most));
        expect(sizeOf(head) + sizeOf(tail)).toBe(sizeOf(whole));
      }),
    );
  });
});
