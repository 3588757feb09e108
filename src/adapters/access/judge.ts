import { rightsOfPrincipal } from "../../domain/access/directory.ts";
import { noRights, type Rights } from "../../domain/access/rights.ts";
import { isLive } from "../../domain/access/token-book.ts";
import type { Caller } from "./caller.ts";
import type { IssuedToken, KnownAccess } from "./known-access.ts";

/** Says what tokens and principals are worth at this moment. */
export interface Judge {
  /** Who a token stands for; `undefined` when it counts for nothing. */
  callerBy(issued: IssuedToken): Caller | undefined;
  /** Whether the token counts: not revoked, not expired, its principal not disabled. */
  counts(token: Pick<IssuedToken, "principalId" | "tokenId">): boolean;
  /** What the principal may do; nothing when there is no such principal. */
  rightsOf(principalId: string): Rights;
  /** To be called when what is known changed. */
  forget(): void;
}

export function createJudge(known: Omit<KnownAccess, "take">, clock: () => Date): Judge {
  const rightsNow = new Map<string, Rights>();

  function find({ principalId, tokenId }: Pick<IssuedToken, "principalId" | "tokenId">) {
    const principal = known.principals.get(principalId);
    const token = principal?.tokens.get(tokenId);
    return principal && token && { principal, token };
  }

  function counts(asked: Pick<IssuedToken, "principalId" | "tokenId">): boolean {
    const found = find(asked);
    return found !== undefined && !found.principal.disabled && isLive(found.token, clock().getTime());
  }

  function rightsOf(principalId: string): Rights {
    const principal = known.principals.get(principalId);
    if (!principal) return noRights;
    const rights = rightsNow.get(principalId) ?? rightsOfPrincipal(known, principal);
    rightsNow.set(principalId, rights);
    return rights;
  }

  return {
    callerBy(issued) {
      const found = counts(issued) ? find(issued) : undefined;
      if (!found) return undefined;
      const { principalId, tokenId } = issued;
      const { name, kind } = found.principal;
      const rights = () => (counts(issued) ? rightsOf(principalId) : noRights);
      return { principalId, name, kind, tokenId, expiresAtMs: found.token.expiresAtMs, rights };
    },
    counts,
    rightsOf,
    forget: () => rightsNow.clear(),
  };
}
