import { expect, test } from "vitest";
import type { EventStore, NewEvent } from "../../src/domain/ports/event-store.ts";
import vectors from "../fixtures/event-hash.json" with { type: "json" };
import { type CreateStore, events, meta, nextId, numbered, write } from "./event-store.support.ts";

export function appendingContract(create: CreateStore): void {
  revisions(create);
  retries(create);
  envelope(create);
  limits(create);
}

function revisions(create: CreateStore): void {
  test("numbers a stream's events from 0", async () => {
    const store = await create();
    const result = await store.append("machine-1", { expectedRevision: "no-stream", events: events(2) });
    expect(result).toMatchObject({ outcome: "appended", revision: 1 });
    expect(await revisionsOf(store, "machine-1")).toEqual([0, 1]);
  });

  test("gives equal events in one append their own revisions and hashes", async () => {
    const store = await create();
    await write(store, "machine-1", [numbered(1), numbered(1)]);
    const recorded = await store.readStream("machine-1");
    expect(recorded.map(({ revision }) => revision)).toEqual([0, 1]);
    expect(new Set(recorded.map(({ hash }) => hash)).size).toBe(2);
  });

  test.each([
    "no-stream",
    0,
    2,
  ] as const)("is refused when %s is expected and 1 is there", async (expected) => {
    const store = await create();
    await write(store, "machine-1", events(2));
    const result = await store.append("machine-1", { expectedRevision: expected, events: events(1) });
    expect(result).toEqual({ outcome: "conflict", actualRevision: 1 });
    expect(await revisionsOf(store, "machine-1")).toEqual([0, 1]);
  });

  test("is refused when a revision is expected of a stream that does not exist", async () => {
    const store = await create();
    const result = await store.append("machine-1", { expectedRevision: 0, events: events(1) });
    expect(result).toEqual({ outcome: "conflict", actualRevision: "no-stream" });
  });

  test("accepts any revision when any is expected", async () => {
    const store = await create();
    await store.append("boot-1", { expectedRevision: "any", events: events(1) });
    const result = await store.append("boot-1", { expectedRevision: "any", events: events(1) });
    expect(result).toMatchObject({ outcome: "appended", revision: 1 });
  });

  test("accepts only one of many first appends", async () => {
    const store = await create();
    const attempts = Array.from({ length: 20 }, () =>
      store.append("mac-1", { expectedRevision: "no-stream", events: events(1) }),
    );
    const outcomes = (await Promise.all(attempts)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(1);
    expect(await revisionsOf(store, "mac-1")).toEqual([0]);
  });

  test("leaves nothing of a batch that is refused", async () => {
    const store = await create();
    const twin = numbered(1);
    await write(store, "machine-1", [twin]);
    await expect(write(store, "machine-2", [numbered(1), twin])).rejects.toMatchObject({
      code: "DUPLICATE_EVENT_ID",
    });
    expect(await store.readStream("machine-2")).toEqual([]);
    expect(await write(store, "machine-2", events(1))).toMatchObject({ outcome: "appended", revision: 0 });
  });
}

function retries(create: CreateStore): void {
  test("answers the same append again as the first time", async () => {
    const store = await create();
    const batch = { expectedRevision: "no-stream", events: events(2) } as const;
    const first = await store.append("machine-1", batch);
    await write(store, "machine-1", events(1));
    expect(await store.append("machine-1", batch)).toEqual(first);
    expect(await revisionsOf(store, "machine-1")).toEqual([0, 1, 2]);
  });

  test("answers both of one append that is sent twice at once alike", async () => {
    const store = await create();
    const batch = { expectedRevision: "no-stream", events: events(1) } as const;
    const answers = await Promise.all([store.append("machine-1", batch), store.append("machine-1", batch)]);
    expect(answers[0]).toMatchObject({ outcome: "appended", revision: 0 });
    expect(answers[1]).toEqual(answers[0]);
  });

  test("recognises a retry when any revision is expected", async () => {
    const store = await create();
    const batch = events(2);
    await write(store, "boot-1", events(1));
    const first = await write(store, "boot-1", batch);
    await write(store, "boot-1", events(1));
    expect(await write(store, "boot-1", batch)).toEqual(first);
  });

  test.each([
    ["in another stream", "machine-2", "no-stream"],
    ["at another revision", "machine-1", 1],
  ] as const)("refuses the id of an event that is in the log %s", async (_where, stream, expected) => {
    const store = await create();
    const known = numbered(1);
    await write(store, "machine-1", [known, numbered(2)]);
    const again = store.append(stream, { expectedRevision: expected, events: [known] });
    await expect(again).rejects.toMatchObject({ name: "EventStoreError", code: "DUPLICATE_EVENT_ID" });
  });

  test("refuses a batch of which only a part is in the log", async () => {
    const store = await create();
    const known = numbered(1);
    await write(store, "machine-1", [known]);
    const longer = { expectedRevision: "no-stream", events: [known, numbered(2)] } as const;
    await expect(store.append("machine-1", longer)).rejects.toMatchObject({ code: "DUPLICATE_EVENT_ID" });
  });

  test("refuses one id twice in one append", async () => {
    const store = await create();
    const event = numbered(1);
    await expect(write(store, "machine-1", [event, event])).rejects.toMatchObject({
      code: "DUPLICATE_EVENT_ID",
    });
  });
}

function envelope(create: CreateStore): void {
  test("keeps what it was given, apart from members without a value", async () => {
    const store = await create();
    const event: NewEvent = {
      id: nextId(),
      type: "Noted",
      schema: 3,
      data: { text: 'Grüße, 🖥 \u0000 "x"', list: [1, null, { b: false, a: 1e-7 }], nothing: undefined },
      meta: { ...meta, reason: "a test" },
    };
    await write(store, "machine-ü", [event]);
    const [recorded] = await store.readStream("machine-ü");
    expect(recorded).toMatchObject({ ...event, data: { text: 'Grüße, 🖥 \u0000 "x"' }, stream: "machine-ü" });
    expect(recorded?.data).toEqual({ text: 'Grüße, 🖥 \u0000 "x"', list: [1, null, { b: false, a: 1e-7 }] });
    expect(recorded?.meta).toEqual(event.meta);
  });

  test("gives all events of an append one time, never before the last append's", async () => {
    let now = 0;
    const store = await create(() => new Date(now));
    const answers = [];
    for (now of [2_000, 1_000, 3_000]) answers.push(await write(store, "machine-1", events(2)));
    expect(answers.map((answer) => answer.outcome === "appended" && answer.time)).toEqual([
      2_000, 2_000, 3_000,
    ]);
    const recorded = await store.readStream("machine-1");
    expect(recorded.map(({ time }) => time)).toEqual([2_000, 2_000, 2_000, 2_000, 3_000, 3_000]);
  });

  test("chains the hashes of a stream as published", async () => {
    for (const { events: chain } of vectors.chains) {
      let now = 0;
      const store = await create(() => new Date(now));
      for (const { id, stream, type, schema, time, data, meta: metaOfEvent } of chain) {
        now = time;
        await write(store, stream, [{ id, type, schema, data, meta: metaOfEvent as NewEvent["meta"] }]);
      }
      const recorded = await store.readStream(chain[0]?.stream ?? "");
      expect(recorded.map(({ hash }) => hash)).toEqual(chain.map(({ hash }) => hash));
    }
  });
}

function limits(create: CreateStore): void {
  test("accepts 1 MiB of data and meta, and not an octet more", async () => {
    const store = await create();
    const overhead = JSON.stringify({ text: "" }).length + JSON.stringify(meta).length;
    const sized = (bytes: number) => ({ ...numbered(1), data: { text: "x".repeat(bytes - overhead) } });
    await write(store, "machine-1", [sized(1_048_576)]);
    const larger = write(store, "machine-1", [sized(1_048_577)]);
    await expect(larger).rejects.toMatchObject({ code: "EVENT_TOO_LARGE" });
    expect(await revisionsOf(store, "machine-1")).toEqual([0]);
  });

  test("refuses names of more than 255 octets", async () => {
    const store = await create();
    const code = "EVENT_TOO_LARGE";
    await expect(write(store, `machine-${"ü".repeat(124)}`, events(1))).rejects.toMatchObject({ code });
    await expect(write(store, "machine-1", [numbered(1, "T".repeat(256))])).rejects.toMatchObject({ code });
  });

  test.each([
    ["a number", { ...numbered(1), data: { n: Number.NaN } }],
    ["half a surrogate pair", { ...numbered(1), data: { text: "\ud800" } }],
    ["a reason", { ...numbered(1), meta: { ...meta, reason: "\udc00" } }],
  ])("refuses what JSON cannot say: %s", async (_what, event) => {
    const store = await create();
    const written = write(store, "machine-1", [event]);
    await expect(written).rejects.toMatchObject({ code: "EVENT_NOT_JSON" });
    expect(await store.head()).toBeUndefined();
  });

  test.each([
    ["no event", []],
    ["an id that is no UUID", [{ ...numbered(1), id: "1" }]],
    ["schema 0", [{ ...numbered(1), schema: 0 }]],
  ])("throws on a batch that only a bug can make: %s", async (_what, batch) => {
    const store = await create();
    await expect(write(store, "machine-1", batch)).rejects.toThrow();
    expect(await store.head()).toBeUndefined();
  });

  test("is refused by a closed store", async () => {
    const store = await create();
    await write(store, "machine-1", events(1));
    await store.close();
    await expect(write(store, "machine-1", events(1))).rejects.toMatchObject({ code: "LOG_CLOSED" });
    await expect(store.readStream("machine-1")).rejects.toMatchObject({ code: "LOG_CLOSED" });
    await expect(store.readAll({ after: undefined, limit: 1 })).rejects.toMatchObject({ code: "LOG_CLOSED" });
    await expect(store.head()).rejects.toMatchObject({ code: "LOG_CLOSED" });
  });

  test("is committed when it was sent before the store was closed", async () => {
    const store = await create();
    const sent = Array.from({ length: 50 }, () => write(store, "machine-1", events(1)));
    await store.close();
    const outcomes = await Promise.all(sent);
    expect(outcomes.every(({ outcome }) => outcome === "appended")).toBe(true);
  });
}

async function revisionsOf(store: EventStore, stream: string): Promise<readonly number[]> {
  return (await store.readStream(stream)).map(({ revision }) => revision);
}
