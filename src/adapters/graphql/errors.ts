import { GraphQLError } from "graphql";
import { EventStoreError, type EventStoreErrorCode } from "../../domain/ports/event-store.ts";
import { ProjectionBuildingError } from "../../projections/projection-building.ts";

/** Every `extensions.code` of the API with what it means. Stable; business refusals are `UserErrorCode`. */
export const apiErrorCodes = {
  UNAUTHENTICATED: "The request has no bearer token, or none that is valid.",
  FORBIDDEN: "Whoever asks lacks a scope, which the message and `extensions.scope` name.",
  TOO_MANY_ATTEMPTS:
    "Too many requests came with tokens that are not valid. `Retry-After` says when to try again; a valid token is always let in.",
  ORIGIN_FOREIGN: "The request comes from a page of another site. Set `api.publicUrl` when it does not.",
  LOGIN_CODE_INVALID: "The login is unknown, over, older than a minute, or of another program or browser.",
  LOGIN_REFUSED:
    "The identity provider knows the person, and the service does not let them in: no group of theirs gives an access role, or the principal is disabled.",
  IDENTITY_PROVIDER_UNAVAILABLE:
    "The identity provider does not answer as it must: the service's own log tells more.",
  BAD_REQUEST: "The request is no GraphQL request that the service takes.",
  DOCUMENT_INVALID: "The document does not parse, or does not fit the schema.",
  DOCUMENT_TOO_LARGE: "The document asks for more than one request may.",
  PERSISTED_QUERY_NOT_FOUND: "The service has no operation of the id in `extensions.persistedQuery`.",
  PERSISTED_OPERATION_REQUIRED: "The service takes only the operations that its operator has put there.",
  INPUT_INVALID: "An argument of a query is not of the form that it asks for.",
  CURSOR_INVALID: "`after` or `before` is no cursor of this connection, or one of another order.",
  POSITION_UNKNOWN: "The position is of another log, of a time before a restore, or beyond the end.",
  PROJECTION_BEHIND: "The view does not show `minPosition` yet. `extensions.position` is how far it is.",
  PROJECTION_BUILDING:
    "The view is built from the beginning of the log, in a new release for instance, and has no older rows to show. `extensions.view` names it; `events`, `total` and `etaSeconds` tell how far it is. Ask again then.",
  TOO_MANY_SUBSCRIPTIONS: "The connection has as many subscriptions as it may.",
  TOO_MANY_PASTS: "As many moments of the past are looked at as may be. Try again in half a minute.",
  TOO_MANY_EXPORTS: "As many exports are under way as may be. `Retry-After` says when to try again.",
  LOG_OVERLOADED: "More is waiting to be recorded than the service accepts. Nothing was recorded: try later.",
  LOG_READ_ONLY:
    "The disk is full or failing, or the engine does not answer. Nothing is recorded until it has recovered.",
  LOG_UNREADABLE: "The disk is failing. Nothing is read until it has recovered.",
  LOG_ARCHIVE_MISSING:
    "What was asked for is in an archive of the log that is not there, or is not as it was sealed. `/readyz/details` names it. All else goes on.",
  LOG_CLOSED: "The service is stopping.",
  INTERNAL: "A fault of ours. The service's own log tells more under `extensions.requestId`.",
} as const;
export type ApiErrorCode = keyof typeof apiErrorCodes;

/** An error that the caller may see as it is. */
export function apiError(
  code: ApiErrorCode,
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

/** What the caller sees of a fault of ours. `requestId` finds the rest in the service's own log. */
export function internalError(requestId?: string): GraphQLError {
  const message = "a fault of the service: its own log tells more";
  return apiError("INTERNAL", message, requestId === undefined ? {} : { requestId });
}

const storeCodes: Readonly<Partial<Record<EventStoreErrorCode, ApiErrorCode>>> = {
  POSITION_UNKNOWN: "POSITION_UNKNOWN",
  LOG_OVERLOADED: "LOG_OVERLOADED",
  LOG_READ_ONLY: "LOG_READ_ONLY",
  LOG_UNREADABLE: "LOG_UNREADABLE",
  LOG_ARCHIVE_MISSING: "LOG_ARCHIVE_MISSING",
  LOG_CLOSED: "LOG_CLOSED",
};

function buildingError({ message, view, progress }: ProjectionBuildingError): GraphQLError {
  const { events, total, etaSeconds = null } = progress;
  return apiError("PROJECTION_BUILDING", message, { view, events, total, etaSeconds });
}

/** What the caller may see of an error that was thrown; `undefined` when that is nothing. */
export function visibleError(error: unknown): GraphQLError | undefined {
  if (error instanceof EventStoreError) {
    const code = storeCodes[error.code];
    return code && apiError(code, apiErrorCodes[code]);
  }
  if (error instanceof ProjectionBuildingError) return buildingError(error);
  if (!(error instanceof GraphQLError)) return undefined;
  const code = error.extensions["code"];
  if (typeof code === "string" && code in apiErrorCodes) return error;
  return error.originalError ? visibleError(error.originalError) : undefined;
}
