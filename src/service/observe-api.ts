import type { FastifyInstance } from "fastify";
import { apiErrorCodes } from "../adapters/graphql/errors.ts";
import type { RouteGroup } from "../adapters/graphql/server.ts";
import type { ApiThreadData } from "./api-thread.ts";
import { exposition } from "./metrics/exposition.ts";
import { measureBackups } from "./metrics/measure-backups.ts";
import { measureFleet } from "./metrics/measure-fleet.ts";
import { measureGraphql, measureRequests } from "./metrics/measure-requests.ts";
import { type MeasuredService, measureService } from "./metrics/measure-service.ts";
import type { Meter } from "./metrics/meter.ts";
import { askMeter } from "./metrics/meter-line.ts";
import { serviceRoutes } from "./service-routes.ts";
import { traceGraphql, traceRequests } from "./tracing/trace-api.ts";
import type { CountedTracing } from "./tracing/tracing.ts";

export interface ObservedApi extends MeasuredService {
  readonly meter: Meter;
  readonly meters: ApiThreadData["meters"];
  /** `undefined`: nobody asked for traces. */
  readonly tracing: CountedTracing | undefined;
}

/** What the API's listener is given so that it can be watched. */
export interface ApiObservation {
  /** To be put before all other groups of routes. */
  readonly routes: readonly RouteGroup[];
  readonly onErrorCodes: (codes: readonly unknown[]) => void;
  /** To be called once with the listener, before it listens. */
  attach(app: FastifyInstance): void;
}

/** Puts the metrics and traces of the API's thread together, and the routes that tell them. */
export function observeApi({ meter, meters, tracing, ...service }: ObservedApi): ApiObservation {
  measureService(meter, service);
  measureFleet(meter, service.projector);
  measureBackups(meter, service.log, service.clock);
  meter.counted("ironledger_spans_total", () =>
    Object.entries(tracing?.counts() ?? {}).map(([outcome, value]) => ({ labels: { outcome }, value })),
  );
  const errors = meter.counter("ironledger_graphql_errors_total");
  const metrics = exposition(meter, { main: askMeter(meters.main), log: askMeter(meters.log) });
  return {
    routes: [
      ...(tracing ? [traceRequests(tracing)] : []),
      measureRequests(meter),
      serviceRoutes({ metrics, details: service.readiness.details }),
    ],
    onErrorCodes(codes) {
      for (const code of codes) errors({ code: String(code) in apiErrorCodes ? String(code) : "other" });
    },
    attach(app) {
      measureGraphql(meter, app);
      if (tracing) traceGraphql(tracing, app);
    },
  };
}
