/** Marks a SQLite file as a log of ours: "IRLG". (`PRAGMA application_id`) */
export const applicationId = 0x49_52_4c_47;

/** What a log's file may be. (`PRAGMA user_version`) A log of a newer format is refused. */
export const formats = {
  /** The layout below, with every event of the log. */
  whole: 1,
  /** The same, without the events that are archived. A release that knows no archives would take them for lost. */
  sealed: 2,
} as const;

/** The newest format that this release knows. */
export const formatVersion = formats.sealed;

/**
 * The layout of `ledger.db`. `data` and `meta` are RFC 8785 text, `time` is milliseconds since 1970 UTC,
 * positions count from 1 and revisions from 0, both without a gap.
 *
 * The triggers hold for every connection, also for one that does not know this file: an event is only ever
 * appended. REPLACE deletes without telling the delete trigger unless `recursive_triggers` is on, so what it
 * would replace is refused before the insert.
 */
export const layout = {
  tables: `
CREATE TABLE log (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE stream (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  category TEXT NOT NULL
) STRICT;

CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES stream (id),
  revision INTEGER NOT NULL,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  type TEXT NOT NULL,
  schema INTEGER NOT NULL,
  time INTEGER NOT NULL,
  data TEXT NOT NULL,
  meta TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (stream, revision)
) STRICT;
`,
  triggers: `
CREATE TRIGGER stream_never_changes BEFORE UPDATE ON stream
BEGIN SELECT RAISE(ABORT, 'a stream never changes'); END;

CREATE TRIGGER stream_stays BEFORE DELETE ON stream
BEGIN SELECT RAISE(ABORT, 'a stream is never deleted'); END;

CREATE TRIGGER stream_is_new BEFORE INSERT ON stream
WHEN EXISTS (SELECT 1 FROM stream WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM stream WHERE name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'the stream exists'); END;

CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;

CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

CREATE TRIGGER event_is_next BEFORE INSERT ON event
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM event)
  OR NEW.revision IS NOT (SELECT coalesce(max(revision), -1) + 1 FROM event WHERE stream = NEW.stream)
  OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an event is only appended: its position, revision or id is not the next'); END;
`,
} as const;
