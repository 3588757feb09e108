import type { Ipv4 } from "../../domain/values/ipv4.ts";

/** Bounds how many changes of addresses are on their way to the log. */
export interface WorkLimit {
  /**
   * Whether there is room for a client that only looks for an address: it gives way to those that have one, and the
   * unknown to the known.
   */
  hasRoomForDiscover(isKnown: boolean): boolean;
  /**
   * Runs the work, unless too much is under way or the same address is: the client whose message it is will be
   * answered, or will ask again. `undefined`: it was not run. `isGivingWay`: for a client that nobody knows.
   */
  run<Result>(
    which: { readonly address: Ipv4; readonly isGivingWay: boolean },
    work: () => Promise<Result>,
  ): Promise<Result> | undefined;
}

/** The part of what may be under way from which on clients that nobody knows give way. */
const giveWayPart = 0.75;

/** `changesMax`: most changes under way; DHCPDISCOVERs of unknown clients are shed from half of it on. */
export function createWorkLimit(changesMax: number): WorkLimit {
  const underWay = new Set<Ipv4>();

  async function track<Result>(address: Ipv4, work: () => Promise<Result>): Promise<Result> {
    underWay.add(address);
    try {
      return await work();
    } finally {
      underWay.delete(address);
    }
  }

  return {
    hasRoomForDiscover: (isKnown) => underWay.size < changesMax * (isKnown ? giveWayPart : 0.5),
    run({ address, isGivingWay }, work) {
      const most = isGivingWay ? changesMax * giveWayPart : changesMax;
      if (underWay.size >= most || underWay.has(address)) return undefined;
      return track(address, work);
    },
  };
}
