import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { apiError, internalError, visibleError } from "./errors.ts";

/** What an error answers with: the status of HTTP, and what the caller may see. */
export interface FormattedErrors {
  readonly statusCode: number;
  readonly errors: readonly GraphQLFormattedError[];
  /** What the caller must not see and the service's own log should. */
  readonly faults: readonly unknown[];
}

/**
 * Turns whatever mercurius, fastify or a resolver threw into errors of the API. `executed`: resolvers ran, so
 * the status is 200 whatever they answered (GraphQL over HTTP, s. 6.4.1).
 */
export function formatErrors(
  thrown: readonly Error[],
  { requestId, executed }: { readonly requestId: string | undefined; readonly executed: boolean },
): FormattedErrors {
  const faults: unknown[] = [];
  const statusCodes: number[] = [];
  const errors = thrown.flatMap(unwrapped).map(({ error, status }) => {
    const visible = visibleError(error) ?? asRequestError(error, status);
    if (!visible) faults.push(error);
    statusCodes.push(status ?? (visible ? 400 : 500));
    return placed(visible ?? internalError(requestId), error).toJSON();
  });
  return { statusCode: executed ? 200 : Math.max(...statusCodes), errors, faults };
}

interface Cause {
  readonly error: Error;
  /** What the one who refused the request would answer with; `undefined`: nobody refused it. */
  readonly status: number | undefined;
}

/** mercurius wraps what is wrong with a document in an error that only says that something is. */
function unwrapped(error: Error): readonly Cause[] {
  const origin = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const status =
    "statusCode" in origin && typeof origin.statusCode === "number" ? origin.statusCode : undefined;
  if ("errors" in origin && Array.isArray(origin.errors)) {
    return origin.errors.map((inner: Error) => ({ error: inner, status }));
  }
  return [{ error: status === undefined ? error : origin, status }];
}

/** What is wrong with the request itself: that is for the caller to know. */
function asRequestError(error: Error, status: number | undefined): GraphQLError | undefined {
  if (status === undefined || status >= 500) return undefined;
  if (!(error instanceof GraphQLError)) return apiError("BAD_REQUEST", error.message);
  return apiError(isOfScalar(error) ? "INPUT_INVALID" : "DOCUMENT_INVALID", error.message);
}

/** Whether a scalar refused a value: graphql wraps what it threw, once or twice. */
function isOfScalar({ originalError }: GraphQLError): boolean {
  if (originalError instanceof GraphQLError) return isOfScalar(originalError);
  return originalError instanceof TypeError;
}

/** The error with the place in the document and in the answer that it belongs to. */
function placed({ message, extensions }: GraphQLError, error: Error): GraphQLError {
  if (!(error instanceof GraphQLError)) return new GraphQLError(message, { extensions });
  const { nodes = null, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}
