import { accept, type Decider, type Decision, reject } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import type { AccessCommand } from "./commands.ts";
import { type AccessEvent, accessCodec } from "./events.ts";
import { absentPrincipal, evolve, type Principal } from "./state.ts";

/** Why access is not given or taken. */
type AccessRejectionCode =
  /** The id belongs to a principal of another name or kind. */
  | "PRINCIPAL_EXISTS"
  /** No principal has this id. */
  | "PRINCIPAL_UNKNOWN"
  /** The token id was used for another token. */
  | "TOKEN_EXISTS"
  /** The principal has no such token. */
  | "TOKEN_UNKNOWN";

type AccessDecision = Decision<AccessEvent, AccessRejectionCode>;
type CommandOf<Type extends AccessCommand["type"]> = Extract<AccessCommand, { type: Type }>;
type Present = Extract<Principal, { status: "present" }>;

const accessDecider: Decider<Principal, AccessCommand, AccessEvent, AccessRejectionCode> = {
  initial: absentPrincipal,
  decide(command, principal) {
    if (command.type === "AddPrincipal") return addPrincipal(command, principal);
    if (principal.status === "absent") {
      return reject("PRINCIPAL_UNKNOWN", "no principal has this id: add the principal first");
    }
    switch (command.type) {
      case "IssueToken":
        return issueToken(command, principal);
      case "RevokeToken":
        return revokeToken(command, principal);
    }
  },
  evolve,
};

/** Streams `access-<principal id>`. */
export const accessKind: StreamKind<Principal, AccessCommand, AccessEvent, AccessRejectionCode> = {
  decider: accessDecider,
  codec: accessCodec,
};

function addPrincipal({ name, kind }: CommandOf<"AddPrincipal">, principal: Principal): AccessDecision {
  if (principal.status === "absent") return accept({ type: "PrincipalAdded", data: { name, kind } });
  if (principal.name === name && principal.kind === kind) return accept();
  return reject("PRINCIPAL_EXISTS", `the id belongs to ${principal.kind} ${principal.name}: use another id`);
}

function issueToken(
  { tokenId, sha256, expiresAtMs }: CommandOf<"IssueToken">,
  principal: Present,
): AccessDecision {
  const issued = principal.tokens.get(tokenId);
  if (!issued) return accept({ type: "AccessTokenIssued", data: { tokenId, sha256, expiresAtMs } });
  if (issued.sha256 === sha256 && issued.expiresAtMs === expiresAtMs) return accept();
  return reject("TOKEN_EXISTS", `token id ${tokenId} belongs to another token: use a new id`);
}

function revokeToken({ tokenId }: CommandOf<"RevokeToken">, principal: Present): AccessDecision {
  const token = principal.tokens.get(tokenId);
  if (!token) {
    return reject("TOKEN_UNKNOWN", `${principal.name} has no token ${tokenId}: look up the token's id`);
  }
  return token.revoked ? accept() : accept({ type: "AccessTokenRevoked", data: { tokenId } });
}
