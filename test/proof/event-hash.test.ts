import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/canonical-json.ts";
import { eventHash } from "../../src/proof/event-hash.ts";
import vectors from "../fixtures/event-hash.json" with { type: "json" };

type VectorEvent = (typeof vectors.chains)[number]["events"][number];

describe("hashing an event", () => {
  test.each(vectors.chains)("gives the published vectors: $name", ({ events }) => {
    let previous: string | undefined;
    for (const event of events) {
      previous = eventHash(previous, { ...event, data: event.canonicalData, meta: event.canonicalMeta });
      expect(previous).toBe(event.hash);
    }
  });

  test.each(vectors.chains)("agrees with the format read aloud: $name", ({ events }) => {
    let previous = Buffer.alloc(0);
    for (const event of events) {
      previous = hashByTheBook(previous, event);
      expect(previous.toString("hex")).toBe(event.hash);
    }
  });

  test.each(vectors.chains)("writes JSON in the one form of RFC 8785: $name", ({ events }) => {
    for (const { data, canonicalData, meta, canonicalMeta } of events) {
      expect(canonicalJson(data)).toBe(canonicalData);
      expect(canonicalJson(meta)).toBe(canonicalMeta);
    }
  });

  test("changes with every field", () => {
    const event = {
      stream: "a-1",
      revision: 0,
      id: "01920000-0000-7000-8000-000000000001",
      type: "T",
      schema: 1,
      time: 1,
    };
    const texts = { data: "{}", meta: "{}" };
    const hashes = [
      eventHash(undefined, { ...event, ...texts }),
      eventHash("00".repeat(32), { ...event, ...texts }),
      eventHash(undefined, { ...event, ...texts, stream: "a-2" }),
      eventHash(undefined, { ...event, ...texts, revision: 1 }),
      eventHash(undefined, { ...event, ...texts, id: "01920000-0000-7000-8000-000000000002" }),
      eventHash(undefined, { ...event, ...texts, type: "U" }),
      eventHash(undefined, { ...event, ...texts, schema: 2 }),
      eventHash(undefined, { ...event, ...texts, time: 2 }),
      eventHash(undefined, { ...event, ...texts, data: '{"a":1}' }),
      eventHash(undefined, { ...event, ...texts, meta: '{"a":1}' }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe("hashing an event of odd names", () => {
  test("agrees with the format read aloud for names longer than any store takes", () => {
    const names = { stream: `a-${"\u20ac".repeat(2_000)}`, type: "T".repeat(2_000) };
    const event = {
      ...names,
      revision: 2 ** 40 + 3,
      id: "01920000-0000-7000-8000-000000000001",
      schema: 2 ** 32 - 1,
      time: 2 ** 53 - 1,
    };
    const [data, meta] = ['{"a":"\u20ac"}', "{}"] as const;
    const read = { ...event, data: {}, meta: {}, canonicalData: data, canonicalMeta: meta, hash: "" };
    const previous = "ab".repeat(32);
    const expected = hashByTheBook(Buffer.from(previous, "hex"), read as unknown as VectorEvent);
    expect(eventHash(previous, { ...event, data, meta })).toBe(expected.toString("hex"));
  });

  test("does not confuse where one name ends and the next begins", () => {
    const event = {
      revision: 0,
      id: "01920000-0000-7000-8000-000000000001",
      schema: 1,
      time: 1,
      data: "{}",
      meta: "{}",
    };
    const left = eventHash(undefined, { ...event, stream: "ab", type: "c" });
    expect(left).not.toBe(eventHash(undefined, { ...event, stream: "a", type: "bc" }));
  });
});

describe("writing canonical JSON", () => {
  test("leaves out members without a value", () => {
    expect(canonicalJson({ b: undefined, a: [undefined] })).toBe('{"a":[null]}');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, "\ud800"])("refuses %s", (value) => {
    expect(() => canonicalJson({ value })).toThrow();
  });
});

/** The format of docs/reference/event-hash.md, sentence by sentence, sharing no code with the service. */
function hashByTheBook(previous: Buffer, event: VectorEvent): Buffer<ArrayBuffer> {
  const hash = createHash("sha256");
  const field = (bytes: Buffer) => hash.update(bigEndian(bytes.length, 4)).update(bytes);
  field(previous);
  field(Buffer.from(event.stream, "utf8"));
  field(bigEndian(event.revision, 8));
  field(Buffer.from(event.id.split("-").join(""), "hex"));
  field(Buffer.from(event.type, "utf8"));
  field(bigEndian(event.schema, 4));
  field(bigEndian(event.time, 8));
  field(createHash("sha256").update(event.canonicalData, "utf8").digest());
  field(createHash("sha256").update(event.canonicalMeta, "utf8").digest());
  return Buffer.from(hash.digest());
}

function bigEndian(value: number, octets: number): Buffer {
  return Buffer.from(value.toString(16).padStart(octets * 2, "0"), "hex");
}
