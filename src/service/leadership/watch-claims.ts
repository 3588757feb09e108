import type {
  LeadershipClaim,
  LeadershipRegister,
} from "../../adapters/event-store/eventstoredb/leadership-register.ts";
import { leadershipSecondsMax } from "../../config/store.ts";
import { StartError } from "../start-error.ts";

/**
 * Parts of the lease time, each measured by whoever needs it on a clock that nobody sets. Who leads counts on it from
 * before the claim was sent, and others let it count from after they saw it: so the leader has stopped acting when
 * another may begin, also where one clock is a tenth faster. All together a leader that died is replaced within the
 * lease time.
 */
export const leaseShares = { look: 0.05, renewed: 0.2, acting: 0.65, left: 0.75 } as const;

/** This process has other secret keys than the one that leads: machines would be refused by one of them. */
export class OtherKeysError extends StartError {
  constructor(holder: string) {
    super(
      `the secret keys in secrets/ are others than those of ${holder}, which leads on the same engine: ` +
        "stop this process, copy secrets/ from there, and start it again",
    );
  }
}

/** No process counts on a claim for longer, milliseconds. */
const leaseMsMax = leadershipSecondsMax * 1_000;

export interface WatchClaimsOptions {
  readonly register: Pick<LeadershipRegister, "newest">;
  /** Told once of each place in the register where something else stands than a claim. */
  readonly onUnreadable: (revision: number) => void;
  /** The check value of this process's secret keys. */
  readonly keys: string;
  /** Milliseconds since some moment, never set by anybody. */
  readonly steadyMs: () => number;
}

/** A claim and its place in the register. */
export interface SeenClaim {
  /** `undefined`: the register was emptied since, which ends no claim. */
  readonly revision: number | undefined;
  readonly claim: LeadershipClaim;
}

/**
 * The newest claim in the register, and since when it stands there, as far as this process saw. What cannot be read may
 * be the claim of a process that leads: it counts as long as the longest claim that there can be.
 */
export interface ClaimWatch {
  /** @throws OtherKeysError when a process that lives leads, and has other keys */
  look(): Promise<void>;
  newest(): SeenClaim | undefined;
  /** Nobody has renewed it for its time. */
  isFree(): boolean;
  hasOtherKeys(): boolean;
  forget(): void;
}

export function watchClaims({ register, keys, steadyMs, onUnreadable }: WatchClaimsOptions): ClaimWatch {
  /** `atMs`: when it was certainly there already, steady. */
  let seen: (SeenClaim & { readonly atMs: number }) | undefined;

  function unreadable(revision: number): LeadershipClaim {
    onUnreadable(revision);
    return { term: seen?.claim.term ?? 0, holder: "an unknown process", leaseMs: leaseMsMax };
  }

  function hasOtherKeys(): boolean {
    if (!seen || seen.claim.leaseMs === 0 || seen.claim.keys === undefined) return false;
    return seen.claim.keys !== keys;
  }

  return {
    async look() {
      const newest = await register.newest();
      if (newest?.revision === seen?.revision) return;
      if (!newest) {
        seen = seen && { ...seen, revision: undefined };
        return;
      }
      const isFirst = seen === undefined;
      seen = {
        revision: newest.revision,
        claim: readable(newest.claim) ?? unreadable(newest.revision),
        atMs: steadyMs(),
      };
      // Only what changes while it is looked at is certainly alive.
      if (!isFirst && hasOtherKeys()) throw new OtherKeysError(seen.claim.holder);
    },

    newest: () => seen,
    isFree: () => !seen || steadyMs() - seen.atMs >= seen.claim.leaseMs * leaseShares.left,
    hasOtherKeys,
    forget() {
      seen = undefined;
    },
  };
}

/** A claim for longer than any process counts on was made by none. */
function readable(claim: LeadershipClaim | undefined): LeadershipClaim | undefined {
  return claim && claim.leaseMs <= leaseMsMax ? claim : undefined;
}
