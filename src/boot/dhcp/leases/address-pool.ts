import type { Subnet } from "../../../domain/network/subnet.ts";
import { cidrBounds, type Ipv4, ipv4FromNumber, ipv4Number } from "../../../domain/values/ipv4.ts";
import { type FreeLine, longestFreeFirst, lowestFirst } from "./free-line.ts";
import { isWithin, sizeOf, spanOf, splitAt, without } from "./spans.ts";

/** Whether an address may be handed out: `later` says that nothing will tell when it may. */
export type Usable = "yes" | "no" | "later";

/**
 * The addresses of a subnet's ranges, in the order that its picker says.
 *
 * The last tenth of a pool of 32 addresses or more is kept: whoever makes up MAC addresses can take all the others,
 * and machines that the service knows find one still.
 */
export interface AddressPool {
  /** Whether the address is of the ranges and of no exclusion, and not one that no machine may have. */
  contains(address: Ipv4): boolean;
  /** Whether the address is of the ranges, and of an exclusion. */
  isExcluded(address: Ipv4): boolean;
  /** Whether the address is one of those that are kept for known machines. */
  isKept(address: Ipv4): boolean;
  /** Addresses that it has, handed out or not. */
  readonly size: number;
  /**
   * The next address: one that is kept only when there is no other and `mayTakeKept`. `usable` is asked about each; a
   * taken address comes again when it is given back.
   */
  take(usable: (address: Ipv4) => Usable, mayTakeKept: boolean): Ipv4 | undefined;
  /** The address was taken for nothing, or its lease ended. */
  giveBack(address: Ipv4): void;
}

/** Most addresses set aside for later in one `take`, so that a subnet full of them does not hold up packets. */
const laterMax = 64;

/** From this many addresses on, a pool keeps some. */
const keepsFrom = 32;

/** The part of a pool that is kept. */
const keptPart = 0.1;

export interface PoolOptions {
  /** Whether the address is one of this host's, now. */
  readonly isOwn: (address: Ipv4) => boolean;
  /** Whether the log knows the address: then it was handed out before, and is given back when it is free. */
  readonly isKnown: (address: Ipv4) => boolean;
}

export function createAddressPool(
  { cidr, ranges, exclusions, routers, picker }: Subnet,
  { isOwn, isKnown }: PoolOptions,
): AddressPool {
  const bounds = cidrBounds(cidr);
  const never = new Set([...routers.map(ipv4Number), bounds.first, bounds.last]);
  const whole = ranges.map(spanOf);
  const spans = without(whole, exclusions.map(spanOf));
  const size = sizeOf(spans);
  const keptSize = size < keepsFrom ? 0 : Math.floor(size * keptPart);
  const [openSpans, keptSpans] = splitAt(spans, size - keptSize);
  const lineOf = picker === "next-free" ? lowestFirst : longestFreeFirst;
  const open = lineOf(openSpans, isSkipped);
  const kept = lineOf(keptSpans, isSkipped);

  function isSkipped(number: number): boolean {
    if (never.has(number)) return true;
    const address = ipv4FromNumber(number);
    return isKnown(address) || isOwn(address);
  }

  function isHandedOut(number: number): boolean {
    return !never.has(number) && isWithin(spans, number);
  }

  function isKept(address: Ipv4): boolean {
    return isWithin(keptSpans, ipv4Number(address));
  }

  function giveBack(address: Ipv4): void {
    if (isHandedOut(ipv4Number(address))) (isKept(address) ? kept : open).giveBack(address);
  }

  return {
    size,
    isKept,
    giveBack,
    isExcluded: (address) => isWithin(whole, ipv4Number(address)) && !isWithin(spans, ipv4Number(address)),
    contains: (address) => isHandedOut(ipv4Number(address)) && !isOwn(address),
    take(usable, mayTakeKept) {
      const later: Ipv4[] = [];
      const found = firstUsable(open, usable, later);
      const address = found ?? (mayTakeKept ? firstUsable(kept, usable, later) : undefined);
      for (const each of later) giveBack(each);
      return address;
    },
  };
}

/** `later` collects what is to go back into the line. */
function firstUsable(line: FreeLine, usable: (address: Ipv4) => Usable, later: Ipv4[]): Ipv4 | undefined {
  const until = later.length + laterMax;
  while (later.length < until) {
    const address = line.next();
    if (!address) return undefined;
    const answer = usable(address);
    if (answer === "yes") return address;
    if (answer === "later") later.push(address);
  }
  return undefined;
}
