import type { ArchivedSegment } from "../system/events.ts";

/** An archive that has events which the log's own file may be without. */
export interface ArchiveFile extends ArchivedSegment {
  /** Whether its file is where it belongs. What is in it is compared when the log is verified. */
  readonly isThere: boolean;
}

/** The archives of the log, oldest first: each begins where the one before ends, the first with the log. */
export type LogArchives = () => readonly ArchiveFile[];
