import { type Ipv4, ipv4FromNumber, ipv4Number } from "../../../domain/values/ipv4.ts";
import { createDueQueue } from "./due-queue.ts";
import { createQueue } from "./queue.ts";

/** Addresses from `first` to `last`, as numbers. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Free addresses, in the order in which they are handed out. */
export interface FreeLine {
  /** Takes the next one; `undefined`: there is none. */
  next(): Ipv4 | undefined;
  giveBack(address: Ipv4): void;
}

/** Whether an address of the spans is left out when they are gone through: it is handed out when it is given back. */
type IsSkipped = (number: number) => boolean;

/** First the addresses that were never handed out, in the order of the spans, then those that came back longest ago. */
export function longestFreeFirst(spans: readonly Span[], isSkipped: IsSkipped): FreeLine {
  const unused = cursorOver(spans, isSkipped);
  const returned = createQueue<Ipv4>();
  /** What is in `returned`, and whether it came back once more since: it then waits its turn again. */
  const waiting = new Map<Ipv4, "once" | "again">();

  function giveBack(address: Ipv4): void {
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

  return {
    giveBack,
    next() {
      const number = unused.take();
      return number === undefined ? nextReturned() : ipv4FromNumber(number);
    },
  };
}

/** The lowest address first. */
export function lowestFirst(spans: readonly Span[], isSkipped: IsSkipped): FreeLine {
  const ascending = spans.toSorted((one, other) => one.first - other.first);
  const unused = cursorOver(ascending, isSkipped);
  const returned = createDueQueue<Ipv4>();

  return {
    giveBack: (address) => returned.set(address, ipv4Number(address)),
    next() {
      const lowestUnused = unused.peek();
      const lower = returned.take(lowestUnused ?? Number.POSITIVE_INFINITY);
      if (lower) return lower;
      unused.take();
      return lowestUnused === undefined ? undefined : ipv4FromNumber(lowestUnused);
    },
  };
}

/** Goes through the spans once, in their order. */
function cursorOver(spans: readonly Span[], isSkipped: IsSkipped) {
  let span = 0;
  let number = spans[0]?.first ?? 0;

  /** The next address, which stays. */
  function peek(): number | undefined {
    for (let current = spans[span]; current; current = spans[span]) {
      if (number > current.last) {
        span++;
        number = spans[span]?.first ?? 0;
      } else if (isSkipped(number)) {
        number++;
      } else {
        return number;
      }
    }
    return undefined;
  }

  return {
    peek,
    take(): number | undefined {
      const next = peek();
      if (next !== undefined) number = next + 1;
      return next;
    },
  };
}
