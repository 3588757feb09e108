import type { FastifyInstance } from "fastify";
import type { DocumentNode } from "graphql";
import type { GraphqlContext } from "../../adapters/graphql/context.ts";
import type { RouteGroup } from "../../adapters/graphql/server.ts";
import { closeReasons } from "../../adapters/graphql/socket/messages.ts";
import type { Meter } from "./meter.ts";

/** Counts the requests of the API's listener. To be the first of its groups of routes, so that no route escapes. */
export function measureRequests(meter: Meter): RouteGroup {
  const requests = meter.counter("ironledger_api_requests_total");
  const duration = meter.histogram("ironledger_api_request_duration_seconds");
  return {
    openPaths: [],
    async register(app) {
      app.addHook("onResponse", async (request, reply) => {
        const { url: route = "none" } = request.routeOptions;
        requests({ route, status: String(reply.statusCode) });
        duration(reply.elapsedTime / 1_000, { route });
      });
    },
  };
}

/** Codes of RFC 6455 that clients and networks cause, and ours. */
const knownCodes: ReadonlySet<number> = new Set([
  ...[1000, 1001, 1002, 1005, 1006, 1007, 1009, 1011],
  ...Object.values(closeReasons).map(([code]) => code),
]);

/** Measures GraphQL and its sockets. `app` has been made; it does not listen yet. */
export function measureGraphql(meter: Meter, app: FastifyInstance): void {
  const duration = meter.histogram("ironledger_graphql_operation_duration_seconds");
  const closed = meter.counter("ironledger_api_sockets_closed_total");
  const began = new WeakMap<object, { readonly operation: string; readonly atMs: number }>();
  let subscriptions = 0;
  meter.gauge("ironledger_api_subscriptions", () => [{ value: subscriptions }]);
  meter.gauge("ironledger_api_sockets", () => [{ value: app.websocketServer.clients.size }]);

  app.websocketServer.on("connection", (socket) => {
    socket.on("close", (code: number) => closed({ code: knownCodes.has(code) ? String(code) : "other" }));
  });
  app.graphql.addHook("preExecution", async (_schema, document, context) => {
    began.set(context, { operation: operationOf(document), atMs: performance.now() });
  });
  app.graphql.addHook("onResolution", async (_execution, context) => {
    const start = began.get(context);
    if (start) duration((performance.now() - start.atMs) / 1_000, { operation: start.operation });
  });
  app.graphql.addHook<GraphqlContext>("preSubscriptionExecution", async (_schema, _document, { signal }) => {
    if (signal.aborted) return;
    subscriptions++;
    signal.addEventListener("abort", () => subscriptions--, { once: true });
  });
}

/** A document of several operations counts as the one among them that does most. */
function operationOf({ definitions }: DocumentNode): string {
  const kinds = definitions.flatMap((each) => (each.kind === "OperationDefinition" ? [each.operation] : []));
  return kinds.find((kind) => kind === "mutation") ?? kinds[0] ?? "query";
}
