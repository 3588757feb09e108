import type {
  LeadershipClaim,
  LeadershipRegister,
} from "../../adapters/event-store/eventstoredb/leadership-register.ts";
import { leaseShares, watchClaims } from "./watch-claims.ts";

/** Which of several processes on one log does what is done because time passes. Asked before each act. */
export interface Leadership {
  isHeld(): boolean;
}

/** Of the only process on a log. */
export const soleLeadership: Leadership = { isHeld: () => true };

/** Who led last, as the log tells. */
export type Leader = Pick<LeadershipClaim, "term" | "holder">;

export interface LeadershipOptions {
  readonly register: LeadershipRegister;
  /** Records in the log that this process leads. Resolves to who leads by the log then: maybe another, later one. */
  readonly record: (taken: LeadershipClaim) => Promise<Leader>;
  /** This process: no other one's name. */
  readonly holder: string;
  readonly leaseMs: number;
  /** The check value of this process's secret keys. */
  readonly keys: string;
  /** Milliseconds since some moment, never set by anybody. */
  readonly steadyMs: () => number;
  /** Told once of each place in the register where something else stands than a claim. */
  readonly onUnreadable: (revision: number) => void;
}

export interface ContestedLeadership extends Leadership {
  /**
   * One look: renews what is held, or takes what nobody holds any more. To be called all the time, one by one.
   *
   * @throws OtherKeysError when a process with other secret keys leads
   */
  look(): Promise<void>;
  /**
   * Looks, without taking anything. Resolves to whether a process that may lead has other keys: then it will either
   * renew its claim, which `look` and this throw for, or has left.
   *
   * @throws OtherKeysError
   */
  meetsOtherKeys(): Promise<boolean>;
  /** Gives it up, so that another need not wait. */
  release(): Promise<void>;
  /** The term that is held; `undefined`: none is. */
  term(): number | undefined;
}

/** A claim of ours that stands in the register. */
interface Held {
  readonly term: number;
  readonly revision: number;
  /** When it was not sent yet, steady. */
  readonly sentAtMs: number;
  /** The log tells of the term: whoever had an earlier one is fenced off there. */
  readonly isRecorded: boolean;
}

/**
 * Contends with other processes for the leadership. A claim is put into the register behind the newest one, where one
 * place takes one claim; who leads renews it, and a claim that nobody renewed for its time is passed over. The log is
 * told of each new term before anything is done in it.
 */
export function contendForLeadership(options: LeadershipOptions): ContestedLeadership {
  const { register, record, holder, leaseMs, keys, steadyMs, onUnreadable } = options;
  const watch = watchClaims({ register, keys, steadyMs, onUnreadable });
  let held: Held | undefined;
  let termsPassed = 0;

  const isActing = () =>
    held?.isRecorded === true && steadyMs() - held.sentAtMs < leaseMs * leaseShares.acting;

  async function put(term: number, behind: number | undefined): Promise<boolean> {
    const sentAtMs = steadyMs();
    const revision = await register.put({ term, holder, leaseMs, keys }, behind);
    held =
      revision === undefined
        ? undefined
        : { term, revision, sentAtMs, isRecorded: held?.term === term && held.isRecorded };
    return held !== undefined;
  }

  /** The log knows of the term before anybody acts in it. */
  async function tellLog(term: number): Promise<void> {
    const known = await record({ term, holder, leaseMs });
    if (known.term === term && known.holder === holder) {
      if (held?.term === term) held = { ...held, isRecorded: true };
      return;
    }
    // The register was lost, or another process has taken over meanwhile: a higher term is needed.
    termsPassed = Math.max(termsPassed, known.term);
    held = undefined;
    watch.forget();
  }

  async function renew({ term, revision, sentAtMs, isRecorded }: Held): Promise<void> {
    if (isRecorded && steadyMs() - sentAtMs < leaseMs * leaseShares.renewed) return;
    if (!(await put(term, revision))) return;
    if (!isRecorded) await tellLog(term);
  }

  async function takeIfFree(): Promise<void> {
    await watch.look();
    if (!watch.isFree()) return;
    const newest = watch.newest();
    const term = Math.max(newest?.claim.term ?? 0, termsPassed) + 1;
    if (await put(term, newest?.revision)) await tellLog(term);
  }

  return {
    isHeld: isActing,
    term: () => (isActing() ? held?.term : undefined),
    look: () => (held ? renew(held) : takeIfFree()),

    async meetsOtherKeys() {
      await watch.look();
      return watch.hasOtherKeys() && !watch.isFree();
    },

    async release() {
      if (!held) return;
      const { term, revision } = held;
      held = undefined;
      await register.put({ term, holder, leaseMs: 0 }, revision);
    },
  };
}
