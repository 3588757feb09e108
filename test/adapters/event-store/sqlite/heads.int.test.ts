import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { createStreamHeads } from "../../../../src/adapters/event-store/sqlite/heads.ts";
import { events } from "../../../contracts/event-store.support.ts";
import { commit, openRaw, openTestLog, temporaryDirectory } from "./support.ts";

describe("remembering the newest event of each stream", () => {
  test("asks the log about a stream that it does not know", () => {
    const { heads, log } = open();
    commit(log, "machine-1", events(3));
    const [row] = log.reader.stream("machine-1", { newestOnly: true });
    expect(heads.get("machine-1")).toEqual({ streamId: 1, revision: 2, hash: row?.[9] });
    expect(heads.get("machine-2")).toBeUndefined();
  });

  test("sees what its own transaction did, and keeps it when that was committed", () => {
    const { heads } = open();
    heads.set("machine-1", head(7));
    expect(heads.get("machine-1")).toEqual(head(7));
    heads.committed();
    expect(heads.get("machine-1")).toEqual(head(7));
  });

  test("forgets everything when a transaction was not committed", () => {
    const { heads } = open();
    heads.set("machine-1", head(7));
    heads.committed();
    heads.set("machine-2", head(8));
    heads.rolledBack();
    expect([heads.get("machine-1"), heads.get("machine-2")]).toEqual([undefined, undefined]);
  });

  test("forgets the stream that was written longest ago when there are too many", () => {
    const { heads } = open();
    for (const name of ["machine-1", "machine-2", "machine-1", "machine-3"]) {
      heads.set(name, head(7));
      heads.committed();
    }
    const known = ["machine-1", "machine-2", "machine-3"].filter((name) => heads.get(name));
    expect(known).toEqual(["machine-1", "machine-3"]);
  });

  test("goes on forgetting the oldest, also after it forgot everything", () => {
    const { heads } = open();
    const names = Array.from({ length: 100 }, (_, number) => `machine-${number}`);
    for (const [index, name] of names.entries()) {
      heads.set(name, head(7));
      heads.committed();
      if (index === 49) heads.rolledBack();
    }
    expect(names.filter((name) => heads.get(name))).toEqual(["machine-98", "machine-99"]);
  });

  test("holds no more memory after many commits of few streams", () => {
    const { heads } = open(1_000);
    function write(commits: number): void {
      for (let index = 0; index < commits; index++) {
        heads.set(`machine-${index % 100}`, { ...head(index), hash: `${index}`.padStart(64, "0") });
        heads.committed();
      }
    }
    write(10_000);
    const before = heapBytes();
    write(200_000);
    expect((heapBytes() - before) / 1e6).toBeLessThan(5);
  });
});

function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}

const head = (revision: number) => ({ streamId: 1, revision, hash: "00".repeat(32) });

function open(headsMax = 2) {
  const directory = temporaryDirectory();
  const log = openTestLog(directory);
  return { log, heads: createStreamHeads(openRaw(directory), headsMax) };
}
