import type { AccessRoleName } from "../../domain/values/slug.ts";
import type { Claims } from "./provider.ts";

/** Claims that name a person to people, best first (OpenID Connect Core s. 5.1). */
const nameClaims = ["preferred_username", "name", "email"];

export interface RoleMapping {
  /** The claim that says in which groups somebody is. */
  readonly rolesClaim: string;
  /** The access role of each group. */
  readonly roles: Readonly<Record<string, AccessRoleName>>;
}

/** Somebody whom a provider vouches for, as the service sees it. */
export interface VouchedPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly displayName: string;
  /** In the order of the mapping, each once. */
  readonly roles: readonly AccessRoleName[];
}

/** What the claims say in the service's own words. Groups that map to no role give none. */
export function personOf(claims: Claims, { rolesClaim, roles }: RoleMapping): VouchedPerson {
  const claimed = claims[rolesClaim];
  const groups = new Set<unknown>(Array.isArray(claimed) ? claimed : [claimed]);
  const given = Object.entries(roles).filter(([group]) => groups.has(group));
  const name = nameClaims.map((claim) => claims[claim]).find((value) => typeof value === "string");
  return {
    issuer: claims.iss,
    subject: claims.sub,
    displayName: String(name ?? claims.sub),
    roles: [...new Set(given.map(([, role]) => role))],
  };
}
