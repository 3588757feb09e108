import { apiMetrics } from "./api-metrics.ts";
import type { MetricDefinition } from "./definition.ts";
import { logMetrics } from "./log-metrics.ts";
import { machineMetrics } from "./machine-metrics.ts";

/** Every metric of ours, in the order of the reference. */
const metricCatalogue = { ...machineMetrics, ...logMetrics, ...apiMetrics };

export type MetricName = keyof typeof metricCatalogue;

export const metricNames = Object.keys(metricCatalogue) as readonly MetricName[];

export function definitionOf(name: MetricName): MetricDefinition {
  return metricCatalogue[name];
}
