import {
  Counter,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from "prom-client";
import { definitionOf, type MetricName } from "./catalogue.ts";

/** What a thread tells of its metrics; it can travel between threads. */
export type Measured = readonly MetricObjectWithValues<MetricValue<string>>[];

export type Labels = Readonly<Record<string, string>>;

/** A number of a metric, with its labels. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** The metrics of one thread. Each name is one of the catalogue and is defined once. */
export interface Meter {
  /** Counts as it happens. */
  counter(name: MetricName): (labels?: Labels, by?: number) => void;
  /** Takes what is counted elsewhere, when somebody asks. */
  counted(name: MetricName, read: () => readonly Sample[]): void;
  /** Measures when somebody asks. */
  gauge(name: MetricName, read: () => readonly Sample[] | Promise<readonly Sample[]>): void;
  histogram(name: MetricName): (value: number, labels?: Labels) => void;
  /** Everything as it is now. */
  measure(): Promise<Measured>;
  readonly registry: Registry;
}

/** `onFault`: told of a measurement that failed; the metric is then missing from that answer, and nothing else is. */
export function createMeter(onFault: (error: unknown) => void): Meter {
  const registry = new Registry();
  const base = (name: MetricName) => {
    const { help, labels = {} } = definitionOf(name);
    return { name, help, labelNames: Object.keys(labels), registers: [registry] };
  };

  return {
    registry,

    counter(name) {
      const counter = new Counter(base(name));
      return (labels = {}, by = 1) => counter.inc(labels, by);
    },

    counted(name, read) {
      new Counter({
        ...base(name),
        collect() {
          this.reset();
          for (const { labels = {}, value } of read()) this.inc(labels, value);
        },
      });
    },

    gauge(name, read) {
      const isPlain = definitionOf(name).labels === undefined;
      new Gauge({
        ...base(name),
        async collect() {
          const samples = await measured(read, onFault);
          this.reset();
          // A gauge without labels would otherwise say 0 of what is not known.
          if (samples.length === 0 && isPlain) this.remove();
          for (const { labels = {}, value } of samples) this.set(labels, value);
        },
      });
    },

    histogram(name) {
      const histogram = new Histogram({ ...base(name), buckets: [...(definitionOf(name).buckets ?? [])] });
      return (value, labels = {}) => histogram.observe(labels, value);
    },

    measure: () => registry.getMetricsAsJSON(),
  };
}

/** Longest that one measurement may take, milliseconds: what asks a log that is away must not hold up all others. */
const measurementMs = 1_000;

async function measured(
  read: () => readonly Sample[] | Promise<readonly Sample[]>,
  onFault: (error: unknown) => void,
): Promise<readonly Sample[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const tell = () => reject(new Error(`a measurement took longer than ${measurementMs} ms`));
    timer = setTimeout(tell, measurementMs).unref();
  });
  try {
    return await Promise.race([read(), late]);
  } catch (error) {
    onFault(error);
    return [];
  } finally {
    clearTimeout(timer);
  }
}
