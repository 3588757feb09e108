import type {
  LeadershipRegister,
  RegisteredClaim,
} from "../../adapters/event-store/eventstoredb/leadership-register.ts";
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

export interface WatchClaimsOptions {
  readonly register: Pick<LeadershipRegister, "newest">;
  /** The check value of this process's secret keys. */
  readonly keys: string;
  /** Milliseconds since some moment, never set by anybody. */
  readonly steadyMs: () => number;
}

/** The newest claim in the register, and since when it stands there, as far as this process saw. */
export interface ClaimWatch {
  /** @throws OtherKeysError when a process that lives leads, and has other keys */
  look(): Promise<void>;
  newest(): RegisteredClaim | undefined;
  /** Nobody has renewed it for its time. */
  isFree(): boolean;
  hasOtherKeys(): boolean;
  forget(): void;
}

export function watchClaims({ register, keys, steadyMs }: WatchClaimsOptions): ClaimWatch {
  /** `atMs`: when it was certainly there already, steady. */
  let seen: (RegisteredClaim & { readonly atMs: number }) | undefined;

  function hasOtherKeys(): boolean {
    if (!seen || seen.claim.leaseMs === 0 || seen.claim.keys === undefined) return false;
    return seen.claim.keys !== keys;
  }

  return {
    async look() {
      const newest = await register.newest();
      if (newest && newest.revision === seen?.revision) return;
      const isFirst = seen === undefined;
      seen = newest && { ...newest, atMs: steadyMs() };
      // Only what changes while it is looked at is certainly alive.
      if (!isFirst && seen && hasOtherKeys()) throw new OtherKeysError(seen.claim.holder);
    },

    newest: () => seen,
    isFree: () => !seen || steadyMs() - seen.atMs >= seen.claim.leaseMs * leaseShares.left,
    hasOtherKeys,
    forget() {
      seen = undefined;
    },
  };
}
