/** SQLite's primary result codes that this adapter tells apart (sqlite.org/rescode.html). */
export const sqliteCode = { busy: 5, ioError: 10, full: 13, corrupt: 11, notADatabase: 26 } as const;

/** The primary result code of an error of `node:sqlite`; `undefined` for any other error. */
export function sqliteCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return undefined;
  return error.errcode & 0xff;
}

/** Whether SQLite says that the file is not, or no longer, a database. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCodeOf(error);
  return code === sqliteCode.corrupt || code === sqliteCode.notADatabase;
}

/** Whether the disk failed to read. SQLite says of some errors of the system, EIO among them, that the file is damaged. */
export function isReadError(error: unknown): boolean {
  return sqliteCodeOf(error) === sqliteCode.ioError || isDamage(error);
}

/** What went wrong, for a person: SQLite's words and its extended code. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "errcode" in error ? `${error.message} (SQLite error ${error.errcode})` : error.message;
}
