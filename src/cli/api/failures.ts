import type { ExitReason } from "../exit-codes.ts";
import { Failure } from "../failure.ts";

/** An entry of `errors` (GraphQL s. 7.1.2). */
export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An entry of `userErrors`. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
  readonly remedy: string | null;
}

/** What `extensions.code` makes of the exit; codes that are not here are plain failures. */
export const reasonByCode: Readonly<Record<string, ExitReason>> = {
  UNAUTHENTICATED: "access",
  FORBIDDEN: "access",
  LOGIN_CODE_INVALID: "access",
  LOGIN_REFUSED: "access",
  PERSISTED_OPERATION_REQUIRED: "refused",
  INPUT_INVALID: "usage",
  CURSOR_INVALID: "usage",
  DOCUMENT_INVALID: "usage",
  DOCUMENT_TOO_LARGE: "usage",
  BAD_REQUEST: "usage",
  POSITION_UNKNOWN: "notFound",
  PROJECTION_BEHIND: "unavailable",
  TOO_MANY_SUBSCRIPTIONS: "unavailable",
  TOO_MANY_ATTEMPTS: "unavailable",
  IDENTITY_PROVIDER_UNAVAILABLE: "unavailable",
  LOG_OVERLOADED: "unavailable",
  LOG_READ_ONLY: "unavailable",
  LOG_UNREADABLE: "unavailable",
  LOG_CLOSED: "unavailable",
};

const remedyByReason: Readonly<Partial<Record<ExitReason, string>>> = {
  unavailable: "try again later",
};

/** What ends the command when the API answers with `errors`: the first of them says why. */
export function failureOf(errors: readonly GraphqlError[]): Failure {
  const [first] = errors;
  const code = textOf(first?.extensions?.["code"]) ?? "NO_ANSWER";
  const reason = reasonByCode[code] ?? "failure";
  return new Failure(reason, first?.message ?? "the API answered neither data nor errors", {
    code,
    remedy:
      textOf(first?.extensions?.["remedy"]) ??
      (code === "UNAUTHENTICATED"
        ? "ironledger login, or name a token file: --token-file"
        : remedyByReason[reason]),
    correlationId: textOf(first?.extensions?.["correlationId"]) ?? textOf(first?.extensions?.["requestId"]),
  });
}

/** What ends the command when a mutation was refused. */
export function refusalOf(errors: readonly UserError[], correlationId: string | undefined): Failure {
  const [first] = errors;
  if (!first) throw new Error("a refusal needs an error");
  const others = errors.slice(1).map(({ code, message }) => `; ${code}: ${message}`);
  return new Failure(reasonOf(first.code), `${first.message}${others.join("")}`, {
    code: first.code,
    remedy: first.remedy ?? undefined,
    correlationId,
  });
}

function reasonOf(code: string): ExitReason {
  if (code === "INPUT_INVALID") return "usage";
  return code.endsWith("_UNKNOWN") ? "notFound" : "refused";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
