import { describe, expect, test } from "vitest";
import { cloudEventLine, isChosen } from "../../../src/adapters/event-store/cloud-event.ts";
import { canonicalJson } from "../../../src/canonical-json.ts";
import { catalogue } from "../../../src/domain/catalogue.ts";
import type { EventMeta } from "../../../src/domain/ports/event-store.ts";
import { samples } from "../../support/samples.ts";

const meta: EventMeta = {
  actor: "user:ada",
  source: "graphql",
  $correlationId: "01920000-0000-7000-8000-00000000c0de",
  $causationId: "01920000-0000-7000-8000-00000000c0de",
  reason: "a new disk\nfor\tweb-01 \u{1f600}",
  sourceAddress: "fe80::1",
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
};

const position = "0123456789abcdef.000100000000.0000000000000001";

function eventOf(type: string, part: object = {}) {
  const data = canonicalJson(samples[type as keyof typeof samples] ?? {});
  const times = { revision: 0, schema: 1, time: Date.parse("2026-01-01T00:00:00Z") };
  const fields = { stream: "machine-1", id: "01920000-0000-7000-8000-000000000002", type, ...times };
  return { ...fields, data, meta: canonicalJson(meta), hash: "0".repeat(64), ...part };
}

function parsed(type: string, part?: object): Record<string, unknown> {
  const line = cloudEventLine("0123456789abcdef", position, eventOf(type, part));
  expect(line).not.toContain("\n");
  return JSON.parse(line) as Record<string, unknown>;
}

/** CloudEvents 1.0.2 s. 3, and s. 2 of its JSON format. */
describe("an event as CloudEvents 1.0", () => {
  test.each(
    catalogue.flatMap(({ codec }) => codec.definitions.map(({ type }) => type)),
  )("is valid: %s", (type) => {
    const { data, ...attributes } = parsed(type);
    for (const [name, value] of Object.entries(attributes)) {
      expect(name).toMatch(/^[a-z0-9]{1,20}$/);
      if (typeof value === "number") expect(value | 0, name).toBe(value);
      else expect(value, name).toMatch(/^[^\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]+$/u);
    }
    expect(attributes).toMatchObject({ specversion: "1.0", type: `ironledger.${type}` });
    expect(new URL(String(attributes["source"])).protocol).toBe("urn:");
    expect(new Date(String(attributes["time"])).toISOString()).toBe(attributes["time"]);
    expect(attributes["datacontenttype"]).toBe("application/json");
    expect(data).toEqual(JSON.parse(eventOf(type).data));
  });

  test("leaves out what an event has not, and writes no null", () => {
    const { actor, source, $correlationId, $causationId } = meta;
    const few = { actor, source, $correlationId, $causationId };
    const event = parsed("Claimed", { meta: canonicalJson(few) });
    expect(Object.values(event)).not.toContain(null);
    for (const name of ["reason", "sourceaddress", "traceparent"]) expect(event).not.toHaveProperty(name);
  });
});

describe("choosing events", () => {
  const event = { type: "Claimed", time: 10 };

  test.each([
    [{}, true],
    [{ types: ["Claimed", "Released"] }, true],
    [{ types: ["Released"] }, false],
    [{ sinceMs: 10 }, true],
    [{ sinceMs: 11 }, false],
    [{ untilMs: 11 }, true],
    [{ untilMs: 10 }, false],
    [{ types: ["Claimed"], sinceMs: 11 }, false],
  ])("with %j takes it: %s", (choice, expected) => {
    expect(isChosen(event, choice)).toBe(expected);
  });
});
