import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { openForWriting } from "../../src/adapters/event-store/sqlite/connection.ts";
import { createRowImport } from "../../src/adapters/event-store/sqlite/import-rows.ts";
import { logFiles } from "../../src/adapters/event-store/sqlite/log-files.ts";
import { createSqliteEventStore } from "../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { canonicalJson } from "../../src/canonical-json.ts";
import { systemMeta } from "../../src/domain/event-meta.ts";
import { commandHandler } from "../../src/domain/handle-command.ts";
import { machineKind } from "../../src/domain/machine/decide.ts";
import { newId } from "../../src/ids.ts";
import { verifyLog } from "../../src/maintenance/verify.ts";
import { subnetCollection } from "../../src/projections/collections/leases.ts";
import { allViews } from "../../src/projections/views/all.ts";
import { leases } from "../../src/projections/views/leases.ts";
import { openTestLog, serveTestLog, temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { readWhole } from "../contracts/event-store.support.ts";
import { naiveFold } from "../projections/naive-fold.ts";
import { projectorOn, storedRowsOf } from "../projections/view-files.ts";

/**
 * Logs as each release wrote them, exported: `test/golden/logs/<release>.ndjson`. Those of a release that is out never
 * change. The events are those of `npm run seed -- --machines 6 --days 40`.
 */
const folder = join(import.meta.dirname, "../golden/logs");
const Line = z.looseObject({
  ...{ stream: z.string(), id: z.string(), type: z.string(), hash: z.string() },
  ...{ revision: z.int(), schema: z.int(), time: z.int(), data: z.looseObject({}), meta: z.looseObject({}) },
});

/** Makes the data directory that a release left: every event as that wrote it. */
function oldDirectory(file: string): string {
  const data = temporaryDirectory();
  const directory = join(data, "log");
  mkdirSync(directory);
  const rows = readFileSync(join(folder, file), "utf8")
    .split("\n")
    .filter((line) => line.includes('"stream":'))
    .map((line) => Line.parse(JSON.parse(line)));
  const database = openForWriting(logFiles(directory).ledger);
  createRowImport(database)(
    rows.map((row) => ({ ...row, data: canonicalJson(row.data), meta: canonicalJson(row.meta) })),
  );
  database.close();
  return data;
}

/** Opens it as a service of this release does. */
async function opened(file: string) {
  const data = oldDirectory(file);
  const server = serveTestLog(openTestLog(join(data, "log")));
  const store = createSqliteEventStore(server.connect());
  const projector = await projectorOn(store, join(data, "views"));
  await projector.caughtUp();
  return { data, store, projector };
}

describe.each(readdirSync(folder))("a log of an earlier release: %s", (file) => {
  test("is sound", async () => {
    const { data } = await opened(file);
    expect(verifyLog({ data })).toMatchObject({ findingCount: 0, events: 153 });
  });

  test("is shown by every view, as a fold of it says", async () => {
    const { store, projector } = await opened(file);
    const events = await readWhole(store);
    for (const { view: name, state, poison } of projector.status()) {
      expect([name, state, poison]).toEqual([name, "live", undefined]);
      const view = allViews.find((each) => each.name === name) ?? expect.fail(name);
      expect(storedRowsOf(view, projector.path(name))).toEqual(naiveFold(view, events));
    }
  });

  test("has today's fields in what had other shapes then", async () => {
    const { projector } = await opened(file);
    const found = subnetCollection(projector.connection(leases.name)).page({ limit: 10 });
    expect(found.map(({ row }) => row.definition)).toMatchObject([
      { name: "rack-row-0", exclusions: [], picker: "hint", options: [] },
    ]);
  });

  test("is gone on with", async () => {
    const { store } = await opened(file);
    const found = (await readWhole(store)).find(({ type }) => type === "MachineApproved") ?? expect.fail();
    const handle = commandHandler(machineKind, { store, newId });
    const result = await handle(found.stream, { type: "LockMachine" }, { meta: systemMeta(newId()) });
    expect(result.outcome).toBe("accepted");
  });
});
