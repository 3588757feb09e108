import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { backUpLog } from "../../../src/adapters/event-store/sqlite/back-up.ts";
import type { MigrationTarget } from "../../../src/maintenance/migrate/moved-log.ts";
import { reopen } from "../../../src/maintenance/migrate/places.ts";
import { restoreLog } from "../../../src/maintenance/restore.ts";
import { verifyLog } from "../../../src/maintenance/verify.ts";
import { engine, openStore } from "../../adapters/event-store/eventstoredb/support.ts";
import { temporaryDirectory } from "../../adapters/event-store/sqlite/support.ts";
import { migrate, openFiles, place, randomHex, readUnplaced, unplaced, writtenLog } from "./support.ts";

/** A log in files, and the engine that it was moved to. */
async function movedToEngine() {
  const written = await writtenLog();
  const { connectionString } = await engine();
  await migrate(written.data, connectionString);
  return { ...written, connectionString };
}

describe("a log that was moved away", () => {
  test("is not gone on with where it was, in files or in an engine", async () => {
    const { data, connectionString } = await movedToEngine();
    expect(() => openFiles(data)).toThrow(
      expect.objectContaining({ code: "LOG_MOVED", message: expect.stringContaining("esdb://127.0.0.1") }),
    );
    await migrate(connectionString, join(temporaryDirectory(), "again"));
    await expect(openStore(connectionString).head()).rejects.toMatchObject({ code: "LOG_MOVED" });
    // It is a log all the same: it can be looked at.
    expect(verifyLog({ data }).findingCount).toBe(0);
  });

  test("is not moved a second time, to somewhere else", async () => {
    const { data, connectionString } = await movedToEngine();
    const to = join(temporaryDirectory(), "to");
    await expect(migrate(data, to)).rejects.toThrow(
      `was moved to ${connectionString.replace("?tls=false", "")} already`,
    );
    expect(existsSync(to)).toBe(false);
  });

  test("is marked before the other one can be started on, and the attempt can be made again", async () => {
    const { data, events } = await writtenLog();
    const { connectionString } = await engine();
    const cut = (target: MigrationTarget) => ({
      ...target,
      finish: () => Promise.reject(new Error("the power is cut")),
    });
    await expect(migrate(data, connectionString, cut)).rejects.toThrow("the power is cut");
    expect(() => openFiles(data)).toThrow(expect.objectContaining({ code: "LOG_MOVED" }));
    await expect(openStore(connectionString).head()).rejects.toMatchObject({ code: "LOG_DAMAGED" });
    expect(await migrate(data, connectionString)).toMatchObject({ events: events.length });
  });

  test("is taken back in files: in its next incarnation, and fenced", async () => {
    const { data, events } = await movedToEngine();
    await reopen(place(data), "77777777");
    const { log, store } = openFiles(data);
    expect(log.restored).toMatchObject({
      evidence: "migration",
      message: expect.stringContaining("taken back here"),
    });
    expect(log.identity.incarnation).toBe("000277777777");
    expect(await readUnplaced(store)).toEqual(events.map(unplaced));
    await store.close();
    await expect(reopen(place(temporaryDirectory()), "77777777")).rejects.toThrow("holds no log");
  });

  test("is taken back in an engine: in its next incarnation, and fenced", async () => {
    const { events, connectionString } = await movedToEngine();
    await expect(reopen(place(connectionString), "88888888")).rejects.toThrow("was not moved");
    await migrate(connectionString, join(temporaryDirectory(), "again"));
    await reopen(place(connectionString), "88888888");
    const store = openStore(connectionString);
    expect((await store.head())?.split(".")[1]).toBe("000388888888");
    expect(await readUnplaced(store)).toHaveLength(events.length + 1);
    expect(await store.restored()).toMatchObject({
      evidence: "migration",
      previousIncarnation: "000277777777",
    });
  });
});

describe("a log that was moved away, in files", () => {
  test("can be restored from a copy", async () => {
    const { data, events } = await movedToEngine();
    const copy = join(temporaryDirectory(), "copy.db");
    await backUpLog({ directory: join(data, "log"), file: copy });
    const restored = join(temporaryDirectory(), "restored");
    await restoreLog({ source: copy, directory: join(restored, "log"), randomHex });
    const { store } = openFiles(restored);
    expect(await readUnplaced(store)).toEqual(events.map(unplaced));
  });

  test("tells where it went in a way that holds in any directory", async () => {
    const { data } = await writtenLog();
    const to = join(temporaryDirectory(), "to");
    await migrate(relative(".", data), relative(".", to));
    expect(() => openFiles(data)).toThrow(`the log of ${data}/log was moved to ${to}/log:`);
  });
});
