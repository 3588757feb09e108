import type { Directory } from "../../domain/access/directory.ts";
import { AccessTokenUsed, accessCodec, principalIdOf } from "../../domain/access/events.ts";
import { type AccessRole, absentRole, accessRoleKind } from "../../domain/access/role.ts";
import { accessRoleCodec, accessRoleNameOf } from "../../domain/access/role-events.ts";
import { absentPrincipal, evolve, type PresentPrincipal } from "../../domain/access/state.ts";
import type { EventReader, Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import { categoryOf } from "../../domain/values/category.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";

/** Of a page of the log. */
const pageSize = 1_000;

/** Where everything about principals, tokens and roles is. */
export const accessFilter = { categories: ["access", "accessrole"] };

/** A principal with what the log adds to what deciding needs. */
export interface KnownPrincipal extends PresentPrincipal {
  /** Of its stream's last event. */
  readonly revision: number;
  /** Milliseconds UTC. */
  readonly addedAtMs: number;
}

/** A role that was defined here, with what the log adds. */
export type KnownRole = AccessRole & {
  readonly revision: number;
};

/** Whose a token is, and since when. */
export interface IssuedToken {
  readonly principalId: string;
  readonly tokenId: string;
  /** Milliseconds UTC. */
  readonly issuedAtMs: number;
}

/** Everybody, every token and every role as the log tells, up to a place in it. */
export interface KnownAccess extends Directory {
  /** In the order in which they were added. */
  readonly principals: ReadonlyMap<string, KnownPrincipal>;
  readonly roles: ReadonlyMap<string, KnownRole>;
  /** By token id, in the order in which they were issued, those that are over too. */
  readonly tokens: ReadonlyMap<string, IssuedToken>;
  /** By the digest of its text. */
  readonly tokenOf: (digest: Sha256) => IssuedToken | undefined;
  /** How far the log was read; `undefined`: it was empty. */
  readonly position: () => Position | undefined;
  /**
   * Takes events in, in the order of the log. Those that are known already are passed over. Returns whether one of
   * the others changes what anybody may do.
   */
  readonly take: (page: {
    readonly events: readonly RecordedEvent[];
    readonly position: Position | undefined;
  }) => boolean;
}

export function createKnownAccess(): KnownAccess {
  const principals = new Map<string, KnownPrincipal>();
  const roles = new Map<string, KnownRole>();
  const tokens = new Map<string, IssuedToken>();
  const byDigest = new Map<Sha256, IssuedToken>();
  let position: Position | undefined;

  function takePrincipal(recorded: RecordedEvent): void {
    const { stream, revision, time } = recorded;
    const principalId = principalIdOf(stream);
    const event = accessCodec.read(recorded);
    const known = principals.get(principalId);
    const principal = evolve(known ?? absentPrincipal, event);
    if (principal.status === "absent") return;
    principals.set(principalId, { ...principal, revision, addedAtMs: known?.addedAtMs ?? time });
    if (event.type !== "AccessTokenIssued") return;
    const { tokenId, sha256 } = event.data;
    const issued = { principalId, tokenId, issuedAtMs: time };
    tokens.set(tokenId, issued);
    byDigest.set(sha256, issued);
  }

  function takeRole(recorded: RecordedEvent): void {
    const name = accessRoleNameOf(recorded.stream);
    const role = roles.get(name) ?? absentRole;
    const changed = accessRoleKind.decider.evolve(role, accessRoleCodec.read(recorded));
    roles.set(name, { ...changed, revision: recorded.revision });
  }

  return {
    principals,
    roles,
    tokens,
    tokenOf: (digest) => byDigest.get(digest),
    position: () => position,
    take(page) {
      const known = position;
      const news = page.events.filter((event) => known === undefined || event.position > known);
      for (const recorded of news) {
        if (categoryOf(recorded.stream) === "access") takePrincipal(recorded);
        else takeRole(recorded);
      }
      if (position === undefined || (page.position !== undefined && page.position > position)) {
        position = page.position;
      }
      return news.some(({ type }) => type !== AccessTokenUsed.type);
    },
  };
}

/** Reads the log to its end, as it is now. Returns whether that changes what anybody may do. */
export async function catchUp(known: KnownAccess, reader: Pick<EventReader, "readAll">): Promise<boolean> {
  let news = false;
  for (;;) {
    const page = await reader.readAll({ after: known.position(), limit: pageSize, filter: accessFilter });
    news = known.take(page) || news;
    if (page.caughtUp) return news;
  }
}
