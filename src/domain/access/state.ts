import type { AccessRoleName } from "../values/slug.ts";
import type { AccessEvent } from "./events.ts";
import { noTokens, type TokenBook } from "./token-book.ts";

/** Who a principal is to an identity provider. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** Somebody or something that may use the API, with the tokens that were ever issued to it. */
export type Principal = { readonly status: "absent" } | PresentPrincipal;

/** A principal that was added. */
export interface PresentPrincipal {
  readonly status: "present";
  readonly name: string;
  readonly kind: "person" | "service";
  /** `null`: no identity provider speaks for it. */
  readonly identity: Identity | null;
  readonly disabled: boolean;
  /** The roles that it has now. */
  readonly roles: ReadonlySet<AccessRoleName>;
  /** Whether a role was ever granted to it: false only in logs from before there were roles. */
  readonly hadRoles: boolean;
  readonly tokens: TokenBook;
}

export const absentPrincipal: Principal = { status: "absent" };

export function evolve(principal: Principal, event: AccessEvent): Principal {
  if (event.type === "PrincipalAdded") return added(event.data);
  if (principal.status === "absent") {
    throw new Error(`${event.type} cannot come before PrincipalAdded: verify the log`);
  }
  const { tokens } = principal;
  switch (event.type) {
    case "PrincipalLinked":
      return { ...principal, identity: event.data };
    case "PrincipalDisabled":
      return { ...principal, disabled: true };
    case "PrincipalEnabled":
      return { ...principal, disabled: false };
    case "AccessTokenIssued": {
      const { tokenId, ...issued } = event.data;
      const token = { ...issued, revoked: false, usedAtMs: null };
      return { ...principal, tokens: tokens.with(tokenId, token) };
    }
    case "AccessTokenUsed":
      return { ...principal, tokens: tokens.changed(event.data.tokenId, { usedAtMs: event.data.usedAtMs }) };
    case "AccessTokenRevoked":
      return { ...principal, tokens: tokens.changed(event.data.tokenId, { revoked: true }) };
    case "AccessRoleGranted":
      return { ...principal, hadRoles: true, roles: new Set(principal.roles).add(event.data.role) };
    case "AccessRoleRevoked": {
      const { role } = event.data;
      return { ...principal, roles: new Set([...principal.roles].filter((held) => held !== role)) };
    }
  }
}

function added({ name, kind }: Pick<PresentPrincipal, "name" | "kind">): PresentPrincipal {
  return {
    status: "present",
    name,
    kind,
    identity: null,
    disabled: false,
    roles: new Set(),
    hadRoles: false,
    tokens: noTokens,
  };
}
