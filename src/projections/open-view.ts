import { existsSync } from "node:fs";
import type { EventReader } from "../domain/ports/event-store.ts";
import { isInLog } from "./checkpoint.ts";
import type { Generations } from "./generations.ts";
import { type OlderRows, openOlderRows } from "./older-rows.ts";
import type { View } from "./view.ts";
import { createViewFile, openViewFile, type ViewFile } from "./view-file.ts";

/** Something about a view that an operator may want to know. */
export interface ViewNotice {
  readonly view: string;
  readonly message: string;
  readonly error?: unknown;
}

/** What the views of a service share. */
export interface ViewSurroundings {
  readonly reader: EventReader;
  readonly generations: Generations;
  readonly notify: (notice: ViewNotice) => void;
  /** Pause before a view whose file or log failed is tried again. */
  readonly retryMs: number;
  /** A steady clock, milliseconds. */
  readonly nowMs: () => number;
  /** How many events the log has. */
  readonly logEvents: () => number;
}

/** One generation of a view, open for writing. */
export interface OpenedView {
  readonly file: ViewFile;
  readonly generation: number;
}

/** What a view starts with. */
export interface StartedFiles {
  /** Its rows come to be those of the log. */
  readonly opened: OpenedView;
  /** Whether they were so before, at some moment: then they are all of a moment, and not of the log's beginning alone. */
  readonly isBuilt: boolean;
  /** What readers are shown until then. */
  readonly older: OlderRows | undefined;
}

/**
 * Opens the view's current file. When there is none that this log and release can use, a new one is built beside it, and
 * gone on with after a restart. Until it is complete the current one stays: for readers, if they understand it, and for
 * the release that wrote it.
 */
export async function openFiles(view: View, surroundings: ViewSurroundings): Promise<StartedFiles> {
  const { generations, notify } = surroundings;
  const current = await usableFile(view, generations.current(view.name), surroundings);
  if (current) return { opened: withoutBuild(view, current, generations), isBuilt: true, older: undefined };

  const older = await olderRows(view, surroundings);
  const message = older
    ? `is built anew: version ${older.version} is shown until version ${view.version} is there`
    : "is built from the beginning of the log";
  notify({ view: view.name, message });
  const opened =
    (await usableFile(view, generations.building(view.name), surroundings)) ?? beginBuild(view, generations);
  return { opened, isBuilt: false, older };
}

/** Begins a new file, beside the current one if there is one. */
export function createGeneration(view: View, generations: Generations): OpenedView {
  const generation = generations.next(view.name);
  try {
    return { file: createViewFile(generations.path(view.name, generation), view), generation };
  } catch (error) {
    generations.remove(view.name, generation);
    throw error;
  }
}

/** Begins a new file that is to become the current one, instead of the one that was being built, which must be closed. */
export function beginBuild(view: View, generations: Generations): OpenedView {
  const before = generations.building(view.name);
  const opened = createGeneration(view, generations);
  try {
    generations.begin(view.name, opened.generation);
  } catch (error) {
    opened.file.close();
    throw error;
  }
  if (before !== undefined) generations.remove(view.name, before);
  return opened;
}

/**
 * Makes a file the view's current one and deletes those before, which `letGo` closes once the new one is named. Where
 * naming it fails, all is as it was.
 */
export function makeCurrent(
  view: View,
  { opened, letGo }: { readonly opened: OpenedView; readonly letGo?: () => void },
  generations: Generations,
): OpenedView {
  const before = [generations.current(view.name), generations.building(view.name)];
  generations.makeCurrent(view.name, opened.generation);
  letGo?.();
  for (const each of before) {
    if (each !== undefined && each !== opened.generation) generations.remove(view.name, each);
  }
  return opened;
}

/** Another release began to build this view, and this one has no use for that. */
function withoutBuild(view: View, current: OpenedView, generations: Generations): OpenedView {
  if (generations.building(view.name) === undefined) return current;
  return makeCurrent(view, { opened: current }, generations);
}

async function usableFile(
  view: View,
  generation: number | undefined,
  { reader, generations, notify }: ViewSurroundings,
): Promise<OpenedView | undefined> {
  if (generation === undefined) return undefined;
  const path = generations.path(view.name, generation);
  // Opening would make a missing file, empty and without tables.
  const file = existsSync(path)
    ? undamaged(() => openViewFile(path, view), { view, path, notify })
    : undefined;
  if (!file) return undefined;
  if (await isInLog(file.committed(), reader)) return { file, generation };
  notify({ view: view.name, message: "does not end with an event of this log" });
  file.close();
  return undefined;
}

async function olderRows(
  view: View,
  { reader, generations, notify }: ViewSurroundings,
): Promise<OlderRows | undefined> {
  const generation = generations.current(view.name);
  if (generation === undefined) return undefined;
  const path = generations.path(view.name, generation);
  const older = undamaged(() => openOlderRows(path, view), { view, path, notify });
  if (!older || (await isInLog(older, reader))) return older;
  older.close();
  return undefined;
}

interface Opening extends Pick<ViewSurroundings, "notify"> {
  readonly view: View;
  readonly path: string;
}

/** A file that is damaged is as good as none. */
function undamaged<File>(open: () => File, { view, path, notify }: Opening): File | undefined {
  try {
    return open();
  } catch (error) {
    notify({ view: view.name, message: `cannot use ${path}`, error });
    return undefined;
  }
}
