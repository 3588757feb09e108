import {
  AccessDeniedError,
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from "@eventstore/db-client";
import { EventStoreError, type EventStoreErrorCode } from "../../../domain/ports/event-store.ts";

/** An own limit passed: the client has none around its reads, nor around its search for a leader. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

/** What a failed call says of what was asked. */
export type Failure =
  /** The stream is not at the expected revision. */
  | "conflict"
  /** There is no such stream. */
  | "missing"
  /** The engine's own limit of an append is lower than ours. */
  | "too-large"
  /** The credentials do not allow it. Asking again is useless. */
  | "denied"
  /** Somebody deleted the stream. */
  | "deleted"
  /** The position is not at the beginning of an event. */
  | "no-position"
  /** Nothing: no answer, no leader, a cut connection. What was asked for may have been done. */
  | "unknown";

/** Status codes of gRPC that arrive without a type of the client's own. */
const grpc = { invalidArgument: 3, permissionDenied: 7 } as const;

/** What an error of the client means. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WrongExpectedVersionError) return "conflict";
  if (error instanceof StreamNotFoundError) return "missing";
  if (error instanceof MaxAppendSizeExceededError) return "too-large";
  if (error instanceof StreamDeletedError) return "deleted";
  if (error instanceof AccessDeniedError) return "denied";
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code === grpc.permissionDenied) return "denied";
  // Newer servers have a limit for a single event, which this client does not know.
  if (/maximum[- ]?append[- ]?(?:event[- ]?)?size/i.test(String(message))) return "too-large";
  if (code === grpc.invalidArgument && /position/i.test(String(message))) return "no-position";
  return "unknown";
}

/** Whether a node may be frozen, which the client does not take for a reason to look for another. */
export function isSilence(error: unknown): boolean {
  return error instanceof NoAnswerError || error instanceof DeadlineExceededError;
}

/** What the port says when a call failed for good. `away`: its code when nothing is known. */
export function portError(error: unknown, away: EventStoreErrorCode): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const what = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  switch (failureOf(error)) {
    case "too-large":
      return new EventStoreError(
        "EVENT_TOO_LARGE",
        `the engine takes no append of this size, see its setting MaxAppendSize: ${what}`,
        options,
      );
    case "deleted":
      return new EventStoreError("LOG_DAMAGED", `a stream of the log was deleted: ${what}`, options);
    case "no-position":
      return new EventStoreError("POSITION_UNKNOWN", "no event begins at the position", options);
    case "denied":
      return new EventStoreError(away, `the engine denies access: ${what}`, options);
    case "conflict":
      return new EventStoreError(away, `another writer was there before: ${what}`, options);
    case "missing":
    case "unknown":
      return new EventStoreError(away, `the engine does not answer: ${what}`, options);
  }
}
