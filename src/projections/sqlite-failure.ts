/** Whether a file failed, or its disk: nothing that an event or the code that applies it could have caused. */
export function isOfSqlite(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number";
}

/** SQLite's primary result codes for a file whose contents make no sense: SQLITE_CORRUPT and SQLITE_NOTADB. */
export function isDamage(error: unknown): boolean {
  if (!isOfSqlite(error)) return false;
  const primary = error.errcode & 0xff;
  return primary === 11 || primary === 26;
}
