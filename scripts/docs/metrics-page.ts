import { apiMetrics } from "../../src/service/metrics/api-metrics.ts";
import type { MetricDefinition } from "../../src/service/metrics/definition.ts";
import { logMetrics } from "../../src/service/metrics/log-metrics.ts";
import { machineMetrics } from "../../src/service/metrics/machine-metrics.ts";
import { page, table } from "./markdown.ts";

/** `docs/reference/metrics.md`: every metric of ours, by who measures it. */
export function metricsPage(): string {
  return page(
    "# Metrics",
    "Generated from `src/service/metrics/` by `npm run docs`.",
    "`/metrics` of the API's listener, in the text format of Prometheus, for whoever has the scope `metrics:read`. They\n" +
      "are measured when they are asked for; a thread that does not answer within a second is left out, and\n" +
      "`ironledger_thread_up` says so. How to scrape them: [operating](../guides/operate.md#metrics). What to do when a\n" +
      "limit shows: [runbook](../guides/runbook.md#limits).",
    "Beside these there are the usual metrics of a process and of Node (`process_...`, `nodejs_...`). Those of Node are\n" +
      "of the main thread, the one that answers machines.",
    ...section("Machines", "Measured by the thread that answers machines.", machineMetrics),
    ...section("Log", "Measured by the log's thread.", logMetrics),
    ...section("API and views", "Measured by the API's thread.", apiMetrics),
  );
}

function section(
  title: string,
  intro: string,
  metrics: Readonly<Record<string, MetricDefinition>>,
): readonly string[] {
  const rows = Object.entries(metrics).map(([name, { type, help, labels = {}, limit }]) => [
    `\`${name}\``,
    type,
    Object.entries(labels)
      .map(([label, values]) => `\`${label}\`: ${values}`)
      .join("; "),
    limit === undefined ? help : `${help} **Limit:** ${limit}`,
  ]);
  return [`## ${title}`, intro, table(["metric", "type", "labels", "meaning"], rows)];
}
