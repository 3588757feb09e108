import type { ExitReason } from "./exit-codes.ts";

export interface FailureDetails {
  /** Stable: a code of the API's catalogue, or one of the command line's own. */
  readonly code: string;
  /** What to do about it. `undefined`: the message says it all. */
  readonly remedy?: string | undefined;
  /** Finds what the service recorded. `undefined`: nothing was. */
  readonly correlationId?: string | undefined;
  readonly cause?: unknown;
}

/** The command ends here. Told in one line on stderr; `reason` decides the exit code. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly reason: ExitReason;
  readonly code: string;
  readonly remedy: string | undefined;
  readonly correlationId: string | undefined;

  constructor(reason: ExitReason, message: string, { code, remedy, correlationId, cause }: FailureDetails) {
    super(message, { cause });
    this.reason = reason;
    this.code = code;
    this.remedy = remedy;
    this.correlationId = correlationId;
  }
}

/** The command line makes no sense. */
export function usageError(message: string, remedy?: string): Failure {
  return new Failure("usage", message, { code: "USAGE", remedy });
}
