import { apiError } from "./errors.ts";

/** Elements that a page may have, by the connection's type. Events are read by machines in large pages. */
const pageSizesMax: Readonly<Record<string, number>> = { EventConnection: 1_000 };
const usualPageSizeMax = 200;

/** Most elements in a page of a connection type, such as `MachineConnection`. */
export function pageSizeMax(connectionType: string): number {
  return pageSizesMax[connectionType] ?? usualPageSizeMax;
}

/** What a field was asked for. */
export interface PageArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A value of a cursor: what the next page starts behind. */
export type CursorKey = string | number;

/** A page to read. */
export interface PageRequest<Key extends CursorKey> {
  readonly first: number;
  /** Exclusive; `undefined`: from the beginning. */
  readonly after: Key | undefined;
}

/** How a connection's cursors are made. */
export interface Paging<Row, Key extends CursorKey> {
  /** The connection's type, `MachineConnection`. Part of each cursor, so that no other takes it. */
  readonly type: string;
  readonly keyOf: (row: Row) => Key;
  readonly isKey: (value: unknown) => value is Key;
}

/** A page as the schema's connection types show it. */
export interface Connection<Row> {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * Reads a page. `read` is asked for one row more than `first`, which tells whether another page follows.
 *
 * A cursor holds the key of its row, so a page stays where it is while rows come and go around it.
 *
 * @throws GraphQLError `INPUT_INVALID` or `CURSOR_INVALID`
 */
export function readPage<Row, Key extends CursorKey>(
  paging: Paging<Row, Key>,
  page: PageArguments,
  read: (request: PageRequest<Key>) => readonly Row[],
): Connection<Row> {
  const request = pageRequest(paging, page);
  const rows = read({ ...request, first: request.first + 1 });
  const nodes = rows.slice(0, request.first);
  const edges = nodes.map((node) => ({ node, cursor: cursorOf(paging, node) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > nodes.length,
      hasPreviousPage: request.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** For connections whose keys are places in the log. */
export function isOrdinal(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function pageRequest<Row, Key extends CursorKey>(
  { type, isKey }: Paging<Row, Key>,
  { first, after }: PageArguments,
): PageRequest<Key> {
  const most = pageSizeMax(type);
  if (first < 1 || first > most) {
    throw apiError("INPUT_INVALID", `first is ${first}: ask for 1 to ${most}`);
  }
  if (after === undefined || after === null) return { first, after: undefined };
  const [cursorType, key] = parseCursor(after);
  if (cursorType !== type || !isKey(key)) {
    throw apiError("CURSOR_INVALID", "after is no cursor of this connection: take the endCursor of a page");
  }
  return { first, after: key };
}

function cursorOf<Row, Key extends CursorKey>({ type, keyOf }: Paging<Row, Key>, row: Row): string {
  return Buffer.from(JSON.stringify([type, keyOf(row)])).toString("base64url");
}

function parseCursor(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    // Whatever is no JSON is no cursor of ours: the caller is told so.
    return [];
  }
}
