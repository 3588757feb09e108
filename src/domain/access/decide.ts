import { accept, type Decider, type Decision, reject } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import type { AccessRoleName } from "../values/slug.ts";
import type { AccessCommand } from "./commands.ts";
import { type AccessEvent, accessCodec } from "./events.ts";
import { absentPrincipal, evolve, type PresentPrincipal, type Principal } from "./state.ts";
import { isLive } from "./token-book.ts";

/** How far ahead the token of a person may end, milliseconds: 366 days. */
export const tokenLifeMaxMs = 366 * 24 * 3_600_000;

/** Most tokens of a principal that open the API at the same time. */
export const liveTokensMax = 100;

/** How long after a recorded use of a token the next one is not recorded, milliseconds: 24 hours. */
export const tokenUseEveryMs = 24 * 3_600_000;

/** Why access is not given or taken. */
export type AccessRejectionCode =
  /** The id belongs to a principal of another name or kind. */
  | "PRINCIPAL_EXISTS"
  /** No principal has this id. */
  | "PRINCIPAL_UNKNOWN"
  /** The principal is disabled. */
  | "PRINCIPAL_DISABLED"
  /** The token id was used for another token. */
  | "TOKEN_EXISTS"
  /** The principal has no such token. */
  | "TOKEN_UNKNOWN"
  /** The principal has 100 tokens that count. */
  | "TOKENS_TOO_MANY"
  /** The token would end in the past, too far ahead, or never. */
  | "TOKEN_EXPIRY_INVALID";

type AccessDecision = Decision<AccessEvent, AccessRejectionCode>;
type CommandOf<Type extends AccessCommand["type"]> = Extract<AccessCommand, { type: Type }>;

const accessDecider: Decider<Principal, AccessCommand, AccessEvent, AccessRejectionCode> = {
  initial: absentPrincipal,
  decide(command, principal) {
    if (command.type === "AddPrincipal") return addPrincipal(command, principal);
    if (principal.status === "absent") {
      return reject("PRINCIPAL_UNKNOWN", "no principal has this id: add the principal first");
    }
    switch (command.type) {
      case "DisablePrincipal":
        return principal.disabled ? accept() : accept({ type: "PrincipalDisabled", data: {} });
      case "EnablePrincipal":
        return principal.disabled ? accept({ type: "PrincipalEnabled", data: {} }) : accept();
      case "IssueToken":
        return issueToken(command, principal);
      case "RecordTokenUse":
        return recordTokenUse(command, principal);
      case "RevokeToken":
        return revokeToken(command, principal);
      case "GrantAccessRole":
        return setRoles(principal, [...principal.roles, command.role]);
      case "RevokeAccessRole":
        return setRoles(
          principal,
          [...principal.roles].filter((role) => role !== command.role),
        );
      case "SetAccessRoles":
        return setRoles(principal, command.roles);
    }
  },
  evolve,
};

/** Streams `access-<principal id>`. */
export const accessKind: StreamKind<Principal, AccessCommand, AccessEvent, AccessRejectionCode> = {
  decider: accessDecider,
  codec: accessCodec,
};

function addPrincipal(
  { name, kind, identity }: CommandOf<"AddPrincipal">,
  principal: Principal,
): AccessDecision {
  if (principal.status === "present") {
    if (principal.name === name && principal.kind === kind) return accept();
    return reject(
      "PRINCIPAL_EXISTS",
      `the id belongs to ${principal.kind} ${principal.name}: use another id`,
    );
  }
  const added: AccessEvent = { type: "PrincipalAdded", data: { name, kind } };
  return identity ? accept<AccessEvent>(added, { type: "PrincipalLinked", data: identity }) : accept(added);
}

function issueToken(
  { nowMs, mostOfName = Number.POSITIVE_INFINITY, type: _type, ...asked }: CommandOf<"IssueToken">,
  principal: PresentPrincipal,
): AccessDecision {
  const { tokenId, sha256, expiresAtMs, name } = asked;
  const issued = principal.tokens.get(tokenId);
  if (issued) {
    if (issued.sha256 === sha256 && issued.expiresAtMs === expiresAtMs) return accept();
    return reject("TOKEN_EXISTS", `token id ${tokenId} belongs to another token: use a new id`);
  }
  if (principal.disabled) {
    return reject("PRINCIPAL_DISABLED", `${principal.name} is disabled: enable the principal first`);
  }
  const problem = expiryProblem(principal, expiresAtMs, nowMs);
  if (problem !== undefined) return reject("TOKEN_EXPIRY_INVALID", problem);

  const live = [...principal.tokens].filter(([, token]) => isLive(token, nowMs));
  const ofName = live.filter(([, token]) => token.name === name);
  const replaced = ofName.slice(0, Math.max(0, ofName.length + 1 - mostOfName));
  if (live.length - replaced.length >= liveTokensMax) {
    const message = `${principal.name} has ${liveTokensMax} tokens that count: revoke one that is not needed`;
    return reject("TOKENS_TOO_MANY", message);
  }
  return accept<AccessEvent>(
    ...replaced.map(([id]) => ({ type: "AccessTokenRevoked", data: { tokenId: id } }) as const),
    { type: "AccessTokenIssued", data: asked },
  );
}

function expiryProblem({ kind }: PresentPrincipal, expiresAtMs: number | null, nowMs: number) {
  if (expiresAtMs !== null && expiresAtMs <= nowMs)
    return "the token would be over already: let it end later";
  if (kind === "service") return undefined;
  if (expiresAtMs === null) return "a person's token must end: say when, at most 366 days from now";
  if (expiresAtMs - nowMs <= tokenLifeMaxMs) return undefined;
  return "a person's token ends at most 366 days from now: let it end earlier";
}

function recordTokenUse(
  { tokenId, nowMs }: CommandOf<"RecordTokenUse">,
  principal: PresentPrincipal,
): AccessDecision {
  const token = principal.tokens.get(tokenId);
  if (!token) return unknownToken(principal, tokenId);
  if (token.usedAtMs !== null && nowMs - token.usedAtMs < tokenUseEveryMs) return accept();
  return accept({ type: "AccessTokenUsed", data: { tokenId, usedAtMs: nowMs } });
}

function revokeToken({ tokenId }: CommandOf<"RevokeToken">, principal: PresentPrincipal): AccessDecision {
  const token = principal.tokens.get(tokenId);
  if (!token) return unknownToken(principal, tokenId);
  return token.revoked ? accept() : accept({ type: "AccessTokenRevoked", data: { tokenId } });
}

function unknownToken({ name }: PresentPrincipal, tokenId: string): AccessDecision {
  return reject("TOKEN_UNKNOWN", `${name} has no token ${tokenId}: look up the token's id`);
}

/** What of the wanted roles is missing is granted, in their order; then what is not wanted is revoked. */
function setRoles({ roles }: PresentPrincipal, wanted: readonly AccessRoleName[]): AccessDecision {
  const target = new Set(wanted);
  const granted = [...target].filter((role) => !roles.has(role));
  const revoked = [...roles].filter((role) => !target.has(role));
  return accept<AccessEvent>(
    ...granted.map((role) => ({ type: "AccessRoleGranted", data: { role } }) as const),
    ...revoked.map((role) => ({ type: "AccessRoleRevoked", data: { role } }) as const),
  );
}
