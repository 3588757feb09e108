import type { FastifyInstance, FastifyRequest } from "fastify";
import { defaultFieldResolver, type GraphQLFieldResolver } from "graphql";
import type { RouteGroup } from "../../adapters/graphql/server.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import { categoryOf } from "../../domain/values/category.ts";
import type { TraceSpan, Tracing } from "./tracing.ts";

/** What of GraphQL's context matters here. */
interface Traced {
  readonly traceparent?: string | undefined;
}

/**
 * A span for each request. What the request then names as its own `traceparent` is the span, so that all that comes
 * of it, events included, is part of it.
 */
export function traceRequests(tracing: Tracing): RouteGroup {
  const spans = new WeakMap<FastifyRequest, TraceSpan>();
  return {
    openPaths: [],
    async register(app) {
      app.addHook("onRequest", async (request) => {
        const { method, headers, routeOptions } = request;
        const route = routeOptions.url ?? "none";
        const parent = typeof headers["traceparent"] === "string" ? headers["traceparent"] : undefined;
        const attributes = {
          "http.request.method": method,
          "http.route": route,
          "ironledger.request_id": request.id,
        };
        const span = tracing.start(`${method} ${route}`, { kind: "server", parent, attributes });
        spans.set(request, span);
        headers["traceparent"] = span.traceparent;
      });
      app.addHook("onResponse", async (request, { statusCode }) => {
        const failed = statusCode >= 500 ? `HTTP ${statusCode}` : undefined;
        spans.get(request)?.end({ "http.response.status_code": statusCode }, failed);
      });
    },
  };
}

/** Spans for operations of GraphQL, and for each command that a mutation gives. */
export function traceGraphql(tracing: Tracing, app: FastifyInstance): void {
  const spans = new WeakMap<object, TraceSpan>();
  app.graphql.addHook<Traced>("preExecution", async (_schema, document, context) => {
    const [operation] = document.definitions.filter((each) => each.kind === "OperationDefinition");
    const kind = operation?.operation ?? "query";
    const span = tracing.start(`graphql ${kind}`, {
      parent: context.traceparent,
      attributes: { "graphql.operation.type": kind },
    });
    spans.set(context, span);
    Object.assign(context, { traceparent: span.traceparent });
  });
  app.graphql.addHook("onResolution", async ({ errors = [] }, context) => {
    const failed = errors.length > 0 ? `${errors.length} errors` : undefined;
    spans.get(context)?.end({ "graphql.errors": errors.length }, failed);
  });
  const mutations = app.graphql.schema.getMutationType()?.getFields() ?? {};
  for (const field of Object.values(mutations)) {
    field.resolve = tracedCommand(tracing, field.name, field.resolve ?? defaultFieldResolver);
  }
}

function tracedCommand(
  tracing: Tracing,
  name: string,
  resolve: GraphQLFieldResolver<unknown, Traced>,
): GraphQLFieldResolver<unknown, Traced> {
  return async (...[source, args, context, info]) => {
    const span = tracing.start(`command ${name}`, { parent: context.traceparent });
    try {
      const payload = await resolve(source, args, { ...context, traceparent: span.traceparent }, info);
      const { userErrors = [] } = payload as { readonly userErrors?: readonly unknown[] };
      span.end({ "ironledger.user_errors": userErrors.length });
      return payload;
    } catch (error) {
      span.end({}, "failed");
      throw error;
    }
  };
}

/** The same store, with a span for each append that is part of a trace. */
export function traceAppends(store: EventStore, tracing: Tracing): EventStore {
  return {
    ...store,
    async append(stream, request) {
      const [first] = request.events;
      const parent = first?.meta.traceparent;
      if (parent === undefined) return store.append(stream, request);
      const types = [...new Set(request.events.map(({ type }) => type))].join(",");
      const attributes = { "ironledger.category": categoryOf(stream), "ironledger.event_types": types };
      const span = tracing.start("append", { parent, attributes });
      try {
        const result = await store.append(stream, request);
        span.end({ "ironledger.outcome": result.outcome });
        return result;
      } catch (error) {
        span.end({}, "the log refused");
        throw error;
      }
    },
  };
}
