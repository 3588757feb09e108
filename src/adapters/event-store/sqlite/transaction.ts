import type { DatabaseSync } from "node:sqlite";

/** Runs `work` in one transaction: all of it is durable when this returns, or nothing happened. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // After a full disk SQLite has rolled back already, and ROLLBACK would hide the error that matters.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
