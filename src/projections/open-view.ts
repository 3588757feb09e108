import { existsSync } from "node:fs";
import type { EventReader } from "../domain/ports/event-store.ts";
import { isInLog } from "./checkpoint.ts";
import type { Generations } from "./generations.ts";
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
}

/** One generation of a view, open for writing. */
export interface OpenedView {
  readonly file: ViewFile;
  readonly generation: number;
}

/** Opens the view's current file; makes a new one when there is none, or none that this log and release can use. */
export async function openCurrent(view: View, surroundings: ViewSurroundings): Promise<OpenedView> {
  const { generations, notify } = surroundings;
  const generation = generations.current(view.name);
  const file = generation === undefined ? undefined : await usableFile(view, generation, surroundings);
  if (generation !== undefined && file) return { file, generation };

  notify({ view: view.name, message: "is built from the beginning of the log" });
  return makeCurrent(view, createGeneration(view, generations), generations);
}

/** Begins a new file, beside the current one if there is one. */
export function createGeneration(view: View, generations: Generations): OpenedView {
  const generation = generations.next(view.name);
  return { file: createViewFile(generations.path(view.name, generation), view), generation };
}

/** Makes a file the view's current one and deletes the one before, which must be closed. */
export function makeCurrent(view: View, opened: OpenedView, generations: Generations): OpenedView {
  const before = generations.current(view.name);
  generations.makeCurrent(view.name, opened.generation);
  if (before !== undefined) generations.remove(view.name, before);
  return opened;
}

async function usableFile(
  view: View,
  generation: number,
  { reader, generations, notify }: ViewSurroundings,
): Promise<ViewFile | undefined> {
  const file = openUndamaged(view, generations.path(view.name, generation), notify);
  if (!file) return undefined;
  if (await isInLog(file.committed(), reader)) return file;
  notify({ view: view.name, message: "does not end with an event of this log" });
  file.close();
  return undefined;
}

function openUndamaged(view: View, path: string, notify: ViewSurroundings["notify"]): ViewFile | undefined {
  // Opening would make a missing file, empty and without tables.
  if (!existsSync(path)) return undefined;
  try {
    return openViewFile(path, view);
  } catch (error) {
    notify({ view: view.name, message: `cannot use ${path}`, error });
    return undefined;
  }
}
