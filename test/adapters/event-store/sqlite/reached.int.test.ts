import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keepReached, readReached } from "../../../../src/adapters/event-store/sqlite/reached.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { temporaryDirectory } from "./support.ts";

const witness = {
  logId: "0123456789abcdef",
  incarnation: "000100000000",
  position: 7,
  hash: "ab".repeat(32),
};

function kept() {
  const path = join(temporaryDirectory(), "reached");
  const failures: unknown[] = [];
  const reached = keepReached(path, (error) => failures.push(error));
  afterwards(() => reached.close());
  return { path, reached, failures };
}

describe("what the log had reached", () => {
  test("is what was set last, in one piece of the disk", () => {
    const { path, reached, failures } = kept();
    reached.set({ ...witness, position: 6 });
    reached.set(witness);
    expect(readReached(path)).toEqual(witness);
    expect(readFileSync(path)).toHaveLength(512);
    expect(failures).toEqual([]);
  });

  test("stays what it was until something is set", () => {
    const { path, reached } = kept();
    reached.set(witness);
    keepReached(path, () => undefined).close();
    expect(readReached(path)).toEqual(witness);
  });

  test("is unknown where there is nothing, or not all of it, or something else", () => {
    const { path, reached } = kept();
    expect(readReached(join(temporaryDirectory(), "none"))).toBeUndefined();
    expect(readReached(path)).toBeUndefined();
    reached.set(witness);
    writeFileSync(path, readFileSync(path, "latin1").replace(" 7 ", " 8 "));
    expect(readReached(path)).toBeUndefined();
    reached.set(witness);
    truncateSync(path, 40);
    expect(readReached(path)).toBeUndefined();
  });

  test("cannot be kept where nothing can be written, which is told and stops nobody", () => {
    const path = join(temporaryDirectory(), "reached");
    mkdirSync(path);
    const failures: unknown[] = [];
    const reached = keepReached(path, (error) => failures.push(error));
    reached.set(witness);
    reached.close();
    expect(failures).toHaveLength(1);
  });
});
