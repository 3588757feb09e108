import type { Sha256 } from "../values/sha256.ts";
import type { EventMeta, Position, RecordedEvent } from "./event-store.ts";

/** A checkpoint that was signed: so many events, in this order and no other. */
export interface SignedLogCheckpoint {
  /** How many events the log holds before the one that records it. */
  readonly ordinal: number;
  /** Of the event that records it. */
  readonly eventId: string;
  /** Of that event. */
  readonly position: Position;
  readonly signedAtMs: number;
  /** How many events it covers, from the first one on. */
  readonly size: number;
  readonly root: Sha256;
  /** Its written form: what a third party keeps. */
  readonly note: string;
  /** The public key that it is checked with. */
  readonly verifierKey: string;
}

/** How the log is signed at the moment. */
export interface SigningStatus {
  /** What the log is called in its checkpoints; `undefined` while the log has no event. */
  readonly origin: string | undefined;
  /** The public key for it. */
  readonly verifierKey: string | undefined;
  /** The newest checkpoint of this life of the log. */
  readonly newest: SignedLogCheckpoint | undefined;
  /** Events that no checkpoint covers, without those that record checkpoints. */
  readonly unsignedEvents: number;
  /** Where checkpoints are written to as files. */
  readonly directory: string;
  /** Why nothing is signed any more: the log is not the one that was signed before. `undefined`: it is. */
  readonly contradiction: string | undefined;
}

/** Shows that a leaf is in a tree, or that one tree continues another: see `docs/reference/log-proof.md`. */
interface LogProof {
  /** From the bottom up. */
  readonly hashes: readonly Sha256[];
  /** What it is verified against. */
  readonly checkpoint: SignedLogCheckpoint;
}

export interface InclusionProven extends LogProof {
  /** The place of the event's leaf, from 0. */
  readonly index: number;
  /** The event, its proof and the checkpoint in one text (https://c2sp.org/tlog-proof). */
  readonly text: string;
}

export interface ConsistencyProven extends LogProof {
  /** The proof and the checkpoint in one text (https://c2sp.org/tlog-witness, `add-checkpoint`). */
  readonly text: string;
}

/** What came of an order to sign. */
export type SigningOutcome =
  | { readonly outcome: "signed"; readonly checkpoint: SignedLogCheckpoint }
  /** Nothing but checkpoints was recorded since this one, or nothing at all. */
  | { readonly outcome: "nothing-new"; readonly checkpoint: SignedLogCheckpoint | undefined }
  /** Nothing was signed, and why. */
  | { readonly outcome: "refused"; readonly reason: SigningRefusalCode; readonly message: string };

/** Why nothing was signed. */
export type SigningRefusalCode =
  /** The log is not the one that was signed before. */
  | "CHECKPOINT_CONTRADICTED"
  /** Another checkpoint was signed at the same time, or the log's tree is still being made. Worth trying again. */
  | "CHECKPOINT_BUSY";

/** What lets somebody verify the log who does not trust this service. */
export interface LogEvidence {
  status(): SigningStatus;
  /** The last checkpoints that were signed, in every life of the log, in that order. */
  newestCheckpoints(limit: number): readonly SignedLogCheckpoint[];
  /**
   * Proves that an event is in the log of a checkpoint.
   *
   * @param size which checkpoint, by the number of events that it covers. (Default: the first that covers the event)
   * @returns `undefined` when there is no such checkpoint, or it does not cover the event
   */
  proveInclusion(
    place: { readonly event: RecordedEvent; readonly ordinal: number },
    size?: number,
  ): Promise<InclusionProven | undefined>;
  /**
   * Proves that the log of a checkpoint continues the log of the first `from` events.
   *
   * @param size which checkpoint. (Default: the newest)
   * @returns `undefined` when there is no such checkpoint, or it covers fewer events
   */
  proveConsistency(from: number, size?: number): Promise<ConsistencyProven | undefined>;
  /** Signs what there is now. `meta`: of the event that records it. */
  sign(meta: EventMeta): Promise<SigningOutcome>;
}
