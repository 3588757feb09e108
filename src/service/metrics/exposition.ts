import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, Registry } from "prom-client";
import type { Measured, Meter } from "./meter.ts";
import type { MeterLine } from "./meter-line.ts";

/** How long the other threads have to tell what they measure, milliseconds. */
const answerMs = 1_000;

/** The content type of the text that `exposition` makes. */
export const expositionType = Registry.PROMETHEUS_CONTENT_TYPE;

/** All metrics of the process in the text format of Prometheus. Resolves within a second or so, whoever is silent. */
export function exposition(own: Meter, others: Readonly<Record<"main" | "log", MeterLine>>) {
  const up: Record<"main" | "log", boolean> = { main: true, log: true };
  own.gauge("ironledger_thread_up", () => [
    { labels: { thread: "api" }, value: 1 },
    ...Object.entries(up).map(([thread, isUp]) => ({ labels: { thread }, value: isUp ? 1 : 0 })),
  ]);

  return async (): Promise<string> => {
    const [main, log] = await Promise.all([others.main.ask(answerMs), others.log.ask(answerMs)]);
    up.main = main !== undefined;
    up.log = log !== undefined;
    const measured = [await own.measure(), main ?? [], log ?? []];
    return AggregatorRegistry.aggregate(measured.map(forAggregation)).metrics();
  };
}

/** The library's type wants arrays that may be changed. */
function forAggregation(measured: Measured): MetricObjectWithValues<MetricValue<string>>[] {
  return [...measured];
}
