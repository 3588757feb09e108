import type { Sha256 } from "../values/sha256.ts";

/** A token as the log knows it: by the digest of its secret. */
export interface AccessToken {
  readonly sha256: Sha256;
  /** Milliseconds UTC; `null`: it does not expire. */
  readonly expiresAtMs: number | null;
  readonly name: string | null;
  readonly revoked: boolean;
  /** The last use that was recorded, milliseconds UTC; `null`: none was. */
  readonly usedAtMs: number | null;
}

/** Whether the token opens the API, as far as it depends on the token. */
export function isLive({ revoked, expiresAtMs }: AccessToken, nowMs: number): boolean {
  return !revoked && (expiresAtMs === null || nowMs < expiresAtMs);
}

/** The tokens that were ever issued to a principal, by id and in the order of their issue. */
export interface TokenBook extends Iterable<readonly [tokenId: string, token: AccessToken]> {
  get(tokenId: string): AccessToken | undefined;
  /** This book with one token more. */
  with(tokenId: string, token: AccessToken): TokenBook;
  /** This book after something happened to a token; it is the same when there is no such token. */
  changed(tokenId: string, change: Partial<AccessToken>): TokenBook;
}

type Tokens = ReadonlyMap<string, AccessToken>;

/** What happened to a token after what is in another book. */
interface Entry {
  readonly before: Book;
  readonly tokenId: string;
  readonly enter: (token: AccessToken | undefined) => AccessToken | undefined;
}

/** All tokens, or what is still to be entered. */
interface Book {
  content: { readonly tokens: Tokens } | Entry;
}

export const noTokens: TokenBook = tokenBook({ content: { tokens: new Map() } });

/**
 * Tokens are entered when somebody looks. Each login makes one, so a principal comes to have thousands; to copy all
 * of them for each would take seconds to read such a principal.
 */
function tokenBook(before: Book): TokenBook {
  return {
    get: (tokenId) => tokensIn(before).get(tokenId),
    [Symbol.iterator]: () => tokensIn(before).entries(),
    with: (tokenId, token) => tokenBook({ content: { before, tokenId, enter: () => token } }),
    changed: (tokenId, change) =>
      tokenBook({ content: { before, tokenId, enter: (token) => token && { ...token, ...change } } }),
  };
}

function tokensIn(book: Book): Tokens {
  const entries: Entry[] = [];
  let { content } = book;
  while ("before" in content) {
    entries.push(content);
    content = content.before.content;
  }
  if (entries.length === 0) return content.tokens;
  const tokens = new Map(content.tokens);
  for (const { tokenId, enter } of entries.reverse()) {
    const token = enter(tokens.get(tokenId));
    if (token) tokens.set(tokenId, token);
  }
  book.content = { tokens };
  return tokens;
}
