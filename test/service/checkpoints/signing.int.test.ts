import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/ports/event-store.ts";
import { openCheckpoint, signCheckpoint } from "../../../src/proof/checkpoint.ts";
import { parseVerifierKey } from "../../../src/proof/note-keys.ts";
import { createTreeBuilder } from "../../../src/proof/tree-builder.ts";
import { signingKey } from "../../../src/service/checkpoints/signing-key.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { eventually } from "../../support/eventually.ts";
import { allEvents } from "../../support/history.ts";
import { meta } from "../../support/recording.ts";
import { digest } from "../../support/samples.ts";
import { emptyLog, grow, life, openOn } from "./checkpoints.support.ts";

function rootOf(events: readonly RecordedEvent[]): string {
  const tree = createTreeBuilder();
  for (const { hash } of events) tree.append(hash);
  return tree.root();
}

const filesOf = (dataDirectory: string) => readdirSync(join(dataDirectory, "checkpoints")).toSorted();

describe("signing a log", () => {
  test("vouches for every event that is there, and is recorded before it is given out", async () => {
    const store = emptyLog();
    await grow(store, 11);
    const { sign, status, dataDirectory } = await openOn(store);
    const signed = await sign(meta);
    const events = await allEvents(store);
    expect(signed).toMatchObject({
      outcome: "signed",
      checkpoint: { size: 11, root: rootOf(events.slice(0, 11)) },
    });
    const { newest, verifierKey = "", origin } = status();
    const opened = openCheckpoint(Buffer.from(newest?.note ?? ""), [parseVerifierKey(verifierKey)]);
    expect(opened).toMatchObject({ origin: `ironledger/${life}`, size: 11, root: newest?.root });
    expect(origin).toBe(opened.origin);
    expect(events.at(-1)).toMatchObject({
      stream: `checkpoint-${life}`,
      type: "CheckpointSigned",
      data: { size: 11, note: newest?.note, verifierKey },
      meta,
    });
    const note = join(dataDirectory, "checkpoints", `${life}.000000000000000b.checkpoint`);
    expect(readFileSync(note, "utf8")).toBe(newest?.note);
    const [, id] = verifierKey.split("+");
    expect(readFileSync(join(dataDirectory, "checkpoints", `${life}.${id}.pub`), "utf8")).toBe(
      `${verifierKey}\n`,
    );
  });

  test("lets an idle log be, and goes on when something happens", async () => {
    const store = emptyLog();
    await grow(store, 2);
    const { sign, seen, newestCheckpoints } = await openOn(store);
    await sign(meta);
    expect(await sign(meta)).toMatchObject({ outcome: "nothing-new", checkpoint: { size: 2 } });
    await grow(store, 1);
    await seen();
    expect(await sign(meta)).toMatchObject({ outcome: "signed", checkpoint: { size: 4 } });
    expect(await sign(meta)).toMatchObject({ outcome: "nothing-new" });
    expect(newestCheckpoints(10).map(({ size }) => size)).toEqual([2, 4]);
    expect(newestCheckpoints(1).map(({ size }) => size)).toEqual([4]);
  });

  test("of an empty log is not possible", async () => {
    const { sign, status } = await openOn(emptyLog());
    expect(await sign(meta)).toEqual({ outcome: "nothing-new", checkpoint: undefined });
    expect(status()).toMatchObject({ origin: undefined, unsignedEvents: 0 });
  });
});

describe("the service's own signing", () => {
  test("happens when it is due", async () => {
    const store = emptyLog();
    const { status } = await openOn(store, { isLeader: true, settings: { everyEvents: 3 } });
    await grow(store, 3);
    await eventually(() => status().newest);
    expect(status()).toMatchObject({ unsignedEvents: 0 });
  });

  test("is left to the process that leads", async () => {
    const store = emptyLog();
    const { status } = await openOn(store, { settings: { everyEvents: 3 } });
    const leader = await openOn(store, { isLeader: true, settings: { everyEvents: 3 } });
    await grow(store, 3);
    await eventually(() => status().newest);
    expect(status().newest?.verifierKey).toBe(leader.status().verifierKey);
  });

  test("writes what another start did not come to write", async () => {
    const store = emptyLog();
    await grow(store, 5);
    const first = await openOn(store);
    await first.sign(meta);
    const settings = { directory: join(temporaryDirectory(), "elsewhere") };
    await openOn(store, { dataDirectory: first.dataDirectory, settings });
    const files = await eventually(() => {
      try {
        return readdirSync(settings.directory).find((name) => name.endsWith(".checkpoint"));
      } catch {
        return undefined;
      }
    });
    expect(files).toBe(`${life}.0000000000000005.checkpoint`);
  });

  test("tells once that its files cannot be written, and goes on when they can", async () => {
    const directory = join(temporaryDirectory(), "checkpoints");
    writeFileSync(directory, "a file is in the way");
    const store = emptyLog();
    await grow(store, 5);
    const { status, lines } = await openOn(store, {
      isLeader: true,
      settings: { directory, everyEvents: 2 },
    });
    await eventually(() => (lines.length > 0 ? lines : undefined));
    rmSync(directory);
    await eventually(() => status().newest);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("ENOTDIR");
    await eventually(() => existsSync(directory) || undefined);
  });

  test("uses a key that this user alone can read, and that is nowhere else", async () => {
    const store = emptyLog();
    await grow(store, 1);
    const { sign, dataDirectory } = await openOn(store);
    await sign(meta);
    const file = join(dataDirectory, "secrets", "checkpoint.key");
    const seed = readFileSync(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(seed).toHaveLength(32);
    const told =
      JSON.stringify(await allEvents(store)) +
      filesOf(dataDirectory)
        .map((name) => readFileSync(join(dataDirectory, "checkpoints", name), "utf8"))
        .join();
    expect(told).not.toContain(seed.toString("base64"));
    expect(told).not.toContain(seed.toString("hex"));
  });
});

describe("the files of checkpoints", () => {
  test("are the newest so many", async () => {
    const store = emptyLog();
    const { sign, seen, dataDirectory } = await openOn(store, { settings: { keepFiles: 3 } });
    for (let count = 0; count < 5; count++) {
      await grow(store, 1);
      await seen();
      await sign(meta);
    }
    const kept = filesOf(dataDirectory).filter((name) => name.endsWith(".checkpoint"));
    expect(kept.map((name) => Number.parseInt(name.split(".")[2] ?? "", 16))).toEqual([5, 7, 9]);
  });

  test("are deleted by number and told as such; what nobody signed counts for none, and is told of in one line", async () => {
    const store = emptyLog();
    const { sign, seen, dataDirectory, deletedFiles, lines } = await openOn(store, {
      settings: { keepFiles: 2 },
    });
    const folder = join(dataDirectory, "checkpoints");
    mkdirSync(folder);
    for (const size of ["2", "ff", "fe", "fd"])
      writeFileSync(join(folder, `${life}.${size.padStart(16, "0")}.checkpoint`), "nonsense");
    for (let count = 0; count < 3; count++) {
      await grow(store, 1);
      await seen();
      await sign(meta);
    }
    const kept = filesOf(dataDirectory).filter((name) => name.endsWith(".checkpoint"));
    expect(kept.map((name) => Number.parseInt(name.split(".")[2] ?? "", 16))).toEqual([3, 5, 253, 254, 255]);
    expect(deletedFiles()).toBe(2);
    expect(lines.filter((line) => line.includes("ff.checkpoint"))).toHaveLength(1);
    expect(lines[0]).toContain("and 3 others");
  });
});

describe("two processes that sign one log", () => {
  test("never sign what contradicts: each checkpoint continues the one before", async () => {
    const store = emptyLog();
    await grow(store, 300);
    const both = [await openOn(store), await openOn(store)];
    for (let turn = 0; turn < 5; turn++) {
      await grow(store, 7);
      await Promise.all(both.map(({ seen }) => seen()));
      const outcomes = await Promise.all(both.map(({ sign }) => sign(meta)));
      expect(outcomes.map(({ outcome }) => outcome)).toContain("signed");
      await Promise.all(both.map(({ seen }) => seen()));
    }
    const events = await allEvents(store);
    const signed = events.filter(({ type }) => type === "CheckpointSigned");
    expect(signed.length).toBeGreaterThanOrEqual(5);
    let before = 0;
    for (const { data } of signed) {
      const { size, root } = data as { readonly size: number; readonly root: string };
      expect(size).toBeGreaterThan(before);
      expect(root).toBe(rootOf(events.slice(0, size)));
      before = size;
    }
  });
});

describe("a log that is not the one that was signed", () => {
  test("because it was rolled back as a whole is not signed: the files outside tell", async () => {
    const directory = temporaryDirectory();
    const dataDirectory = temporaryDirectory();
    const store = emptyLog();
    await grow(store, 9);
    const before = await openOn(store, { dataDirectory, settings: { directory } });
    await before.sign(meta);
    const rolledBack = emptyLog();
    await grow(rolledBack, 4);
    const after = await openOn(rolledBack, { dataDirectory, settings: { directory } });
    // Found without being asked, though nothing is due.
    await eventually(() => after.status().contradiction);
    expect(await after.sign(meta)).toMatchObject({ outcome: "refused", reason: "CHECKPOINT_CONTRADICTED" });
    expect(after.status().contradiction).toContain("covers 9 events, and the log has 4: the newest are lost");
    expect(after.lines.join("")).toContain("nothing is signed");
    await grow(rolledBack, 10);
    await after.seen();
    expect(await after.sign(meta)).toMatchObject({ outcome: "refused" });
    expect(after.status().contradiction).toContain("the first 9 events are not those");
    expect((await allEvents(rolledBack)).filter(({ type }) => type === "CheckpointSigned")).toEqual([]);
  });

  test("because an event of it was changed is not signed", async () => {
    const store = emptyLog();
    await grow(store, 3);
    const { dataDirectory, ...first } = await openOn(store);
    const seed = readFileSync(join(dataDirectory, "secrets", "checkpoint.key"));
    const { origin, signer } = signingKey(seed, "ironledger", life);
    const note = signCheckpoint({ origin, size: 2, root: digest(7), extensions: [] }, [signer]);
    const folder = join(dataDirectory, "checkpoints");
    mkdirSync(folder);
    writeFileSync(join(folder, `${life}.0000000000000002.checkpoint`), note);
    expect(await first.sign(meta)).toMatchObject({ outcome: "refused", reason: "CHECKPOINT_CONTRADICTED" });
  });

  test("is not told by files that nobody signed", async () => {
    const store = emptyLog();
    await grow(store, 3);
    const { dataDirectory, sign, lines } = await openOn(store);
    const folder = join(dataDirectory, "checkpoints");
    mkdirSync(folder);
    writeFileSync(join(folder, `${life}.0000000000000009.checkpoint`), "nonsense");
    expect(await sign(meta)).toMatchObject({ outcome: "signed" });
    expect(lines.join("")).toContain("cannot be used");
  });

  test("has another name and another key after a restore, and is signed anew", async () => {
    const dataDirectory = temporaryDirectory();
    const store = emptyLog();
    await grow(store, 6);
    const before = await openOn(store, { dataDirectory });
    await before.sign(meta);
    const restored = emptyLog({ logId: "0123456789abcdef", incarnation: "0002deadbeef" });
    await grow(restored, 2);
    const after = await openOn(restored, { dataDirectory });
    expect(await after.sign(meta)).toMatchObject({ outcome: "signed", checkpoint: { size: 2 } });
    expect(after.status().origin).toBe("ironledger/0123456789abcdef.0002deadbeef");
    expect(after.status().verifierKey).not.toBe(before.status().verifierKey);
    expect(filesOf(dataDirectory)).toHaveLength(4);
  });
});
