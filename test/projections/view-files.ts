import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { EventReader } from "../../src/domain/ports/event-store.ts";
import { type Projector, type ProjectorOptions, startProjector } from "../../src/projections/projector.ts";
import type { View } from "../../src/projections/view.ts";
import { openViewConnection, type ViewConnection } from "../../src/projections/view-connection.ts";
import { createViewFile } from "../../src/projections/view-file.ts";
import { openSnapshot } from "../../src/projections/view-snapshot.ts";
import { allViews } from "../../src/projections/views/all.ts";
import { allEvents, dice, record, type Step } from "../support/history.ts";
import { memoryLog } from "../support/recording.ts";
import type { TableRows } from "./naive-fold.ts";

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "ironledger-views-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A projector that is closed after the test. Failures of views are errors unless `notify` says otherwise. */
export async function projectorOn(
  reader: EventReader,
  directory: string,
  options: Partial<ProjectorOptions> = {},
): Promise<Projector> {
  const notify: ProjectorOptions["notify"] = ({ error }) => {
    if (error) throw error;
  };
  const projector = await startProjector({ directory, reader, views: allViews, notify, ...options });
  onTestFinished(() => projector.close());
  return projector;
}

/** All rows of a view's file, which somebody has open. */
export function storedRowsOf(view: View, path: string): TableRows {
  const snapshot = openSnapshot(path, view.tables);
  try {
    return Object.fromEntries(Object.keys(view.tables).map((name) => [name, [...snapshot.rows(name)]]));
  } finally {
    snapshot.close();
  }
}

/** A reader of a view that holds these steps, in this order. */
export async function readerAfter<Reader>(
  view: View,
  makeReader: (connection: ViewConnection) => Reader,
  steps: readonly Step[],
): Promise<Reader> {
  const store = memoryLog();
  const chance = dice(4_711);
  for (const step of steps) await record(store, step, chance);
  const path = join(temporaryDirectory(), "view.db");
  const file = createViewFile(path, view);
  file.apply(await allEvents(store));
  await file.flush();
  const connection = openViewConnection(path);
  onTestFinished(() => {
    connection.close();
    file.close();
  });
  return makeReader(connection);
}
