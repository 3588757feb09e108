import type { CloudEventChoice } from "../../adapters/event-store/cloud-event.ts";
import type { VerifyProgress, ViewCheck } from "../../adapters/graphql/audit/verifier.ts";
import type { EventStoreErrorCode, Position } from "../../domain/ports/event-store.ts";
import type { VerifyReport } from "../../proof/report.ts";

/** The form of an exported file: what `ironledger-verify` checks, or CloudEvents 1.0 a line each. */
export type ExportFormat = "verifiable" | "cloudevents";

/** Which events to export. Positions are those of the API, but for what goes on with a verifiable file. */
export interface ExportJob {
  readonly kind: "export";
  readonly format: ExportFormat;
  /** The event that the file begins after. (Default: it begins with the log) */
  readonly after?: Position | undefined;
  /** The last event of the file. (Default: the newest) */
  readonly through?: Position | undefined;
  /**
   * The last event of the part of the file that whoever asks has already: of a verifiable file as its line has it, and
   * with it both ends as the file has them, which in an engine are not those of the API. (Default: they have nothing)
   */
  readonly resumeAfter?: Position | undefined;
  /** Of CloudEvents, which are wanted. (Default: all) */
  readonly choice?: CloudEventChoice | undefined;
}

/** What the service signed of its log. */
export interface SignedNotes {
  /** The public key of the service. */
  readonly verifierKey: string;
  /** Signed checkpoints, as they are written down. */
  readonly notes: readonly string[];
}

/** Verify all of the log, and the read models if they are wanted. */
export interface VerifyJob {
  readonly kind: "verify";
  /** What the log is compared with. `undefined`: nothing was signed. */
  readonly signed: SignedNotes | undefined;
  /** Whether every read model is built anew and compared. */
  readonly views: boolean;
}

/** Where an audit finds the log. */
export type AuditedPlace =
  /** `directory`: `<data>/log`. */
  | { readonly kind: "files"; readonly directory: string }
  /** The connection string may hold a password. */
  | { readonly kind: "engine"; readonly connectionString: string };

/** What an audit's thread is started with. */
export interface AuditThreadData {
  readonly log: AuditedPlace;
  readonly viewsDirectory: string;
  /** Where read models are built to be compared. Whatever is in it is deleted. */
  readonly scratchDirectory: string;
  readonly job: ExportJob | VerifyJob;
}

/** What the starter tells a thread that exports: it may send one chunk more. */
export interface AuditThreadOrder {
  readonly next: true;
}

/** What an audit's thread tells. */
export type AuditReport =
  /** The export can begin: nothing of the request is wrong. */
  | { readonly exporting: { readonly logId: string; readonly through: Position | undefined } }
  | { readonly chunk: Uint8Array<ArrayBuffer> }
  | { readonly progress: VerifyProgress }
  | { readonly verified: VerifyReport; readonly views: readonly ViewCheck[] }
  /** The export is complete. */
  | { readonly ended: true }
  /** It cannot be done. `code`: one of the store's, when it was the store. */
  | { readonly failed: { readonly code: EventStoreErrorCode | undefined; readonly message: string } };
