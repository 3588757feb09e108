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

const ByView = z.record(z.string(), z.int().positive());
const Current = z.object({ format: z.literal(1), generations: ByView, building: ByView.optional() });
const fileName = /^(?<view>[a-z][a-z-]*)-(?<generation>\d+)\.db(?:-wal|-shm|-journal)?$/;

/**
 * The files of the views: `<view>-<generation>.db`, of which `current.json` names the one that was last complete, and
 * the one that is being built to take its place. That happens in one rename, so a crash leaves the old or the new.
 */
export interface Generations {
  /** `undefined` when the view has no file that was ever complete. */
  current(view: string): number | undefined;
  /** The one that is to be gone on with after a restart; `undefined` when none is being built. */
  building(view: string): number | undefined;
  path(view: string, generation: number): string;
  /** A generation that the view never had since the directory was opened, and has no file of. */
  next(view: string): number;
  /** It is being built from now on, and what was being built before is of no use: its files can be removed. */
  begin(view: string, generation: number): void;
  /** It is complete, and read from now on. Nothing is being built. */
  makeCurrent(view: string, generation: number): void;
  /** Deletes a generation's files. Every connection to them must be closed. */
  remove(view: string, generation: number): void;
}

/** Opens the directory, makes it if need be, and clears away what a crash or an older release left behind. */
export function openGenerations(directory: string, views: readonly string[]): Generations {
  mkdirSync(directory, { recursive: true });
  const currentPath = join(directory, "current.json");
  const path = (view: string, generation: number) => fileOf(directory, view, generation);
  const isThere = ([view, generation]: readonly [string, number]) =>
    views.includes(view) && existsSync(path(view, generation));
  const named = readCurrent(currentPath);
  const current = new Map([...named.current].filter(isThere));
  const building = new Map([...named.building].filter(isThere));
  const newest = new Map<string, number>();
  for (const { name, view, generation } of generationFiles(directory)) {
    if (current.get(view) !== generation && building.get(view) !== generation) rmSync(join(directory, name));
    newest.set(view, Math.max(newest.get(view) ?? 0, generation));
  }

  /** Writes down what is to be. Where that fails, nothing has changed. */
  function save(generations: ReadonlyMap<string, number>, begun: ReadonlyMap<string, number>): void {
    const text = { generations: Object.fromEntries(generations), building: Object.fromEntries(begun) };
    replaceFile(currentPath, JSON.stringify({ format: 1, ...text }));
  }

  return {
    current: (view) => current.get(view),
    building: (view) => building.get(view),
    path,
    next(view) {
      const generation = (newest.get(view) ?? 0) + 1;
      newest.set(view, generation);
      return generation;
    },
    begin(view, generation) {
      save(current, new Map([...building, [view, generation]]));
      building.set(view, generation);
    },
    makeCurrent(view, generation) {
      save(
        new Map([...current, [view, generation]]),
        new Map([...building].filter(([each]) => each !== view)),
      );
      current.set(view, generation);
      building.delete(view);
    },
    remove(view, generation) {
      for (const suffix of ["", "-wal", "-shm"])
        rmSync(`${path(view, generation)}${suffix}`, { force: true });
    },
  };
}

/**
 * The file of a view that was last complete, for whoever only reads it: nothing is made or cleared away. It may be
 * gone when it is opened. `undefined`: the view has none.
 */
export function currentFile(directory: string, view: string): string | undefined {
  const generation = readCurrent(join(directory, "current.json")).current.get(view);
  return generation === undefined ? undefined : fileOf(directory, view, generation);
}

function fileOf(directory: string, view: string, generation: number): string {
  return join(directory, `${view}-${generation}.db`);
}

interface NamedFiles {
  readonly current: ReadonlyMap<string, number>;
  readonly building: ReadonlyMap<string, number>;
}

/** What cannot be read names no file: the views are made anew. */
function readCurrent(path: string): NamedFiles {
  const none = { current: new Map(), building: new Map() };
  if (!existsSync(path)) return none;
  try {
    const { generations, building = {} } = Current.parse(JSON.parse(readFileSync(path, "utf8")));
    return { current: new Map(Object.entries(generations)), building: new Map(Object.entries(building)) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return none;
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
