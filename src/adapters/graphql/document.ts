import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { apiError } from "./errors.ts";
import { limits, sizeLimits } from "./limits.ts";

/** How documents are parsed, over HTTP and WebSocket alike. */
export const parseOptions = { maxTokens: limits.tokens } as const;

/** The rules of the service beside those of GraphQL. */
export const validationRules = [sizeLimits];

/**
 * Refuses a document that is a syntax tree in JSON: mercurius reads such a one where the text does not parse,
 * and past the limit on tokens.
 *
 * @throws GraphQLError `BAD_REQUEST`
 */
export function refuseJsonDocument(source: string): void {
  if (/^\s*\{\s*"/.test(source)) throw apiError("BAD_REQUEST", "the query is JSON: send GraphQL text");
}

/**
 * The document when it names one subscription, as far as that shows without the schema; else what is wrong.
 */
export function subscriptionOf(
  query: string,
  operationName: string | null | undefined,
): string | GraphQLError {
  try {
    const operation = getOperationAST(parse(query, parseOptions), operationName);
    if (operation?.operation === "subscription") return query;
    return apiError("BAD_REQUEST", "name one subscription: queries and mutations go over HTTP");
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return apiError("DOCUMENT_INVALID", error.message);
  }
}

/**
 * Holds a subscription against the schema and the limits. mercurius does so for queries and mutations only.
 *
 * @throws GraphQLError the first thing that is wrong
 */
export function validateSubscription(schema: GraphQLSchema, document: DocumentNode): void {
  const [error] = validate(schema, document, [...specifiedRules, ...validationRules]);
  if (!error) return;
  const { message, nodes = null, extensions } = error;
  throw new GraphQLError(message, { nodes, extensions: { code: "DOCUMENT_INVALID", ...extensions } });
}
