import { type AccessRoleDefinition, builtInRoles } from "../../domain/access/built-in-roles.ts";
import type { Rights } from "../../domain/access/rights.ts";
import type { Collection } from "../../projections/query/collection.ts";
import { memoryCollection } from "../../projections/query/memory-collection.ts";
import type { SearchColumns } from "../../projections/query/search.ts";
import type { Caller } from "./caller.ts";
import type { IssuedToken, KnownPrincipal } from "./known-access.ts";
import type { AccessRegistry } from "./registry.ts";

/** A principal as people and the API see it. */
export interface PrincipalRow {
  readonly principalId: string;
  readonly principal: KnownPrincipal;
  readonly rights: Rights;
}

/** A token as people and the API see it: without a digest, which is nobody's business. */
export interface TokenRow extends IssuedToken {
  readonly name: string | null;
  readonly state: "active" | "expired" | "revoked";
  /** Milliseconds UTC; null: it does not expire. */
  readonly expiresAtMs: number | null;
  /** Milliseconds UTC; null: no use was recorded. */
  readonly usedAtMs: number | null;
}

/** An access role, built in or defined here. */
export interface RoleRow extends AccessRoleDefinition {
  readonly name: string;
  readonly builtIn: boolean;
  readonly withdrawn: boolean;
  /** Of its stream's last event; `undefined`: it is built in. */
  readonly revision: number | undefined;
}

/** What one caller may see of access. */
export interface AccessViews {
  readonly principals: Collection<PrincipalRow> & SearchColumns;
  readonly tokens: Collection<TokenRow> & SearchColumns;
  readonly roles: Collection<RoleRow> & SearchColumns;
  /** The caller itself, whom everybody may see. */
  readonly self: () => { readonly principal: PrincipalRow | undefined; readonly token: TokenRow | undefined };
}

export interface AccessViewsOptions {
  /** Of now, or of a moment in the past. */
  readonly registry: Pick<AccessRegistry, "known" | "rightsOf">;
  readonly caller: Caller;
  readonly clock: () => Date;
  /** Called before anything is read; it throws when the caller may neither see nor manage access. */
  readonly need: () => void;
}

/**
 * Principals, tokens and roles for a caller who may see or manage them. They are few, and in memory because every request is judged by them.
 */
export function accessViews({ registry, caller, clock, need }: AccessViewsOptions): AccessViews {
  const { known } = registry;

  function principalRow(principalId: string): PrincipalRow | undefined {
    const principal = known.principals.get(principalId);
    return principal && { principalId, principal, rights: registry.rightsOf(principalId) };
  }

  function tokenRow(tokenId: string): TokenRow | undefined {
    const issued = known.tokens.get(tokenId);
    const token = issued && known.principals.get(issued.principalId)?.tokens.get(tokenId);
    if (!token) return undefined;
    const { name, expiresAtMs, usedAtMs, revoked } = token;
    const isOver = expiresAtMs !== null && expiresAtMs <= clock().getTime();
    const state = revoked ? "revoked" : isOver ? "expired" : "active";
    return { ...issued, name, expiresAtMs, usedAtMs, state };
  }

  function seen<Row>(
    ids: () => Iterable<string>,
    rowOf: (id: string) => Row | undefined,
  ): () => readonly Row[] {
    return () => {
      need();
      return [...ids()].map(rowOf).filter((row) => row !== undefined);
    };
  }

  return {
    principals: memoryCollection(
      principalSource,
      seen(() => known.principals.keys(), principalRow),
    ),
    tokens: memoryCollection(
      tokenSource,
      seen(() => known.tokens.keys(), tokenRow),
    ),
    roles: memoryCollection(
      roleSource,
      seen(
        () => [...builtInRoles.keys(), ...known.roles.keys()],
        (name) => roleRow(name, registry),
      ),
    ),
    self: () => ({ principal: principalRow(caller.principalId), token: tokenRow(caller.tokenId) }),
  };
}

function roleRow(name: string, { known }: Pick<AccessRegistry, "known">): RoleRow | undefined {
  const builtIn = builtInRoles.get(name);
  if (builtIn) return { ...builtIn, name, builtIn: true, withdrawn: false, revision: undefined };
  const role = known.roles.get(name);
  if (!role || role.status === "absent") return undefined;
  const { revision } = role;
  const definition = role.status === "defined" ? role : { description: "", rules: [] };
  return {
    name,
    description: definition.description,
    rules: definition.rules,
    builtIn: false,
    withdrawn: role.status === "withdrawn",
    revision,
  };
}

const principalSource = {
  columns: {
    principalId: { kind: "id" },
    name: { kind: "text", ordered: true },
    kind: { kind: "enum", values: ["person", "service"], faceted: true },
    disabled: { kind: "boolean", faceted: true },
    role: { kind: "text", many: true, faceted: true },
    addedAt: { kind: "time", ordered: true },
  },
  aliases: { id: "principalId", added: "addedAt" },
  bareWord: "name",
  defaultOrder: { column: "name", descending: false },
  idOf: ({ principalId }: PrincipalRow) => principalId,
  factsOf: ({ principalId, principal }: PrincipalRow) => ({
    principalId,
    name: principal.name,
    kind: principal.kind,
    disabled: principal.disabled,
    role: [...principal.roles],
    addedAt: principal.addedAtMs,
  }),
} as const;

const tokenSource = {
  columns: {
    tokenId: { kind: "id" },
    name: { kind: "text", ordered: true },
    principal: { kind: "id" },
    state: { kind: "enum", values: ["active", "expired", "revoked"], faceted: true },
    issuedAt: { kind: "time", ordered: true },
    expiresAt: { kind: "time", ordered: true },
    lastUsedAt: { kind: "time", ordered: true },
  },
  aliases: { id: "tokenId", issued: "issuedAt", expires: "expiresAt", used: "lastUsedAt" },
  bareWord: "name",
  defaultOrder: { column: "issuedAt", descending: false },
  idOf: ({ tokenId }: TokenRow) => tokenId,
  factsOf: (token: TokenRow) => ({
    tokenId: token.tokenId,
    name: token.name,
    principal: token.principalId,
    state: token.state,
    issuedAt: token.issuedAtMs,
    expiresAt: token.expiresAtMs,
    lastUsedAt: token.usedAtMs,
  }),
} as const;

const roleSource = {
  columns: {
    name: { kind: "text", ordered: true },
    builtIn: { kind: "boolean", faceted: true },
    withdrawn: { kind: "boolean", faceted: true },
    scope: { kind: "text", many: true, faceted: true },
  },
  aliases: {},
  bareWord: "name",
  defaultOrder: { column: "name", descending: false },
  idOf: ({ name }: RoleRow) => name,
  factsOf: ({ name, builtIn, withdrawn, rules }: RoleRow) => ({
    name,
    builtIn,
    withdrawn,
    scope: [...new Set(rules.flatMap(({ scopes }) => scopes))],
  }),
} as const;
