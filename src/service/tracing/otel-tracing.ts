import {
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type TraceFlags,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Config } from "../../config.ts";
import type { CountedTracing } from "./tracing.ts";

/** Ended spans that wait to be sent; more are dropped. */
const waitingMax = 2_048;

/** How long sending may take, milliseconds: also at the end of the process. */
const exportTimeoutMs = 5_000;

/**
 * Tracing by OpenTelemetry, without anything global: parents are named by whoever starts a span, so that no library
 * has to be patched and no context has to be carried along.
 */
export function otelTracing({
  endpoint,
  sampleRatio,
  serviceName,
}: NonNullable<Config["tracing"]>): CountedTracing {
  const counts = { ended: 0, exported: 0, failed: 0 };
  const exporter = countedExporter(
    new OTLPTraceExporter({ url: endpoint, timeoutMillis: exportTimeoutMs }),
    counts,
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        maxQueueSize: waitingMax,
        scheduledDelayMillis: 1_000,
        exportTimeoutMillis: exportTimeoutMs,
      }),
    ],
  });
  const tracer = provider.getTracer("ironledger");

  return {
    counts: () => counts,

    start(name, { kind, parent, attributes = {} } = {}) {
      const options = { kind: kind === "server" ? SpanKind.SERVER : SpanKind.INTERNAL, attributes };
      const span = tracer.startSpan(name, options, contextOf(parent));
      return {
        traceparent: traceparentOf(span.spanContext()),
        end(more = {}, error) {
          span.setAttributes(more);
          if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
          if (span.isRecording()) counts.ended++;
          span.end();
        },
      };
    },

    // Spans that could not be sent are counted as failed, and are no reason for a stop to fail.
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/** Version 00 of W3C Trace Context, s. 3.2.2; ids of zeros alone mean nothing. */
const traceparentForm = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

function contextOf(parent: string | undefined) {
  const [, traceId, spanId, flags] = traceparentForm.exec(parent ?? "") ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags: TraceFlags = Number.parseInt(flags, 16) & 1;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${(traceFlags & 1).toString(16).padStart(2, "0")}`;
}

/** The library tells of a failure nobody but its own logger. */
function countedExporter(exporter: SpanExporter, counts: { exported: number; failed: number }): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        // 0 is success (ExportResultCode of @opentelemetry/core, which is no dependency of ours).
        counts[result.code === 0 ? "exported" : "failed"] += spans.length;
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
