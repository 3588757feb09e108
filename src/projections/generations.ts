import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Current = z.object({ format: z.literal(1), generations: z.record(z.string(), z.int().positive()) });
const fileName = /^(?<view>[a-z][a-z-]*)-(?<generation>\d+)\.db(?:-wal|-shm|-journal)?$/;

/**
 * The files of the views: `<view>-<generation>.db`, of which `current.json` names the one that is read. A view
 * is rebuilt into a new generation and then becomes current in one rename, so a crash leaves the old or the new.
 */
export interface Generations {
  /** `undefined` when the view has no current file. */
  current(view: string): number | undefined;
  path(view: string, generation: number): string;
  /** A generation that the view never had since the directory was opened, and has no file of. */
  next(view: string): number;
  makeCurrent(view: string, generation: number): void;
  /** Deletes a generation's files. Every connection to them must be closed. */
  remove(view: string, generation: number): void;
}

/** Opens the directory, makes it if need be, and clears away what a crash or an older release left behind. */
export function openGenerations(directory: string, views: readonly string[]): Generations {
  mkdirSync(directory, { recursive: true });
  const currentPath = join(directory, "current.json");
  const path = (view: string, generation: number) => fileOf(directory, view, generation);
  let current = readCurrent(currentPath);
  current = new Map([...current].filter(([view]) => views.includes(view)));
  for (const [view, generation] of current) {
    if (!existsSync(path(view, generation))) current.delete(view);
  }
  const newest = new Map<string, number>();
  for (const { name, view, generation } of generationFiles(directory)) {
    if (current.get(view) !== generation) rmSync(join(directory, name));
    newest.set(view, Math.max(newest.get(view) ?? 0, generation));
  }

  return {
    current: (view) => current.get(view),
    path,
    next(view) {
      const generation = (newest.get(view) ?? 0) + 1;
      newest.set(view, generation);
      return generation;
    },
    makeCurrent(view, generation) {
      current.set(view, generation);
      replaceFile(currentPath, JSON.stringify({ format: 1, generations: Object.fromEntries(current) }));
    },
    remove(view, generation) {
      for (const suffix of ["", "-wal", "-shm"])
        rmSync(`${path(view, generation)}${suffix}`, { force: true });
    },
  };
}

/**
 * The file of a view that is read, for whoever only reads it: nothing is made or cleared away. It may be gone when it
 * is opened. `undefined`: the view has none.
 */
export function currentFile(directory: string, view: string): string | undefined {
  const generation = readCurrent(join(directory, "current.json")).get(view);
  return generation === undefined ? undefined : fileOf(directory, view, generation);
}

function fileOf(directory: string, view: string, generation: number): string {
  return join(directory, `${view}-${generation}.db`);
}

/** What cannot be read names no file: the views are made anew. */
function readCurrent(path: string): Map<string, number> {
  if (!existsSync(path)) return new Map();
  try {
    return new Map(Object.entries(Current.parse(JSON.parse(readFileSync(path, "utf8"))).generations));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return new Map();
    throw error;
  }
}

function generationFiles(directory: string) {
  return readdirSync(directory).flatMap((name) => {
    const { view, generation } = fileName.exec(name)?.groups ?? {};
    return view && generation ? [{ name, view, generation: Number(generation) }] : [];
  });
}

function replaceFile(path: string, text: string): void {
  const temporary = `${path}.new`;
  const descriptor = openSync(temporary, "w");
  try {
    writeFileSync(descriptor, `${text}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
}
