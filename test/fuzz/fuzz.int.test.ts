import { afterAll, describe, expect, test } from "vitest";
import { fuzzOnce } from "./fuzz.ts";
import { openTargets } from "./targets.ts";

/** The short form of `npm run fuzz`: the same inputs each time. */
const inputs = 2_000;
/** Those that cost a connection. */
const connections = 1_000;
const seed = 4;

const targets = await openTargets();
afterAll(async () => {
  for (const { close } of targets) await close?.();
});

describe("inputs that were damaged", () => {
  test.each(
    targets.map((target) => [target.name, target] as const),
  )("break no rule of %s", async (name, target) => {
    const count = name === "http-listener" ? connections : inputs;
    let taken = 0;
    for (let index = 0; index < count; index++) {
      const result = await fuzzOnce(target, seed, index);
      expect(result).not.toHaveProperty("failure");
      if (result.outcome === "taken") taken++;
    }
    // Inputs that all end at the reader's first look would try nothing.
    expect(taken).toBeGreaterThan(count / 200);
  });
});
