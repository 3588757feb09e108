import type { Ipv4 } from "../../domain/values/ipv4.ts";

/** Bounds how many changes of addresses are on their way to the log. */
export interface WorkLimit {
  /** Whether there is room for a client that only looks for an address: it gives way to those that have one. */
  hasRoomForDiscover(): boolean;
  /**
   * Runs the work, unless too much is under way or the same address is: the client whose message it is will be
   * answered, or will ask again. `undefined`: it was not run.
   */
  run<Result>(address: Ipv4, work: () => Promise<Result>): Promise<Result> | undefined;
}

/** `changesMax`: most changes under way; DHCPDISCOVERs are shed from half of it on. */
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
    hasRoomForDiscover: () => underWay.size < changesMax / 2,
    run(address, work) {
      if (underWay.size >= changesMax || underWay.has(address)) return undefined;
      return track(address, work);
    },
  };
}
