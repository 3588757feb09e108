import { type AccessCommand, looksAlike } from "../../domain/access/commands.ts";
import { accessStream } from "../../domain/access/events.ts";
import type { AccessHandlers } from "../../domain/access/handlers.ts";
import type { Identity } from "../../domain/access/state.ts";
import type { Rejection } from "../../domain/decision.ts";
import { firstMeta } from "../../domain/event-meta.ts";
import type { AccessRoleName } from "../../domain/values/slug.ts";
import type { AccessRegistry } from "./registry.ts";
import { mintToken, tokenDigest } from "./token.ts";

export interface FederatedLoginOptions {
  /** With the rules about everybody, for the service itself: `desk.handlersFor(handlers, () => "system")`. */
  readonly handlers: Pick<AccessHandlers, "handleAccess">;
  readonly registry: Pick<AccessRegistry, "known" | "refresh">;
  readonly clock: () => Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** A UUIDv8 that is the same for the same cause and steps. */
  readonly deriveId: (cause: string, ...steps: readonly string[]) => string;
  readonly randomBytes: (size: number) => Buffer;
}

/** Somebody whom an identity provider vouches for. */
export interface FederatedPerson extends Identity {
  /** What the provider calls the person. */
  readonly displayName: string;
  /** Exactly the roles that the person has from now on. */
  readonly roles: readonly AccessRoleName[];
  /** How long the token is to count, hours. */
  readonly tokenHours: number;
  /** The network address that the login came from. */
  readonly sourceAddress?: string;
}

/** How a login ended. `token` is nowhere else: hand it over and forget it. */
export type FederatedLogin =
  | {
      readonly outcome: "accepted";
      readonly principalId: string;
      readonly tokenId: string;
      readonly token: string;
      /** Milliseconds UTC. */
      readonly expiresAtMs: number;
    }
  | { readonly outcome: "rejected"; readonly rejection: Rejection };

const hourMs = 3_600_000;

/** What the tokens of logins are called. */
const loginName = "login";

/** So many logins of a person count at the same time; one more ends the oldest. */
const loginsMax = 20;

const withoutRole: FederatedLogin = {
  outcome: "rejected",
  rejection: {
    code: "NO_ACCESS_ROLE",
    message: "nothing that the identity provider says gives an access role",
  },
};

/**
 * Lets somebody in whom an identity provider vouches for: finds the principal or adds it, sets its roles to
 * exactly those given, and issues a token. Whoever is to have no role gets no token and loses those they had;
 * nobody becomes a principal by that. Nothing undoes the earlier steps when a later one is refused: a
 * principal without a token opens nothing.
 */
export function createFederatedLogin(
  options: FederatedLoginOptions,
): (person: FederatedPerson) => Promise<FederatedLogin> {
  const { handlers, registry, clock, newId, deriveId, randomBytes } = options;

  /** The name when nobody else has it; otherwise with what tells its holders apart. */
  function nameFor(principalId: string, displayName: string): string {
    const known = registry.known.principals;
    const own = known.get(principalId);
    if (own) return own.name;
    const name = printable(displayName) || "somebody";
    const taken = [...known.values()].some((principal) => looksAlike(principal.name, name));
    return taken ? `${name} ${principalId.slice(-12)}` : name;
  }

  return async ({ issuer, subject, displayName, roles, tokenHours, sourceAddress }) => {
    await registry.refresh();
    // Derived, so that a subject is one principal however many logins meet, and whatever it is called today.
    const principalId = deriveId(issuer, "subject", subject);
    const name = nameFor(principalId, displayName);
    const token = mintToken(randomBytes);
    const tokenId = newId();
    const nowMs = clock().getTime();
    const expiresAtMs = nowMs + tokenHours * hourMs;
    const commands: readonly AccessCommand[] = [
      { type: "AddPrincipal", name, kind: "person", identity: { issuer, subject } },
      { type: "SetAccessRoles", roles: [...roles] },
      {
        type: "IssueToken",
        tokenId,
        sha256: tokenDigest(token),
        expiresAtMs,
        name: loginName,
        nowMs,
        mostOfName: loginsMax,
      },
    ];
    const meta = {
      ...firstMeta({ actor: `user:${name}`, source: "graphql" }, newId()),
      ...(sourceAddress !== undefined && { sourceAddress }),
    };
    const isWelcome = roles.length > 0;
    if (!isWelcome && !registry.known.principals.has(principalId)) return withoutRole;
    for (const command of commands) {
      if (command.type === "IssueToken" && !isWelcome) return withoutRole;
      const result = await handlers.handleAccess(accessStream(principalId), command, { meta });
      if (result.outcome === "rejected") return { outcome: "rejected", rejection: result.rejection };
    }
    return { outcome: "accepted", principalId, tokenId, token, expiresAtMs };
  };
}

/** One line of at most 100 characters that prints. A provider's claims are anybody's text. */
function printable(text: string): string {
  return text
    .slice(0, 100)
    .replace(/[\p{C}\p{Z}\s]+/gu, " ")
    .trim();
}
