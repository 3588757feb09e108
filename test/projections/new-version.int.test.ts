import { mkdirSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { EventReader } from "../../src/domain/ports/event-store.ts";
import { ProjectionBuildingError } from "../../src/projections/projection-building.ts";
import { startProjector } from "../../src/projections/projector.ts";
import { table, text } from "../../src/projections/table.ts";
import type { View } from "../../src/projections/view.ts";
import type { ViewConnection } from "../../src/projections/view-connection.ts";
import { eventually } from "../support/eventually.ts";
import { allEvents, dice, historyLog, record } from "../support/history.ts";
import { machineId, samples } from "../support/samples.ts";
import { projectorOn, temporaryDirectory } from "./view-files.ts";

/** A view that writes down what each event's type is called by its version. */
function typesView(version: number, rest: Partial<View> = {}): View {
  return {
    name: "types",
    version,
    tables: {
      type: table({ columns: { stream: text(), type: text() }, key: ["stream"], indexes: [["type"]] }),
    },
    apply({ stream, type }, rows) {
      (rows as never as Record<string, { put(row: object): void }>)["type"]?.put({
        stream,
        type: `${version} ${type}`,
      });
    },
    ...rest,
  };
}

/** As `typesView`, with a table that the one before did not have. */
const widerTables: View["tables"] = {
  ...typesView(0).tables,
  count: table({ columns: { stream: text() }, key: ["stream"] }),
};

/** A log whose readers get a few events, and the rest when it is let go. */
function heldLog(store: EventReader, firstEvents: number) {
  const held = Promise.withResolvers<void>();
  let isHeld = true;
  return {
    letGo() {
      isHeld = false;
      held.resolve();
    },
    /** As a log that is closed. */
    cutShort: () => held.reject(new Error("the log is closed")),
    reader: {
      ...store,
      async readAll(query: Parameters<EventReader["readAll"]>[0]) {
        if (!isHeld) return store.readAll(query);
        if (query.after === undefined) return store.readAll({ ...query, limit: firstEvents });
        await held.promise;
        return store.readAll(query);
      },
    } satisfies EventReader,
  };
}

/** A log, and a directory with what the version 1 of the view made of it. */
async function oldFiles(seed: number, old: View = typesView(1)) {
  const store = await historyLog(seed, 4);
  const directory = temporaryDirectory();
  const before = await startProjector({ directory, reader: store, views: [old], notify: () => undefined });
  await before.caughtUp();
  const [{ position } = expect.fail()] = before.status();
  await before.close();
  return { store, directory, position, events: (await allEvents(store)).length };
}

/** The next release on those files: it is held when it has read 10 events. */
async function nextRelease(files: Awaited<ReturnType<typeof oldFiles>>, view: View) {
  const { reader, letGo } = heldLog(files.store, 10);
  const notices: string[] = [];
  const projector = await projectorOn(reader, files.directory, {
    views: [view],
    retryMs: 20,
    notify: ({ message }) => notices.push(message),
    lagEvents: ({ events }) => files.events - events,
  });
  // Before the projector is closed, which waits for what it has asked for.
  onTestFinished(letGo);
  const status = () => projector.status()[0] ?? expect.fail();
  await eventually(() => (status().building?.events === 10 ? status() : undefined));
  const connection = projector.connection("types");
  return { projector, letGo, status, notices, connection, versions: versionsIn(connection) };
}

/** Which versions made the rows that are shown. */
function versionsIn(connection: ViewConnection): () => readonly unknown[] {
  const select = connection.prepare("SELECT DISTINCT substr(type, 1, 1) AS version FROM type");
  return () => select.all().map(({ version }) => version);
}

const filesIn = (directory: string) => readdirSync(directory).filter((name) => name.endsWith(".db"));

describe("a new version whose readers understand the rows of the one before", () => {
  const next = typesView(2, { rowsSince: 1 });

  test("shows those until its own are there", async () => {
    const files = await oldFiles(51);
    const { projector, status, versions, notices, letGo } = await nextRelease(files, next);
    expect(versions()).toEqual(["1"]);
    expect(status()).toMatchObject({
      version: 2,
      shownVersion: 1,
      state: "catching-up",
      position: files.position,
      events: files.events,
      building: { kind: "catch-up", events: 10, total: files.events },
    });
    expect(notices).toEqual(["is built anew: version 1 is shown until version 2 is there"]);
    expect(filesIn(files.directory)).toEqual(["types-1.db", "types-2.db"]);
    expect(projector.path("types")).toMatch(/types-1\.db$/);

    letGo();
    await projector.caughtUp();
    expect(versions()).toEqual(["2"]);
    expect(status()).toMatchObject({ shownVersion: 2, state: "live", building: undefined });
    expect(filesIn(files.directory)).toEqual(["types-2.db"]);
  });

  test("shows no position before its own rows are there that the old ones have not", async () => {
    const files = await oldFiles(52);
    const { store } = files;
    await record(store, { stream: `machine-${machineId}`, events: [samples.MachineDiscovered] }, dice(9));
    const head = (await store.head()) ?? expect.fail();
    const { projector, letGo } = await nextRelease(files, next);
    expect(await projector.waitFor(files.position ?? "", { timeoutMs: 10 })).toBe(true);
    expect(await projector.waitFor(head, { timeoutMs: 10 })).toBe(false);
    letGo();
    expect(await projector.waitFor(head, { timeoutMs: 30_000 })).toBe(true);
  });

  test("is built already, and is not built a second time at once", async () => {
    const { projector } = await nextRelease(await oldFiles(53), next);
    expect(await projector.rebuild("types")).toMatchObject({ outcome: "unavailable" });
  });

  test("goes on showing them when it stops before an event", async () => {
    const files = await oldFiles(54);
    let count = 0;
    const poisoned: View = {
      ...next,
      apply(...of) {
        if (++count > 20) throw new Error("cannot be");
        next.apply(...of);
      },
    };
    const { projector, status, versions, letGo } = await nextRelease(files, poisoned);
    letGo();
    await projector.caughtUp();
    expect(status()).toMatchObject({ state: "stopped", shownVersion: 1, position: files.position });
    expect(versions()).toEqual(["1"]);
    count = Number.NEGATIVE_INFINITY;
    expect(await projector.rebuild("types")).toMatchObject({ outcome: "rebuilt" });
    expect(versions()).toEqual(["2"]);
    expect(filesIn(files.directory)).toEqual(["types-3.db"]);
  });
});

test("rows that cannot be named the current ones, on a full disk for instance, leave those of the version before", async () => {
  const files = await oldFiles(55);
  const { status, versions, notices, letGo } = await nextRelease(files, typesView(2, { rowsSince: 1 }));
  const inTheWay = join(files.directory, "current.json.new");
  mkdirSync(inTheWay);
  letGo();
  const failures = () => notices.filter((message) => message.includes("failed")).length;
  await eventually(() => failures() > 2 || undefined);
  expect(versions()).toEqual(["1"]);
  expect(status()).toMatchObject({ shownVersion: 1, position: files.position, events: files.events });
  expect(status().state).not.toBe("live");
  expect(filesIn(files.directory)).toEqual(["types-1.db", "types-2.db"]);

  rmdirSync(inTheWay);
  await eventually(() => status().state === "live" || undefined);
  expect(versions()).toEqual(["2"]);
  expect(filesIn(files.directory)).toEqual(["types-2.db"]);
});

describe("a new version whose readers do not understand the rows of the one before", () => {
  test.each([
    ["because nobody says that they do", typesView(2)],
    ["because they are too old", typesView(3, { rowsSince: 2 })],
    ["because the tables are others, whatever it says", typesView(2, { rowsSince: 1, tables: widerTables })],
  ])("refuses to be read until its own are there, %s", async (_why, next) => {
    const files = await oldFiles(55);
    const { projector, status, versions, connection, letGo } = await nextRelease(files, next);
    expect(versions).toThrow(ProjectionBuildingError);
    expect(versions).toThrow(
      `the view types is being built and answers when it is done: it has 10 of ${files.events}`,
    );
    expect(() => connection.position()).toThrow(ProjectionBuildingError);
    expect(() => projector.path("types")).toThrow(ProjectionBuildingError);
    expect(status()).toMatchObject({ shownVersion: undefined, position: undefined, events: 0 });
    // Whoever looks where it stands may have what there is: nothing is written yet.
    expect(projector.unfinished("types").position()).toBeUndefined();

    letGo();
    await projector.caughtUp();
    expect(versions()).toEqual([String(next.version)]);
    expect(filesIn(files.directory)).toEqual(["types-2.db"]);
  });
});

/** The next release on those files, which is stopped when it has read 10 events. */
async function cutShort({ store, directory }: Awaited<ReturnType<typeof oldFiles>>): Promise<void> {
  const held = heldLog(store, 10);
  const options = { directory, views: [typesView(2)], notify: () => undefined };
  const projector = await startProjector({ ...options, reader: held.reader });
  await eventually(() => (projector.status()[0]?.building?.events === 10 ? true : undefined));
  const closed = projector.close();
  held.cutShort();
  await closed;
  expect(filesIn(directory)).toEqual(["types-1.db", "types-2.db"]);
}

describe("a build that a stop cuts short", () => {
  test("is gone on with", async () => {
    const files = await oldFiles(56);
    await cutShort(files);
    const { projector, status, versions, letGo } = await nextRelease(files, typesView(2));
    expect(status()).toMatchObject({ generation: 2, shownVersion: undefined, building: { events: 10 } });
    letGo();
    await projector.caughtUp();
    expect(versions()).toEqual(["2"]);
  });

  test("leaves the release before its own rows, when it is started again", async () => {
    const files = await oldFiles(57);
    await cutShort(files);
    const notices: string[] = [];
    const again = await projectorOn(files.store, files.directory, {
      views: [typesView(1)],
      notify: ({ message }) => notices.push(message),
    });
    expect(versionsIn(again.connection("types"))()).toEqual(["1"]);
    expect(notices).toEqual([]);
    expect(filesIn(files.directory)).toEqual(["types-1.db"]);
  });
});

describe("rows of another log", () => {
  test("are never shown", async () => {
    const files = await oldFiles(58);
    const other = await historyLog(59, 4);
    const events = (await allEvents(other)).length;
    const { status, versions } = await nextRelease(
      { ...files, store: other, events },
      typesView(2, { rowsSince: 1 }),
    );
    expect(status().shownVersion).toBeUndefined();
    expect(versions).toThrow(ProjectionBuildingError);
  });
});

describe("a view that was never there", () => {
  test("is refused to be read until it has all of the log, and not again after a restart", async () => {
    const files = await oldFiles(60);
    const directory = temporaryDirectory();
    const { versions, letGo, projector } = await nextRelease({ ...files, directory }, typesView(1));
    expect(versions).toThrow(ProjectionBuildingError);
    letGo();
    await projector.caughtUp();
    await projector.close();

    const again = await projectorOn(files.store, directory, { views: [typesView(1)] });
    expect(versionsIn(again.connection("types"))()).toEqual(["1"]);
  });
});
