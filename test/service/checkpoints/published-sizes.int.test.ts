import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Checkpoints } from "../../../src/config/checkpoints.ts";
import { systemMeta } from "../../../src/domain/event-meta.ts";
import { newId } from "../../../src/ids.ts";
import { publishedSizes } from "../../../src/service/checkpoints/published-sizes.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { emptyLog, grow, identity, life, openOn } from "./checkpoints.support.ts";

const checkpoints = Checkpoints.parse({});

/** A data directory with checkpoints of 5 and 8 events. */
async function signedTwice(): Promise<string> {
  const store = emptyLog();
  const { dataDirectory, sign, seen } = await openOn(store);
  for (const count of [5, 2]) {
    await grow(store, count);
    await seen();
    await sign(systemMeta(newId()));
  }
  return dataDirectory;
}

describe("what the files of checkpoints tell of a log", () => {
  test("is how many events it had when it was signed last, in each of its lives", async () => {
    const dataDirectory = await signedTwice();
    const restored = { ...identity, incarnation: "0002deadbeef" };
    const later = emptyLog(restored);
    await grow(later, 3);
    await (await openOn(later, { dataDirectory })).sign(systemMeta(newId()));
    const sizes = await publishedSizes({ checkpoints, dataDirectory });
    expect(sizes.toSorted((one, other) => other.size - one.size)).toEqual([
      { ...identity, size: 8 },
      { ...restored, size: 3 },
    ]);
  });

  test("is not hidden by a file that nobody signed, and is nothing before the first, without the key, or where nobody signed them", async () => {
    expect(await publishedSizes({ checkpoints, dataDirectory: temporaryDirectory() })).toEqual([]);
    const dataDirectory = await signedTwice();
    const forged = join(dataDirectory, "checkpoints", `${life}.00000000000000ff.checkpoint`);
    writeFileSync(forged, "nonsense");
    expect(await publishedSizes({ checkpoints, dataDirectory })).toEqual([{ ...identity, size: 8 }]);
    for (const size of ["5", "8"])
      writeFileSync(join(dataDirectory, "checkpoints", `${life}.${size.padStart(16, "0")}.checkpoint`), "");
    expect(await publishedSizes({ checkpoints, dataDirectory })).toEqual([]);
    rmSync(join(dataDirectory, "secrets", "checkpoint.key"));
    expect(await publishedSizes({ checkpoints, dataDirectory })).toEqual([]);
  });

  test("is hidden by no number of files that nobody signed", async () => {
    const dataDirectory = await signedTwice();
    for (let size = 1_000; size < 1_250; size++) {
      const name = `${life}.${size.toString(16).padStart(16, "0")}.checkpoint`;
      writeFileSync(join(dataDirectory, "checkpoints", name), "nonsense");
    }
    expect(await publishedSizes({ checkpoints, dataDirectory })).toEqual([{ ...identity, size: 8 }]);
  });

  test("is hidden by no older one under a later name, and by nothing that has no end", async () => {
    const dataDirectory = await signedTwice();
    const named = (size: string) =>
      join(dataDirectory, "checkpoints", `${life}.${size.padStart(16, "0")}.checkpoint`);
    copyFileSync(named("5"), named("fd"));
    execFileSync("mkfifo", [named("fe")]);
    symlinkSync("/dev/zero", named("ff"));
    expect(await publishedSizes({ checkpoints, dataDirectory })).toEqual([{ ...identity, size: 8 }]);
  });

  test("is not known where they cannot be read", async () => {
    const dataDirectory = await signedTwice();
    rmSync(join(dataDirectory, "secrets", "checkpoint.key"));
    mkdirSync(join(dataDirectory, "secrets", "checkpoint.key"));
    await expect(publishedSizes({ checkpoints, dataDirectory })).rejects.toThrow("EISDIR");
  });
});
