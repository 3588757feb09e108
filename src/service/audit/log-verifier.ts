import type { LogVerifier, Verification, VerifyProgress } from "../../adapters/graphql/audit/verifier.ts";
import type { SignedNotes } from "./audit-job.ts";
import { startAuditThread } from "./audit-thread.ts";
import type { KeptVerification } from "./kept-verification.ts";
import type { AuditPlace } from "./log-exports.ts";

export interface LogVerifierOptions extends AuditPlace {
  readonly clock: () => Date;
  readonly newId: () => string;
  /** What the service signed of the log until now. (Default: nothing) */
  readonly signed?: () => SignedNotes | undefined;
  /** Where the newest that came to its end is kept. (Default: it is forgotten with the service) */
  readonly kept?: KeptVerification;
  /** Told when a verification has ended, and of the one that was kept. (Default: nobody is) */
  readonly onEnd?: (verification: Verification) => void;
}

/** Verifies the log of a running service. */
export interface ServiceVerifier extends LogVerifier {
  /** Ends what is under way. */
  close(): void;
}

const nothingYet: VerifyProgress = { stage: "log", events: 0, of: 0, perSecond: 0 };

/** What became of a verification. */
type Outcome = Partial<Pick<Verification, "state" | "report" | "views" | "failure">>;

/** Why a verification ends before its end. */
class CancelledError extends Error {
  override readonly name = "CancelledError";
}

/** Each verification has a thread of its own, which ends with it. */
export function openLogVerifier(options: LogVerifierOptions): ServiceVerifier {
  const { clock, newId, kept, signed = () => undefined, onEnd = () => undefined, ...place } = options;
  const stopping = new AbortController();
  const newest = createNewest(kept?.read());
  let underWay: { readonly cancelling: AbortController; readonly ended: Promise<void> } | undefined;
  const before = newest.get();
  if (before) onEnd(before);

  async function outcomeOf(begun: Verification, views: boolean, signal: AbortSignal): Promise<Outcome> {
    try {
      const job = { kind: "verify", views, signed: signed() } as const;
      for await (const message of startAuditThread({ ...place, job, signal }).reports) {
        if ("progress" in message) newest.change({ ...begun, progress: message.progress });
        if ("verified" in message) {
          return { state: "ended", report: message.verified, views: message.views };
        }
      }
      return { state: "failed", failure: "the audit's thread ended before its work" };
    } catch (error) {
      return endedBy(signal.aborted ? signal.reason : error);
    }
  }

  async function run(begun: Verification, views: boolean, signal: AbortSignal): Promise<void> {
    const outcome = await outcomeOf(begun, views, signal);
    const ended = { ...begun, ...newest.get(), ...outcome, endedAtMs: clock().getTime() };
    // Whoever learns of the end can rely on it.
    if (ended.state === "ended") await kept?.write(ended);
    underWay = undefined;
    newest.change(ended);
    onEnd(ended);
  }

  return {
    start({ actor, views }) {
      const running = newest.get();
      if (running?.state === "running") return running;
      const begun: Verification = {
        ...{ id: newId(), actor, startedAtMs: clock().getTime(), endedAtMs: undefined },
        ...{ state: "running", progress: nothingYet },
        ...{ report: undefined, views: [], failure: undefined },
      };
      newest.change(begun);
      const cancelling = new AbortController();
      const ended = run(begun, views, AbortSignal.any([stopping.signal, cancelling.signal]));
      underWay = { cancelling, ended };
      return begun;
    },

    async cancel({ actor }) {
      underWay?.cancelling.abort(new CancelledError(`${actor} cancelled it`));
      await underWay?.ended;
      return newest.get();
    },

    newest: newest.get,
    follow: newest.follow,
    close: () => stopping.abort(new Error("the service stopped before the end")),
  };
}

/** The newest verification, for those who look at it and those who wait for what becomes of it. */
function createNewest(before: Verification | undefined) {
  let newest = before;
  let changed = Promise.withResolvers<void>();

  return {
    get: () => newest,

    change(next: Verification): void {
      newest = next;
      const { resolve } = changed;
      changed = Promise.withResolvers();
      resolve();
    },

    async *follow(signal: AbortSignal): AsyncGenerator<Verification, void> {
      const left = new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
      while (newest && !signal.aborted) {
        const told: Verification = newest;
        yield told;
        if (told.state !== "running") return;
        // What changed while the reader was busy is told at once.
        if (newest === told) await Promise.race([changed.promise, left]);
      }
    },
  };
}

function endedBy(error: unknown): Outcome {
  const state = error instanceof CancelledError ? "cancelled" : "failed";
  return { state, failure: error instanceof Error ? error.message : String(error) };
}
