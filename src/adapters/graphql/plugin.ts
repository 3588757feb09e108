import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import mercurius from "mercurius";
import type { Caller } from "../access/caller.ts";
import type { GraphqlContext } from "./context.ts";
import { parseOptions, refuseJsonDocument, validateSubscription, validationRules } from "./document.ts";
import { formatErrors } from "./error-format.ts";
import type { DocumentText } from "./persisted.ts";
import type { SocketGate } from "./socket/gate.ts";
import type { GateOf } from "./socket/register.ts";

/** Where GraphQL is served, over HTTP and WebSocket. */
export const graphqlPath = "/graphql";

export interface GraphqlOptions {
  readonly schema: GraphQLSchema;
  /** What resolvers see. `signal` aborts when nobody waits for the answer any more. */
  readonly contextOf: (caller: Caller, request: FastifyRequest, signal: AbortSignal) => GraphqlContext;
  /** Who sent a request over HTTP. Asked only for requests that were let in. */
  readonly callerOf: (request: FastifyRequest) => Caller;
  readonly gateOf: GateOf;
  readonly documentText: DocumentText;
  /** Told the codes of the errors that an answer holds. (Default: nobody is) */
  readonly onErrorCodes?: ((codes: readonly unknown[]) => void) | undefined;
}

interface SubscriptionContext {
  readonly gate: SocketGate;
  readonly request: FastifyRequest;
}

/** Serves GraphQL, with the same limits on documents over HTTP and WebSocket. */
export async function registerGraphql(
  app: FastifyInstance,
  { schema, contextOf, callerOf, gateOf, documentText, onErrorCodes }: GraphqlOptions,
): Promise<void> {
  await app.register(mercurius, {
    schema,
    path: graphqlPath,
    graphiql: false,
    allowBatchedQueries: false,
    // Documents that were validated. Few, because whoever asks decides how many different ones there are.
    cache: 100,
    // Browsers add the key of an upgrade themselves. A page elsewhere can cause one, but has no token to send.
    csrfPrevention: { requiredHeaders: ["x-mercurius-operation-name", "sec-websocket-key"] },
    validationRules,
    // mercurius wants an id first and then the text under it: what a request means is one question here.
    persistedQueryProvider: {
      isPersistedQuery: () => true,
      isPersistedQueryRetry: () => false,
      getHash: documentText,
      getQueryFromHash: async (text) => text,
    },
    graphql: { parseOptions },
    errorFormatter: (execution, context) => {
      const requestId = context.reply?.request.id;
      const executed = execution.data !== undefined;
      const { statusCode, errors, faults } = formatErrors(execution.errors, { requestId, executed });
      onErrorCodes?.(errors.map(({ extensions }) => extensions?.["code"]));
      for (const err of faults) context.app.log.error({ err, requestId }, "a request met a fault");
      return { statusCode, response: { ...(executed && { data: execution.data ?? null }), errors } };
    },
    context: (request, reply) => ({ ...contextOf(callerOf(request), request, closedOf(reply)) }),
    subscription: { context: (socket, request) => ({ gate: gateOf(socket), request }) },
  });

  app.graphql.addHook("preParsing", async (_schema, source) => refuseJsonDocument(source));
  app.graphql.addHook<SubscriptionContext>(
    "preSubscriptionExecution",
    async (_schema, document, ...[context, id]) => {
      validateSubscription(schema, document);
      const { gate, request } = context;
      Object.assign(context, contextOf(gate.caller, request, gate.signalOf(String(id))));
    },
  );
}

/** Aborts when the answer is sent, or whoever asked is gone. Fastify's own signal does as soon as the body is read. */
function closedOf({ raw }: FastifyReply): AbortSignal {
  const closed = new AbortController();
  raw.once("close", () => closed.abort());
  return closed.signal;
}
