import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { catalogue } from "../../src/domain/catalogue.ts";

/**
 * Events as each release wrote them: `test/golden/events/<release>/<Type>.json`. Files of a release that is
 * out never change. A new type, or a new shape of an old one, gets a file in the next release's folder.
 */
const folder = join(import.meta.dirname, "../golden/events");
const Golden = z.strictObject({ type: z.string(), schema: z.int().positive(), data: z.looseObject({}) });

const goldens = readdirSync(folder).flatMap((release) =>
  readdirSync(join(folder, release)).map((name) => ({
    file: `${release}/${name}`,
    stored: Golden.parse(JSON.parse(readFileSync(join(folder, release, name), "utf8"))),
  })),
);
const codecs = catalogue.map(({ codec }) => codec);
const definitions = codecs.flatMap((codec) => codec.definitions);

function codecOf(type: string) {
  const codec = codecs.find((each) => each.knows(type));
  if (!codec) throw new Error(`no stream has events of type ${type}`);
  return codec;
}

describe("an event of an earlier release", () => {
  test.each(goldens)("is still read: $file", ({ file, stored }) => {
    expect(file.endsWith(`/${stored.type}.json`)).toBe(true);
    expect(codecOf(stored.type).read(stored).type).toBe(stored.type);
  });

  test.each(definitions)("is kept of each shape that $type ever had", ({ type, schema }) => {
    const kept = goldens.filter(({ stored }) => stored.type === type).map(({ stored }) => stored.schema);
    const shapes = Array.from({ length: schema }, (_, index) => index + 1);
    expect([...new Set(kept)].toSorted((one, other) => one - other)).toEqual(shapes);
  });
});

/** A field that joins without a new schema number, or one that is lost, would show here. */
test.each(
  goldens.filter(({ stored }) => isToday(stored)),
)("an event in today's shape is written as it was read: $file", ({ stored }) => {
  const codec = codecOf(stored.type);
  expect(codec.write(codec.read(stored))).toEqual(stored);
});

function isToday({ type, schema }: { readonly type: string; readonly schema: number }): boolean {
  return definitions.some((definition) => definition.type === type && definition.schema === schema);
}
