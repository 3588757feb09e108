import { apiError } from "./errors.ts";
import type { Past } from "./models.ts";

/** Elements that a page may have, by the connection's type. Events are read by machines in large pages. */
const pageSizesMax: Readonly<Record<string, number>> = { EventConnection: 1_000 };
const usualPageSizeMax = 200;

/** Elements of a page when nobody says how many. */
export const pageSizeUsual = 50;

/** Most elements in a page of a connection type, such as `MachineConnection`. */
export function pageSizeMax(connectionType: string): number {
  return pageSizesMax[connectionType] ?? usualPageSizeMax;
}

/** What a field was asked for. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A page to read, in one direction of an order. */
export interface PageRequest<Key> {
  /** One more than a page has, which tells whether another one follows. */
  readonly limit: number;
  /** Exclusive; `undefined`: from the beginning. */
  readonly after: Key | undefined;
  /** Exclusive; `undefined`: to the end. */
  readonly before: Key | undefined;
  /** Whether the last ones are wanted, instead of the first ones. They come in the same order. */
  readonly fromEnd: boolean;
}

/** A row with what names its place in the order. JSON can hold the key. */
export interface Placed<Row, Key> {
  readonly row: Row;
  readonly key: Key;
}

/** How a connection's cursors are made. */
export interface Paging<Key> {
  /** The connection's type, `MachineConnection`. */
  readonly type: string;
  /** What else a cursor belongs to, such as an order: a cursor of another one is refused. (Default: nothing) */
  readonly order?: string;
  readonly isKey: (value: unknown) => value is Key;
}

/** A page as the schema's connection types show it. */
export interface Page<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * Reads a page. A cursor holds the key of its row, so a page stays where it is while rows come and go around it.
 *
 * @throws GraphQLError `INPUT_INVALID` or `CURSOR_INVALID`
 */
export function readPage<Row, Key>(
  paging: Paging<Key>,
  args: PageArguments,
  read: (request: PageRequest<Key>) => readonly Placed<Row, Key>[],
): Page<Row> {
  const size = pageSize(paging.type, args);
  const after = keyOf(paging, "after", args.after);
  const before = keyOf(paging, "before", args.before);
  const fromEnd = isGiven(args.last);
  const found = read({ limit: size + 1, after, before, fromEnd });
  const more = found.length > size;
  const edges = (fromEnd ? found.slice(-size) : found.slice(0, size)).map(({ row, key }) => ({
    node: row,
    cursor: cursorOf(paging, key),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: (more && !fromEnd) || before !== undefined,
      hasPreviousPage: (more && fromEnd) || after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The same page with other nodes, which must be as many. */
export function withNodes<Row, Node, Like extends Page<Row>>(
  page: Like,
  nodes: readonly Node[],
): Omit<Like, "edges" | "nodes"> & Pick<Page<Node>, "edges" | "nodes"> {
  const edges = page.edges.flatMap(({ cursor }, index) => {
    const node = nodes[index];
    return node === undefined ? [] : [{ node, cursor }];
  });
  return { ...page, edges, nodes };
}

/** The same page of a look at the past, whose nodes know it; as it is when it is of now. */
export function inPast<Row extends object, Like extends Page<Row>>(page: Like, past: Past | undefined): Like {
  if (!past) return page;
  const then = (node: Row): Row => ({ ...node, past });
  const edges = page.edges.map(({ node, cursor }) => ({ node: then(node), cursor }));
  return { ...page, edges, nodes: page.nodes.map(then) };
}

/** For connections whose keys are places in the log. */
export function isOrdinal(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function pageSize(type: string, { first, last }: PageArguments): number {
  if (isGiven(first) && isGiven(last)) {
    throw apiError("INPUT_INVALID", "first and last are both given: a page is at one end", { field: "last" });
  }
  const [field, size] = isGiven(last)
    ? (["last", last] as const)
    : (["first", first ?? pageSizeUsual] as const);
  const most = pageSizeMax(type);
  if (size < 1 || size > most) {
    throw apiError("INPUT_INVALID", `${field} is ${size}: ask for 1 to ${most}`, { field });
  }
  return size;
}

function keyOf<Key>(paging: Paging<Key>, field: "after" | "before", cursor: string | null | undefined) {
  if (cursor === undefined || cursor === null) return undefined;
  const [type, order, key] = parseCursor(cursor);
  if (type !== paging.type || !paging.isKey(key)) {
    throw apiError("CURSOR_INVALID", `${field} is no cursor of this connection: take one of a page`, {
      field,
    });
  }
  if (order !== (paging.order ?? "")) {
    throw apiError(
      "CURSOR_INVALID",
      `${field} is a cursor of another order: begin again, or ask for that order`,
      {
        field,
      },
    );
  }
  return key;
}

function cursorOf<Key>({ type, order = "" }: Paging<Key>, key: Key): string {
  return Buffer.from(JSON.stringify([type, order, key])).toString("base64url");
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

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
