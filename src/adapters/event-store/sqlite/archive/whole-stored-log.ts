import { join } from "node:path";
import { EventStoreError } from "../../../../domain/ports/event-store.ts";
import type { ArchivedSegment } from "../../../../domain/system/events.ts";
import type { CheckedEvent } from "../../../../proof/check-chains.ts";
import type { LeftOut } from "../../../../proof/check-events.ts";
import { createTreeBuilder, emptyTree, type TreeState } from "../../../../proof/tree-builder.ts";
import { checkedEvent, type EventRow, pageEvents } from "../rows.ts";
import type { StoredLog, Unreadable } from "../stored-log.ts";
import type { Archive } from "./archive.ts";
import { digestOf } from "./file-digest.ts";

/** Differences that are kept. */
const differencesMax = 1_000;

/** A log's file as it is stored, and the archives that belong to it. */
export interface StoredParts {
  /** Without the seam: of the events up to the seal it has some. */
  readonly file: StoredLog;
  readonly archive: Archive;
  /** Of the archives. */
  readonly folder: string;
}

/** Reads a log as it is stored across the seam, as `acrossSeam` does for the service. */
export function wholeStoredLog(parts: StoredParts): StoredLog {
  const { file, archive } = parts;
  const { through: sealed, segments } = archive;
  const faultAt = faultsOf(parts);
  const copies = compareCopies(file);

  /** The archived events after a position. Returns whether the place of those behind them in the tree is known. */
  function* archived(after: number, through: number): Generator<readonly EventRow[] | Unreadable, boolean> {
    for (let at = after; at < through; ) {
      const fault = faultAt(at);
      if (fault) {
        yield fault;
        if (!fault.leftOut) return false;
        at = fault.leftOut.tree.size;
        continue;
      }
      const { rows, position } = pageOf(archive, at, through);
      copies.compare(rows, { after: at, through: position });
      yield rows;
      at = position;
    }
    return true;
  }

  function* rows(after: number, through = file.head): Generator<readonly EventRow[] | Unreadable> {
    const goesOn = yield* archived(after, Math.min(through, sealed));
    if (goesOn && through > sealed) yield* file.rows(Math.max(after, sealed), through);
  }

  function* hashes(after: number, through: number): Generator<string> {
    const end = Math.min(through, sealed);
    for (let at = after; at < end; ) {
      const page = pageOf(archive, at, end);
      for (const [, , , , , , , , , hash] of page.rows) yield hash;
      at = page.position;
    }
    if (through > sealed) yield* file.hashes(Math.max(after, sealed), through);
  }

  return {
    ...file,
    rows,
    hashes,
    count: () => sealed + file.count(sealed),
    treeAt: treesOf({ segments, hashes }),
    copiesThatDiffer: () => copies.different,
    find: (stream, revision) => file.find(stream, revision) ?? archive.find(stream, revision),
  };
}

function pageOf(archive: Archive, after: number, through: number) {
  return archive.page({ after, limit: Math.min(pageEvents, through - after), filter: undefined });
}

/**
 * Tells that the event behind a position cannot be read, and none behind it in its archive; `undefined`: they can. Each
 * file is looked at once.
 */
function faultsOf({ file: own, archive, folder }: StoredParts): (after: number) => Unreadable | undefined {
  const intact = new Set<string>();

  function look({ file, sha256, after }: ArchivedSegment): void {
    const path = join(folder, file);
    if (digestOf(path).sha256 !== sha256) throw new Error(`${path} is not the archive that was sealed`);
    archive.page({ after, limit: 1, filter: undefined });
    intact.add(file);
  }

  return (after) => {
    const segment = archive.segments.find(({ through }) => through > after);
    if (!segment || intact.has(segment.file)) return undefined;
    try {
      look(segment);
      return undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const why = `events ${after + 1} to ${segment.through} cannot be read: ${message}`;
      const cause = new EventStoreError("LOG_ARCHIVE_MISSING", why, { cause: error });
      return { position: after + 1, why, cause, leftOut: leftOutWith(segment) };
    }
  };

  /** Of each stream the file has the newest archived event, and an archive the hash before the first one in it. */
  function leftOutWith({ after, ...segment }: ArchivedSegment): LeftOut | undefined {
    const tree = treeBehind(segment);
    const copies = copiesIn(own.rows(after, segment.through));
    return tree && { tree, copies, previousOf: ({ position }) => archive.previousOf(position) };
  }
}

/** Without those that cannot be read: what follows on one of them is found. */
function* copiesIn(pages: Iterable<readonly EventRow[] | Unreadable>): Generator<CheckedEvent> {
  for (const page of pages) if (!("why" in page)) yield* page.map(checkedEvent);
}

/** The tree that was signed at the end of a segment; `undefined` when the log tells of another. */
function treeBehind({
  through,
  edge,
  root,
}: Pick<ArchivedSegment, "through" | "edge" | "root">): TreeState | undefined {
  const state = { size: through, edge };
  try {
    return createTreeBuilder({ state }).root() === root ? state : undefined;
  } catch {
    return undefined;
  }
}

/** What the file still has of archived events must be the same, octet by octet. */
function compareCopies(file: StoredLog) {
  const different: number[] = [];
  function note(position: number): void {
    if (different.length < differencesMax) different.push(position);
  }
  return {
    different,
    compare(rows: readonly EventRow[], { after, through }: { after: number; through: number }): void {
      for (const page of file.rows(after, through)) {
        if ("why" in page) {
          note(page.position);
          continue;
        }
        for (const row of page) {
          const same = rows[row[0] - after - 1];
          if (!same?.every((value, column) => value === row[column])) note(row[0]);
        }
      }
    },
  };
}

/**
 * Tells the tree of the first so many events: from the last seal before them on, or from where it was asked for the last
 * time, there is no need to read what is older.
 */
export function treesOf({
  segments,
  hashes,
}: Pick<StoredLog, "hashes"> & { readonly segments: readonly ArchivedSegment[] }): (
  size: number,
) => TreeState {
  let last = emptyTree;
  return (size) => {
    const sealed = segments.findLast(({ through }) => through <= size);
    const known = [emptyTree, ...(sealed ? [{ size: sealed.through, edge: sealed.edge }] : []), last];
    const state = known
      .filter((tree) => tree.size <= size)
      .reduce((one, other) => (other.size > one.size ? other : one));
    const tree = createTreeBuilder({ state });
    for (const hash of hashes(tree.size(), size)) tree.append(hash);
    last = tree.state();
    return last;
  };
}
