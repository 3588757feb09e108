import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Position } from "../domain/ports/event-store.ts";
import { checkpointLoader } from "./checkpoint.ts";
import type { SqlRow, SqlValue } from "./table.ts";

/** A prepared statement that stays valid when the file behind it is replaced. */
export interface ViewStatement {
  get(...parameters: readonly SqlValue[]): SqlRow | undefined;
  all(...parameters: readonly SqlValue[]): readonly SqlRow[];
}

/**
 * A read-only way into a view. Readers keep it for as long as they like: after a rebuild its statements run on
 * the new file. What is read without an `await` in between comes from one position.
 */
export interface ViewConnection {
  prepare(sql: string): ViewStatement;
  /** The last event that the rows contain; `undefined` before the first. */
  position(): Position | undefined;
  /** Whether rows are to be found without indexes of the searched table, and no values are counted. (Default: false) */
  readonly isPlain?: boolean;
}

/** The side of a connection that the projector holds. */
export interface SwitchableConnection extends ViewConnection {
  /** Opens the file that is to be read next. @throws Error of node:sqlite */
  openNext(path: string): NextFile;
  close(): void;
}

/** A file that is open and not read yet. */
export interface NextFile {
  /** It is read from now on. When this returns, no connection to the file before is open here. */
  read(): void;
  /** It is not needed any more, unless it is read. */
  close(): void;
}

interface Opened {
  readonly database: DatabaseSync;
  readonly loadCheckpoint: ReturnType<typeof checkpointLoader>;
}

/** Opens a view's file for reading. A writer must have it open. */
export function openViewConnection(path: string): SwitchableConnection {
  let opened = openForReading(path);

  return {
    prepare(sql) {
      let statement = opened.database.prepare(sql);
      let preparedOn = opened;
      const current = (): StatementSync => {
        if (preparedOn !== opened) {
          statement = opened.database.prepare(sql);
          preparedOn = opened;
        }
        return statement;
      };
      return {
        get: (...parameters) => current().get(...parameters) as SqlRow | undefined,
        all: (...parameters) => current().all(...parameters) as SqlRow[],
      };
    },
    position: () => opened.loadCheckpoint().last?.position,
    openNext(next) {
      const toCome = openForReading(next);
      return {
        read() {
          const before = opened;
          opened = toCome;
          before.database.close();
        },
        close() {
          if (opened !== toCome) toCome.database.close();
        },
      };
    },
    close: () => opened.database.close(),
  };
}

/** The same connection, which asks before each statement runs whether it may, by whatever `refuse` throws. */
export function refusing(connection: ViewConnection, refuse: () => void): ViewConnection {
  return {
    prepare(sql) {
      const statement = connection.prepare(sql);
      return {
        get(...parameters) {
          refuse();
          return statement.get(...parameters);
        },
        all(...parameters) {
          refuse();
          return statement.all(...parameters);
        },
      };
    },
    position() {
      refuse();
      return connection.position();
    },
  };
}

function openForReading(path: string): Opened {
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec("PRAGMA busy_timeout = 5000");
  return { database, loadCheckpoint: checkpointLoader(database) };
}
