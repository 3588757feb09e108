import { MessageChannel } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { EventStoreError } from "../../../src/domain/ports/event-store.ts";
import { exposition } from "../../../src/service/metrics/exposition.ts";
import { countRefusals, measureFeeds } from "../../../src/service/metrics/measure-store.ts";
import { createMeter, type Meter } from "../../../src/service/metrics/meter.ts";
import { askMeter, serveMeter } from "../../../src/service/metrics/meter-line.ts";
import { memoryLog } from "../../support/recording.ts";

/** A line to a thread that measures with this meter. */
function lineTo(meter: Meter | undefined) {
  const { port1, port2 } = new MessageChannel();
  if (meter) serveMeter(port1, meter);
  return askMeter(port2);
}

function fail(error: unknown): never {
  throw error;
}

/** The value of a sample in the text. */
function sampleOf(text: string, sample: string): string | undefined {
  return text
    .split("\n")
    .find((line) => line.startsWith(`${sample} `))
    ?.slice(sample.length + 1);
}

describe("the metrics of the process", () => {
  test("are those of all threads", async () => {
    const main = createMeter(fail);
    main.counter("ironledger_dhcp_datagrams_total")({}, 3);
    const log = createMeter(fail);
    log.histogram("ironledger_log_batch_events")(7);
    const text = await exposition(createMeter(fail), { main: lineTo(main), log: lineTo(log) })();
    expect(sampleOf(text, "ironledger_dhcp_datagrams_total")).toBe("3");
    expect(sampleOf(text, 'ironledger_log_batch_events_bucket{le="8"}')).toBe("1");
    expect(sampleOf(text, 'ironledger_thread_up{thread="main"}')).toBe("1");
  });

  test("come without a thread that is silent, and say so", async () => {
    const log = createMeter(fail);
    log.counter("ironledger_log_appends_total")({ outcome: "appended" });
    const text = await exposition(createMeter(fail), { main: lineTo(undefined), log: lineTo(log) })();
    expect(sampleOf(text, 'ironledger_thread_up{thread="main"}')).toBe("0");
    expect(sampleOf(text, 'ironledger_thread_up{thread="log"}')).toBe("1");
    expect(sampleOf(text, 'ironledger_log_appends_total{outcome="appended"}')).toBe("1");
  });

  test("come without the one that cannot be measured, which is told", async () => {
    const faults: unknown[] = [];
    const main = createMeter((error) => faults.push(error));
    main.gauge("ironledger_fenced", () => fail(new Error("no disk")));
    main.gauge("ironledger_clock_in_doubt", () => [{ value: 1 }]);
    const text = await main.registry.metrics();
    expect(sampleOf(text, "ironledger_fenced")).toBeUndefined();
    expect(sampleOf(text, "ironledger_clock_in_doubt")).toBe("1");
    expect(faults).toEqual([new Error("no disk")]);
  });

  test("leave out what is not measured in its time", async () => {
    const faults: unknown[] = [];
    const meter = createMeter((error) => faults.push(error));
    meter.gauge("ironledger_backup_age_seconds", () => new Promise(() => undefined));
    meter.gauge("ironledger_log_events", () => [{ value: 7 }]);
    const measured = await meter.measure();
    expect(measured.flatMap(({ name, values }) => values.map(({ value }) => [name, value]))).toEqual([
      ["ironledger_log_events", 7],
    ]);
    expect(faults).toEqual([new Error("a measurement took longer than 1000 ms")]);
  });

  test("do not grow by being asked for", async () => {
    const main = createMeter(fail);
    main.counted("ironledger_dhcp_datagrams_total", () => [{ value: 5 }]);
    const ask = exposition(createMeter(fail), { main: lineTo(main), log: lineTo(createMeter(fail)) });
    await ask();
    expect(sampleOf(await ask(), "ironledger_dhcp_datagrams_total")).toBe("5");
  });
});

describe("a store that is measured", () => {
  test("counts what it refuses, by code and thread, and throws it all the same", async () => {
    const meter = createMeter(fail);
    const refusing = {
      ...memoryLog(),
      append: () => Promise.reject(new EventStoreError("LOG_OVERLOADED", "too much")),
    };
    const store = countRefusals(refusing, meter, "main");
    await expect(store.append("machine-1", { expectedRevision: "any", events: [] })).rejects.toThrow(
      "too much",
    );
    const text = await meter.registry.metrics();
    expect(sampleOf(text, 'ironledger_appends_refused_total{thread="main",code="LOG_OVERLOADED"}')).toBe("1");
  });

  test("measures how late a feed is that has caught up, and not what it reads of the past", async () => {
    const meter = createMeter(fail);
    const page = (time: number) => ({ events: [{ time }], position: "p", caughtUp: true });
    async function* pages() {
      yield page(0);
      yield page(9_000);
    }
    const following = { ...memoryLog(), subscribe: pages } as unknown as Parameters<typeof measureFeeds>[0];
    const store = measureFeeds(following, meter, () => new Date(10_000));
    const taken = [];
    for await (const each of store.subscribe({ after: undefined, signal: new AbortController().signal }))
      taken.push(each);
    expect(taken).toHaveLength(2);
    const text = await meter.registry.metrics();
    expect(sampleOf(text, "ironledger_feed_lag_seconds_sum")).toBe("1");
  });
});
