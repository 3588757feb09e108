import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** Abuse case 24: no name, address or password becomes a command, because no text ever is one. */

const source = join(import.meta.dirname, "../src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(source, name), "utf8") }));
const starting = files.filter(({ text }) => text.includes("node:child_process"));

describe("a process that the service or its tools start", () => {
  test("is started in few places", () => {
    expect(files.length).toBeGreaterThan(200);
    expect(starting.map(({ name }) => name).toSorted()).toEqual([
      "cli/commands/login.ts",
      "rehearsal/service.ts",
    ]);
  });

  test("is named with a list of arguments, and no shell reads it", () => {
    for (const { name, text } of starting) {
      const imported = /import \{([^}]*)\} from "node:child_process";/.exec(text)?.[1] ?? "everything";
      const functions = imported.split(",").map((word) => word.trim().replace(/^type .*/, ""));
      const shells = functions.filter(
        (word) => !["spawn", "spawnSync", "execFile", "execFileSync", ""].includes(word),
      );
      expect([name, shells]).toEqual([name, []]);
      expect([name, /\bshell\s*:/.test(text)]).toEqual([name, false]);
      for (const [call] of text.matchAll(/\b(?:spawn|spawnSync|execFile|execFileSync)\([^,)]*[,)]/g)) {
        expect([name, call]).toEqual([name, expect.stringMatching(/,$/)]);
      }
    }
  });

  test("is none that evaluates text", () => {
    const evaluating = files.filter(({ text }) =>
      /\beval\(|new Function\(|vm\.run|runIn(?:This|New)?Context\(/.test(text),
    );
    expect(evaluating.map(({ name }) => name)).toEqual([]);
  });
});
