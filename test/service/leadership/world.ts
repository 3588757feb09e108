import type {
  LeadershipClaim,
  LeadershipRegister,
} from "../../../src/adapters/event-store/eventstoredb/leadership-register.ts";
import {
  type ContestedLeadership,
  contendForLeadership,
  type Leader,
} from "../../../src/service/leadership/leadership.ts";

export const leaseMs = 10_000;

/** A register and a log that several share, each with its own way to them. */
export function world() {
  const claims: LeadershipClaim[] = [];
  const terms: Leader[] = [];
  const spoiled = new Set<LeadershipClaim>();

  function record(taken: LeadershipClaim): Leader {
    const newest = terms.at(-1);
    if (newest && newest.term >= taken.term) return newest;
    terms.push(taken);
    return taken;
  }

  return {
    claims,
    terms,
    /** Somebody writes something else than a claim into the register. */
    spoil() {
      const nothing = { term: 0, holder: "", leaseMs: 0 };
      spoiled.add(nothing);
      claims.push(nothing);
    },
    /** `reach`: waits as long as a call takes, or rejects. Asked before the call has an effect, and after. */
    process(
      holder: string,
      { reach = async () => {}, drift = 1, keys = "shared", onUnreadable = () => {} }: Way = {},
    ): ContestedLeadership {
      const register: LeadershipRegister = {
        async newest() {
          await reach();
          const revision = claims.length - 1;
          const claim = claims[revision];
          await reach();
          return claim && { revision, claim: spoiled.has(claim) ? undefined : claim };
        },
        async put(claim, behind) {
          await reach();
          const revision = (behind ?? -1) + 1;
          const isNext = claims.length === revision;
          if (isNext) claims.push(claim);
          await reach();
          return isNext ? revision : undefined;
        },
      };
      return contendForLeadership({
        register,
        holder,
        leaseMs,
        keys,
        onUnreadable,
        steadyMs: () => Date.now() * drift,
        async record(taken) {
          await reach();
          const leader = record(taken);
          await reach();
          return leader;
        },
      });
    },
  };
}

export interface Way {
  readonly reach?: () => Promise<void>;
  /** How fast the process's clock goes. */
  readonly drift?: number;
  /** The check value of its secret keys. */
  readonly keys?: string;
  readonly onUnreadable?: (revision: number) => void;
}
