import type { Sha256 } from "../values/sha256.ts";
import type { AccessEvent } from "./events.ts";

/** A token as the log knows it: by the digest of its secret. */
interface AccessToken {
  readonly sha256: Sha256;
  /** Milliseconds UTC; `null`: it does not expire. */
  readonly expiresAtMs: number | null;
  readonly revoked: boolean;
}

/** Somebody or something that may use the API, with the tokens that were ever issued to it. */
export type Principal =
  | { readonly status: "absent" }
  | {
      readonly status: "present";
      readonly name: string;
      readonly kind: "person" | "service";
      /** By token id. */
      readonly tokens: ReadonlyMap<string, AccessToken>;
    };

export const absentPrincipal: Principal = { status: "absent" };

export function evolve(principal: Principal, event: AccessEvent): Principal {
  if (event.type === "PrincipalAdded") return { status: "present", ...event.data, tokens: new Map() };
  if (principal.status === "absent") {
    throw new Error(`${event.type} cannot come before PrincipalAdded: verify the log`);
  }
  switch (event.type) {
    case "AccessTokenIssued": {
      const { tokenId, sha256, expiresAtMs } = event.data;
      return withToken(principal, tokenId, { sha256, expiresAtMs, revoked: false });
    }
    case "AccessTokenRevoked": {
      const token = principal.tokens.get(event.data.tokenId);
      return token ? withToken(principal, event.data.tokenId, { ...token, revoked: true }) : principal;
    }
  }
}

function withToken(
  principal: Extract<Principal, { status: "present" }>,
  tokenId: string,
  token: AccessToken,
): Principal {
  return { ...principal, tokens: new Map(principal.tokens).set(tokenId, token) };
}
