/** A query that does not fit its collection: the caller's mistake, told in the caller's words. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  readonly code = "QUERY_INVALID";
}
