/** What is said of a metric before anybody measures it. */
export interface MetricDefinition {
  readonly type: "counter" | "gauge" | "histogram";
  /** A sentence; the unit is in the name. */
  readonly help: string;
  /** What each label can be, in words. None may grow with the number of machines, clients or requests. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Upper bounds of a histogram, in the unit of its name. */
  readonly buckets?: readonly number[];
  /** The limit that the metric shows at work, and what happens there. */
  readonly limit?: string;
}

/** Bounds for what takes between a tenth of a millisecond and ten seconds. */
export const secondsBuckets = [
  0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
];
