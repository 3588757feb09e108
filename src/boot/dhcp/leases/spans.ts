import type { AddressRange } from "../../../domain/network/subnet.ts";
import { ipv4Number } from "../../../domain/values/ipv4.ts";
import type { Span } from "./free-line.ts";

export function spanOf({ first, last }: AddressRange): Span {
  return { first: ipv4Number(first), last: ipv4Number(last) };
}

export function isWithin(spans: readonly Span[], number: number): boolean {
  return spans.some(({ first, last }) => first <= number && number <= last);
}

/** What is in `spans` and in none of `holes`, in the order of `spans`. */
export function without(spans: readonly Span[], holes: readonly Span[]): readonly Span[] {
  return holes.reduce((left, hole) => left.flatMap((span) => cutOut(span, hole)), spans);
}

function cutOut(span: Span, hole: Span): readonly Span[] {
  if (hole.last < span.first || span.last < hole.first) return [span];
  const before = { first: span.first, last: hole.first - 1 };
  const after = { first: hole.last + 1, last: span.last };
  return [before, after].filter(({ first, last }) => first <= last);
}

export function sizeOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** The first `count` addresses of the spans, and the others. */
export function splitAt(spans: readonly Span[], count: number): readonly [readonly Span[], readonly Span[]] {
  const head: Span[] = [];
  const tail: Span[] = [];
  let left = count;
  for (const { first, last } of spans) {
    const border = Math.min(last, first + left - 1);
    left -= border - first + 1;
    if (border >= first) head.push({ first, last: border });
    if (border < last) tail.push({ first: border + 1, last });
  }
  return [head, tail];
}
