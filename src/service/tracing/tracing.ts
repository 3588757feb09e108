import type { Config } from "../../config.ts";

/** Values that a span carries. None is a secret, and none holds what a caller wrote. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** Something that takes time and is part of a trace. */
export interface TraceSpan {
  /** The span in the form of W3C Trace Context: what is part of it names it as its parent. */
  readonly traceparent: string;
  /** Ends it, once. `error`: why it failed; `undefined`: it did not. */
  end(attributes?: SpanAttributes, error?: string): void;
}

export interface SpanStart {
  /** "server": it answers somebody else. (Default: it is work of our own) */
  readonly kind?: "server";
  /** The `traceparent` of what it is part of. Without one, or with one that is no such thing, a trace begins. */
  readonly parent?: string | undefined;
  readonly attributes?: SpanAttributes;
}

export interface Tracing {
  start(name: string, options?: SpanStart): TraceSpan;
  /** Sends what has ended, for at most a few seconds. */
  close(): Promise<void>;
}

/** What became of spans since the start. */
export interface SpanCounts {
  readonly ended: number;
  readonly exported: number;
  readonly failed: number;
}

/** Tracing that is on. */
export interface CountedTracing extends Tracing {
  readonly counts: () => SpanCounts;
}

/** Starts tracing when it is configured. When it is not, nothing of OpenTelemetry that does anything is loaded. */
export async function openTracing(config: Config["tracing"]): Promise<CountedTracing | undefined> {
  if (!config) return undefined;
  const { otelTracing } = await import("./otel-tracing.ts");
  return otelTracing(config);
}
