import { expect, test } from "vitest";
import { z } from "zod";
import { defineEvent, eventCodec } from "../../src/domain/event.ts";
import type { RecordedEvent } from "../../src/domain/ports/event-store.ts";
import { handling, trustedReader } from "../../src/projections/view.ts";
import { meta } from "../support/recording.ts";

const LampLit = defineEvent(
  "LampLit",
  { lumens: z.int(), colour: z.string() },
  { upcasters: [(data) => ({ lumens: Number("watts" in data ? data.watts : 0) * 80, colour: "white" })] },
);
const codec = eventCodec([LampLit]);

function recorded(type: string, schema: number, data: object): RecordedEvent {
  const id = "01920000-0000-7000-8000-000000000001";
  return { id, type, schema, data, meta, stream: "lamp-1", revision: 0, position: "p", time: 1, hash: "h" };
}

test("an event of today's schema is read as it stands", () => {
  const event = recorded("LampLit", 2, { lumens: 800, colour: "red" });
  expect(trustedReader(codec)(event)).toBe(event);
});

test("an event of an earlier schema is brought to today's shape", () => {
  const event = trustedReader(codec)(recorded("LampLit", 1, { watts: 10 }));
  expect(event?.data).toEqual({ lumens: 800, colour: "white" });
});

test("an event that a newer release wrote with more fields is read without them", () => {
  const event = trustedReader(codec)(recorded("LampLit", 3, { lumens: 1, colour: "blue", flicker: true }));
  expect(event?.data).toEqual({ lumens: 1, colour: "blue" });
});

test("an event that nobody knows changes nothing", () => {
  const lit: number[] = [];
  const apply = handling<z.infer<typeof LampLit.strict>, number[]>(codec, {
    LampLit: ({ data }, rows, ordinal) => rows.push(data.lumens, ordinal),
  });
  apply(recorded("LampSmashed", 1, {}), lit, 0);
  apply(recorded("LampLit", 2, { lumens: 5, colour: "red" }), lit, 1);
  expect(lit).toEqual([5, 1]);
});
