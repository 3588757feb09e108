import { describe, expect, test } from "vitest";
import { definitionOf, metricNames } from "../../../src/service/metrics/catalogue.ts";

/** Units of Prometheus' naming rules, and things that are counted. */
const units = ["seconds", "bytes", "ratio", "characters", "info"];
const counted = [
  "events",
  "appends",
  "transfers",
  "connections",
  "sockets",
  "subscriptions",
  "machines",
  "addresses",
  "servers",
  "exports",
  "findings",
  "rows",
  "copies",
  "archives",
  "rows",
  "copies",
];
/** Gauges that are 0 or 1, or name a state by a number. */
const states = [
  "fenced",
  "leading",
  "doubt",
  "writable",
  "up",
  "ready",
  "unready",
  "generation",
  "following",
  "contradicted",
];

describe.each(metricNames.map((name) => [name, definitionOf(name)] as const))("%s", (name, definition) => {
  const { type, help, labels = {}, buckets, limit } = definition;
  const words = name.replace(/_total$/, "").split("_");
  const last = words.at(-1) ?? "";

  test("is named by the rules of Prometheus", () => {
    expect(name).toMatch(/^ironledger(?:_[a-z]+)+$/);
    expect(name.endsWith("_total")).toBe(type === "counter");
    expect(name).not.toMatch(/_(?:count|sum|bucket|milliseconds|ms|kilobytes|percent)(?:_|$)/);
    if (type === "gauge") expect([...units, ...counted, ...states]).toContain(last);
    if (type === "histogram") expect([...units, ...counted]).toContain(last);
  });

  test("says what it is in a sentence", () => {
    expect(help).toMatch(/^[A-Z0-9].*\.$/);
    if (limit !== undefined) expect(limit).toMatch(/\.$/);
  });

  test("has labels of few values, and says which", () => {
    expect(Object.keys(labels).length).toBeLessThanOrEqual(2);
    for (const [label, values] of Object.entries(labels)) {
      expect(label).toMatch(/^[a-z_]+$/);
      expect(["le", "quantile", "mac", "address", "machine", "run", "principal", "id"]).not.toContain(label);
      expect(values).not.toBe("");
    }
  });

  test("has growing bounds where it is a histogram, and nowhere else", () => {
    expect(buckets !== undefined).toBe(type === "histogram");
    const bounds = buckets ?? [];
    expect(bounds).toEqual(bounds.toSorted((one, other) => one - other));
    expect(new Set(bounds).size).toBe(bounds.length);
  });
});

test("the catalogue is there", () => {
  expect(metricNames.length).toBeGreaterThan(30);
});
