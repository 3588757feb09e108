import type { ExitReason } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { inCommands } from "./in-commands.ts";
import type { Target } from "./target.ts";

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
  PROJECTION_BUILDING: "unavailable",
  TOO_MANY_SUBSCRIPTIONS: "unavailable",
  TOO_MANY_ATTEMPTS: "unavailable",
  TOO_MANY_EXPORTS: "unavailable",
  IDENTITY_PROVIDER_UNAVAILABLE: "unavailable",
  LOG_OVERLOADED: "unavailable",
  LOG_READ_ONLY: "unavailable",
  LOG_UNREADABLE: "unavailable",
  LOG_ARCHIVE_MISSING: "unavailable",
  LOG_CLOSED: "unavailable",
};

const remedyByReason: Readonly<Partial<Record<ExitReason, string>>> = {
  unavailable: "try again later",
};

/** What to do when the service does not know who asks. */
export function tokenRemedy({ token, tokenSource }: Partial<Target> = {}): string {
  if (token === undefined) {
    return "no token was sent: ironledger login gets one, --token-file names one, and ironledger context set keeps it";
  }
  return `${tokenSource ?? "the token"} was sent: ironledger login gets another, --token-file names another`;
}

/** What ends the command when the API answers with `errors`: the first of them says why. */
export function failureOf(errors: readonly GraphqlError[], target?: Target): Failure {
  const [first] = errors;
  const code = textOf(first?.extensions?.["code"]) ?? "NO_ANSWER";
  const reason = reasonByCode[code] ?? "failure";
  return new Failure(reason, shownMessage(first) ?? "the API answered neither data nor errors", {
    code,
    remedy:
      textOf(first?.extensions?.["remedy"]) ??
      (code === "UNAUTHENTICATED" ? tokenRemedy(target) : remedyByReason[reason]),
    correlationId: textOf(first?.extensions?.["correlationId"]) ?? textOf(first?.extensions?.["requestId"]),
  });
}

/**
 * A variable is nothing that a person wrote: `Variable "$input" got invalid value "aa" at "input.image.sha256";
 * Expected type "Sha256". expected 64 ...` becomes `image.sha256 "aa": expected 64 ...`.
 */
function shownMessage(error: GraphqlError | undefined): string | undefined {
  return error?.message.replace(
    /^Variable "\$\w+" got invalid value (.+?) at "\w+\.([^"]+)"; (?:Expected type "[^"]+"\. )?/s,
    "$2 $1: ",
  );
}

/** What to do where the API cannot say it in commands. */
export const remedyByCode: Readonly<Record<string, string>> = {
  ACCESS_RULE_INVALID: '--rules FILE takes many rules: [{"scopes": [...], "machines": [{"key": ...}]}, ...]',
  CLASS_UNKNOWN: "ironledger classes list shows them",
  ENVIRONMENT_UNKNOWN: "ironledger bootenvs list shows them",
  INTERFACE_AMBIGUOUS: "name the interface by its hardware address",
  MACHINE_BUSY: "ironledger machines boot-intent withdraw takes a deployment back before the machine boots",
  MACHINE_DEPLOYED: "ironledger machines release, then ironledger machines approve",
  SUBNET_HAS_LEASES: "wait until they end, or say --force",
  SUBNET_UNKNOWN: "ironledger subnets list shows them",
  TOKEN_EXPIRY_INVALID: "--expires-in 90d",
};

/** What ends the command when a mutation was refused. */
export function refusalOf(errors: readonly UserError[], correlationId: string | undefined): Failure {
  const [first] = errors;
  if (!first) throw new Error("a refusal needs an error");
  const others = errors.slice(1).map(({ code, message }) => `; ${code}: ${message}`);
  return new Failure(reasonOf(first.code), inCommands(`${first.message}${others.join("")}`), {
    code: first.code,
    remedy: remedyByCode[first.code] ?? (first.remedy === null ? undefined : inCommands(first.remedy)),
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
