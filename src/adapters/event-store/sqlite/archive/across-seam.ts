import type { DatabaseSync } from "node:sqlite";
import { refuseBeyondEnd } from "../../position.ts";
import { logFiles } from "../log-files.ts";
import { createLogReader, type LogReader, type RowPage, type RowPageRequest } from "../reader.ts";
import { type Archive, openArchive } from "./archive.ts";
import { sealOf } from "./seal.ts";
import { createWholeInFile, type WholeInFile } from "./whole-in-file.ts";

/**
 * Reads all of a log: what is archived from its archives, the rest from its file. Without archives this is the reader of
 * the file.
 *
 * @param directory of the log
 * @throws EventStoreError `LOG_DAMAGED` when the log does not tell where its archives are
 */
export function createWholeReader(database: DatabaseSync, directory: string): LogReader {
  const reader = createLogReader(database);
  const seal = sealOf(database);
  if (!seal) return reader;
  const archive = openArchive(logFiles(directory).archive, seal);
  return acrossSeam({ reader, archive, isWhole: createWholeInFile(database) });
}

interface Sides {
  /** Of the file. */
  readonly reader: LogReader;
  readonly archive: Archive;
  readonly isWhole: WholeInFile;
}

/**
 * The one place where the log's file and its archives meet. What the file has all of, access for instance, is read from
 * it alone, so that a start needs no archive. Of each stream the file has the newest events without a gap, so the archives
 * have what is before the first of them.
 */
function acrossSeam({ reader, archive, isWhole }: Sides): LogReader {
  function pageOf(request: RowPageRequest): RowPage {
    const { limit, filter } = request;
    if (request.after >= archive.through || (filter && isWhole(filter))) return reader.page(request);
    const { rows, position, caughtUp } = archive.page(request);
    // With a filter a page may look at less than it could; without, it is full unless the log ends.
    if (filter || rows.length === limit) return { rows, position, caughtUp };
    const more = pageOf({ after: position, limit: limit - rows.length, filter });
    return { ...more, rows: [...rows, ...more.rows] };
  }

  return {
    head: reader.head,

    stream(name, slice) {
      const rows = reader.stream(name, slice);
      const {
        from = 0,
        limit = Number.POSITIVE_INFINITY,
        newestOnly = false,
        withoutArchived = false,
      } = slice;
      const first = rows[0]?.[2];
      if (newestOnly || withoutArchived || first === undefined || first <= from) return rows;
      const archived = archive.stream(name, { from, before: Math.min(first, from + limit) });
      return archived.length < limit ? [...archived, ...rows].slice(0, limit) : archived;
    },

    page(request) {
      refuseBeyondEnd(request.after, reader.head());
      return pageOf(request);
    },
  };
}
