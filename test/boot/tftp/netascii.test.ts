import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inNetascii } from "../../../src/boot/tftp/netascii.ts";
import { inMemory } from "./sending.ts";

/** All of it, read from front to back in portions of these sizes. */
async function readAll(text: Buffer, portions: readonly number[]): Promise<string> {
  const content = inNetascii(inMemory(text));
  if (content.kind !== "stored") throw new Error("netascii is made on the way");
  const parts: Buffer[] = [];
  for (let turn = 0, position = 0; ; turn++) {
    const into = Buffer.alloc(portions[turn % portions.length] ?? 1);
    const filled = await content.read(position, into);
    parts.push(into.subarray(0, filled));
    position += filled;
    if (filled < into.length) return Buffer.concat(parts).toString("latin1");
  }
}

describe("netascii", () => {
  test("ends lines with CR LF and writes CR as CR NUL", async () => {
    expect(await readAll(Buffer.from("a\nb\rc"), [100])).toBe("a\r\nb\r\0c");
  });

  test("comes out the same in portions of any size, and of texts of any size", async () => {
    const texts = fc.array(fc.constantFrom("\n", "\r", "a", "bc"), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        async (words, portions) => {
          const text = words.join("");
          const expected = text.replace(/\r|\n/g, (octet) => (octet === "\n" ? "\r\n" : "\r\0"));
          expect(await readAll(Buffer.from(text), portions)).toBe(expected);
        },
      ),
    );
    const long = Buffer.alloc(40_000, "line\n");
    expect(await readAll(long, [4_096])).toBe(long.toString().replaceAll("\n", "\r\n"));
  });
});
