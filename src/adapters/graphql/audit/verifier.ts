import type { Position } from "../../../domain/ports/event-store.ts";
import type { VerifyReport } from "../../../proof/report.ts";

/** A read model compared with what the log makes of it. */
export interface ViewCheck {
  readonly view: string;
  /** Where both were compared; `undefined`: before the first event. */
  readonly position: Position | undefined;
  /** SHA-256 over the rows of both, lower case hex; `undefined` when they differ. */
  readonly digest: string | undefined;
  /** How they differ, or why they could not be compared; `undefined`: they are the same. */
  readonly difference: string | undefined;
}

/** How far a verification is. */
export interface VerifyProgress {
  /** What is being looked at: the events, then the read models. */
  readonly stage: "log" | "views";
  /** Events looked at in this stage; an event counts once for each read model. */
  readonly events: number;
  /** How many there are to look at. */
  readonly of: number;
  /** Events a second in this stage so far. */
  readonly perSecond: number;
}

/** A verification of all of the log, as far as it is. */
export interface Verification {
  readonly id: string;
  /** Who asked for it. */
  readonly actor: string;
  readonly startedAtMs: number;
  /** `undefined`: it is under way. */
  readonly endedAtMs: number | undefined;
  readonly state: "running" | "ended" | "cancelled" | "failed";
  readonly progress: VerifyProgress;
  /** What was found in the log; `undefined` before the end. */
  readonly report: VerifyReport | undefined;
  /** What was found in the read models; empty when they were not asked about, and before the end. */
  readonly views: readonly ViewCheck[];
  /** Why it failed, or who cancelled it; `undefined`: neither. */
  readonly failure: string | undefined;
}

/** Verifies the log beside everything else that the service does, once at a time. */
export interface LogVerifier {
  /** Begins, or answers with the verification that is under way. */
  start(request: { readonly actor: string; readonly views: boolean }): Verification;
  /** Ends the one that is under way, if there is one. Resolves to the newest, which has ended. */
  cancel(request: { readonly actor: string }): Promise<Verification | undefined>;
  /**
   * The newest since the service started, or else the newest that ever came to its end; `undefined`: there was none.
   */
  newest(): Verification | undefined;
  /** The newest as it is, and as it comes to be, until it has ended. A slow reader is told the last of several changes. */
  follow(signal: AbortSignal): AsyncIterable<Verification>;
}
