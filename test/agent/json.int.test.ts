import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentShell, agentShell, canRunAgentShell } from "./support/busybox.ts";

describe.skipIf(!canRunAgentShell)("reading the service's answers", () => {
  let shell: AgentShell;
  let file: string;

  beforeAll(async () => {
    shell = await agentShell();
    file = join(shell.folder, "answer.json");
  });
  afterAll(() => rm(shell.folder, { recursive: true, force: true }));

  const field = async (text: string, name: string) => {
    await writeFile(file, text);
    const { code, output } = await shell.run(`json_field '${file}' '${name}'`);
    return code === 0 ? output.slice(0, -1) : undefined;
  };

  test("any text of printable ASCII comes back as it was", async () => {
    const printable = fc.string({ unit: "grapheme-ascii", maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(printable, printable, fc.nat(), async (before, value, number) => {
        const text = JSON.stringify({ before, value, number, after: value });
        expect(await field(text, "value")).toBe(value);
        expect(await field(text, "number")).toBe(String(number));
      }),
      { numRuns: 25 },
    );
  });

  test("escapes, white space and words are understood", async () => {
    const text = ' {\n "a" : "x\\u0041\\"\\\\\\/" ,\t"b":null, "c":true,"d":"","e":-1.5e3 }\n';
    expect(await field(text, "a")).toBe('xA"\\/');
    expect(await field(text, "b")).toBe("null");
    expect(await field(text, "c")).toBe("true");
    expect(await field(text, "d")).toBe("");
    expect(await field(text, "e")).toBe("-1.5e3");
  });

  test("what ASCII lacks is a question mark, as in the inventory", async () => {
    expect(await field('{"a":"\\u00e9\\u0000"}', "a")).toBe("??");
  });

  test.each([
    "",
    "{}",
    "[]",
    '{"b":1}',
    '{"a":{"b":1}}',
    '{"a":[1]}',
    '{"a":1',
    '{"a":"1}',
    '{"a":1}x',
    '{"a":"\\x"}',
  ])("%j has no field a", async (text) => {
    expect(await field(text, "a")).toBeUndefined();
  });

  // Its time would grow with the square of the length: minutes for this one.
  test("an answer that is far too long has no fields", { timeout: 30_000 }, async () => {
    expect(await field(JSON.stringify({ b: "x".repeat(1_000_000), a: 1 }), "a")).toBeUndefined();
  });

  test("a value of two lines matches no form", async () => {
    const { code } = await shell.run(`matches 'raw\nrm' 'raw|gzip'`);
    expect(code).toBe(1);
  });
});
