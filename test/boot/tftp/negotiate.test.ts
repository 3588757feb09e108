import { describe, expect, test } from "vitest";
import { negotiate } from "../../../src/boot/tftp/negotiate.ts";

const limits = { blockBytesMax: 1_468, windowBlocksMax: 64, timeoutMs: 1_000 };
const terms = (options: Readonly<Record<string, string>>) =>
  negotiate(new Map(Object.entries(options)), { fileBytes: 4_711, limits });

describe("agreeing on the options of a transfer", () => {
  test("changes nothing when none is asked for", () => {
    expect(terms({})).toEqual({
      blockBytes: 512,
      windowBlocks: 1,
      timeoutMs: 1_000,
      isTimeoutAgreed: false,
      acknowledged: new Map(),
    });
  });

  test("takes what is asked for, up to the limits", () => {
    expect(terms({ blksize: "1432", windowsize: "8", timeout: "3", tsize: "0" })).toEqual({
      blockBytes: 1_432,
      windowBlocks: 8,
      timeoutMs: 3_000,
      isTimeoutAgreed: true,
      acknowledged: new Map([
        ["blksize", "1432"],
        ["timeout", "3"],
        ["tsize", "4711"],
        ["windowsize", "8"],
      ]),
    });
    expect(terms({ blksize: "65464", windowsize: "65535" })).toMatchObject({
      blockBytes: 1_468,
      windowBlocks: 64,
    });
    expect(terms({ timeout: "10" })).toMatchObject({ timeoutMs: 10_000 });
    expect(terms({ blksize: "8" })).toMatchObject({ blockBytes: 8 });
  });

  test.each([
    { blksize: "7" },
    { blksize: "65465" },
    { blksize: "0" },
    { blksize: "-1" },
    { blksize: "1e3" },
    { blksize: "" },
    { windowsize: "0" },
    { windowsize: "65536" },
    { timeout: "0" },
    { timeout: "256" },
    { timeout: "11" },
    { tsize: "x" },
    { multicast: "" },
    { blksize: "9".repeat(400) },
  ])("passes over %j", (options) => {
    expect(terms(options)).toMatchObject({ blockBytes: 512, windowBlocks: 1, timeoutMs: 1_000 });
    expect(terms(options).acknowledged.size).toBe(0);
  });

  test("does not tell a size that nobody knows before the end", () => {
    const { acknowledged } = negotiate(new Map([["tsize", "0"]]), { fileBytes: undefined, limits });
    expect(acknowledged.size).toBe(0);
  });

  test("has no more than 128 KiB on their way at once, however large the blocks are", () => {
    const options = new Map([
      ["blksize", "65464"],
      ["windowsize", "64"],
    ]);
    const agreed = negotiate(options, { fileBytes: 1, limits: { ...limits, blockBytesMax: 65_464 } });
    expect(agreed).toMatchObject({ blockBytes: 65_464, windowBlocks: 2 });
  });
});
