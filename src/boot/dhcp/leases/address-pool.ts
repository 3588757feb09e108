import type { Subnet } from "../../../domain/network/subnet.ts";
import { cidrBounds, type Ipv4, ipv4FromNumber, ipv4Number } from "../../../domain/values/ipv4.ts";
import { createQueue } from "./queue.ts";

/** Whether an address may be handed out: `later` says that nothing will tell when it may. */
export type Usable = "yes" | "no" | "later";

/** The addresses of a subnet's ranges, in the order in which they are handed out. */
export interface AddressPool {
  /** Whether the address is of the ranges, and not one that no machine may have. */
  contains(address: Ipv4): boolean;
  /**
   * The next address: first those that were never handed out, in their order, then those that came back the
   * longest time ago. `usable` is asked about each; a taken address comes again when it is given back.
   */
  take(usable: (address: Ipv4) => Usable): Ipv4 | undefined;
  /** The address was taken for nothing, or its lease ended. */
  giveBack(address: Ipv4): void;
}

/** Most addresses set aside for later in one `take`, so that a subnet full of them does not hold up packets. */
const laterMax = 64;

export interface PoolOptions {
  /** Addresses of the service itself. */
  readonly excluded: readonly Ipv4[];
  /** Whether the log knows the address: then it was handed out before, and is given back when it is free. */
  readonly isKnown: (address: Ipv4) => boolean;
}

export function createAddressPool(
  { cidr, ranges, routers }: Subnet,
  { excluded, isKnown }: PoolOptions,
): AddressPool {
  const bounds = cidrBounds(cidr);
  const spans = ranges.map(({ first, last }) => ({ first: ipv4Number(first), last: ipv4Number(last) }));
  const never = new Set([...[...routers, ...excluded].map(ipv4Number), bounds.first, bounds.last]);
  const cursor = rangeCursor(spans);
  const returned = createQueue<Ipv4>();
  /** What is in `returned`, and whether it came back once more since: it then waits its turn again. */
  const waiting = new Map<Ipv4, "once" | "again">();

  function contains(address: Ipv4): boolean {
    const number = ipv4Number(address);
    return !never.has(number) && spans.some(({ first, last }) => first <= number && number <= last);
  }

  function giveBack(address: Ipv4): void {
    if (!contains(address)) return;
    if (waiting.has(address)) {
      waiting.set(address, "again");
      return;
    }
    waiting.set(address, "once");
    returned.push(address);
  }

  function nextReturned(): Ipv4 | undefined {
    for (let address = returned.shift(); address; address = returned.shift()) {
      const turn = waiting.get(address);
      waiting.delete(address);
      if (turn === "once") return address;
      giveBack(address);
    }
    return undefined;
  }

  function nextUnused(): Ipv4 | undefined {
    for (let number = cursor.next(); number !== undefined; number = cursor.next()) {
      if (never.has(number)) continue;
      const address = ipv4FromNumber(number);
      if (!isKnown(address)) return address;
    }
    return undefined;
  }

  return {
    contains,
    giveBack,
    take(usable) {
      for (let later = 0; later < laterMax; ) {
        const address = nextUnused() ?? nextReturned();
        if (!address) return undefined;
        const answer = usable(address);
        if (answer === "yes") return address;
        if (answer === "no") continue;
        giveBack(address);
        later++;
      }
      return undefined;
    },
  };
}

/** Goes through the spans once, in their order. */
function rangeCursor(spans: readonly { readonly first: number; readonly last: number }[]) {
  let span = 0;
  let number = spans[0]?.first ?? 0;

  return {
    next(): number | undefined {
      for (let current = spans[span]; current; current = spans[span]) {
        if (number <= current.last) return number++;
        span++;
        number = spans[span]?.first ?? 0;
      }
      return undefined;
    },
  };
}
