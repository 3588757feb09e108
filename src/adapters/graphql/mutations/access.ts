import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type AccessCommand, AccessName } from "../../../domain/access/commands.ts";
import { accessStream } from "../../../domain/access/events.ts";
import { AccessRoleName } from "../../../domain/values/slug.ts";
import { mintToken, tokenDigest } from "../../access/token.ts";
import type {
  IssueTokenPayloadResolvers,
  PrincipalPayloadResolvers,
  RevokeTokenPayloadResolvers,
} from "../__generated__/resolvers.ts";
import type { IssueTokenOutcome, Outcome, PrincipalOutcome, TokenOutcome } from "../models.ts";
import { type NodeType, nodeName } from "../node-id.ts";
import { principalKindNames, wordOf } from "../resolvers/names.ts";
import { type Asked, mutation } from "./mutation.ts";
import { outcomeOf, refused } from "./request.ts";
import { type FieldNames, userError } from "./user-errors.ts";

const principalId = reference("Principal");
const RoleOfPrincipal = z.object({ principalId, role: AccessRoleName });

const PrincipalInput = z.object({
  name: AccessName,
  kind: z.enum(Object.values(principalKindNames)).transform((kind) => wordOf(principalKindNames, kind)),
});
const TokenInput = z.object({ principalId, name: AccessName, expiresAt: z.int().nullish() });
const TokenReference = z.object({ tokenId: reference("AccessToken") });

/** Mutations of principals and their tokens. */
export const accessMutations = {
  addPrincipal: managing("addPrincipal", PrincipalInput, (asked) =>
    send(asked, idOf(asked, "principal"), { type: "AddPrincipal", ...asked.value }),
  ),
  disablePrincipal: managing("disablePrincipal", z.object({ principalId }), (asked) =>
    send(asked, asked.value.principalId, { type: "DisablePrincipal" }),
  ),
  enablePrincipal: managing("enablePrincipal", z.object({ principalId }), (asked) =>
    send(asked, asked.value.principalId, { type: "EnablePrincipal" }),
  ),
  grantAccessRole: managing("grantAccessRole", RoleOfPrincipal, (asked) =>
    send(asked, asked.value.principalId, { type: "GrantAccessRole", role: asked.value.role }),
  ),
  revokeAccessRole: managing("revokeAccessRole", RoleOfPrincipal, (asked) =>
    send(asked, asked.value.principalId, { type: "RevokeAccessRole", role: asked.value.role }),
  ),
  issueToken: managing("issueToken", TokenInput, issueToken),
  revokeToken: managing("revokeToken", TokenReference, revokeToken),
};

export const PrincipalPayload: Pick<PrincipalPayloadResolvers, "principal"> = {
  principal: ({ principalId: id }, _args, { access }) =>
    (id === undefined ? undefined : access.principals.find(id)) ?? null,
};

export const IssueTokenPayload: Pick<IssueTokenPayloadResolvers, "token" | "secret" | "secretWasShown"> = {
  token: ({ tokenId }, _args, { access }) =>
    (tokenId === undefined ? undefined : access.tokens.find(tokenId)) ?? null,
  secret: ({ secret }) => secret ?? null,
  secretWasShown: ({ secretWasShown }) => secretWasShown ?? false,
};

export const RevokeTokenPayload: Pick<RevokeTokenPayloadResolvers, "token"> = {
  token: ({ tokenId }, _args, { access }) =>
    (tokenId === undefined ? undefined : access.tokens.find(tokenId)) ?? null,
};

/** The resolver of a mutation that takes the scope to manage access. */
function managing<Value, Extra extends object>(
  name: string,
  input: z.ZodType<Value>,
  act: (asked: Asked<Value>) => Promise<Outcome & Extra>,
) {
  return mutation<Value, Extra>({ name, scope: "access:manage", input }, act);
}

/** An opaque id of this type, or a bare one. */
function reference(type: NodeType) {
  return z
    .string()
    .max(256)
    .transform((id) => nodeName(type, id))
    .pipe(z.uuid("expected the id of an object of this kind, or a UUID"));
}

/** The same for the same request, so that a repetition finds what the first one made. */
function idOf({ request, context }: Asked<unknown>, of: string): string {
  return context.deriveId(request.context.meta.$causationId, of);
}

/** Where a role is what is at fault. */
const fieldNamesOfRole: FieldNames = {
  ACCESS_ROLE_UNKNOWN: "role",
  ESCALATION_REFUSED: "role",
  LAST_ADMIN: "role",
};

async function send(
  { request, context }: Asked<unknown>,
  id: string,
  command: AccessCommand,
): Promise<PrincipalOutcome> {
  const result = await context.commands.handleAccess(accessStream(id), command, request.context);
  const outcome = outcomeOf(request, result, "role" in command ? fieldNamesOfRole : {});
  return result.outcome === "accepted" ? { ...outcome, principalId: id } : outcome;
}

/** Makes a token. Only its digest goes to the log; the token itself to whoever asks, this once. */
async function issueToken(asked: Asked<z.infer<typeof TokenInput>>): Promise<IssueTokenOutcome> {
  const { value, request, context } = asked;
  const tokenId = idOf(asked, "token");
  const secret = mintToken(randomBytes);
  const sha256 = tokenDigest(secret);
  const { principalId: id, name, expiresAt: expiresAtMs = null } = value;
  const nowMs = context.clock().getTime();
  const command = { type: "IssueToken", tokenId, sha256, name, expiresAtMs, nowMs } as const;
  const result = await context.commands.handleAccess(accessStream(id), command, request.context);
  const outcome = outcomeOf(request, result);
  if (result.outcome === "rejected") return outcome;

  const { state } = result;
  const isNew = state.status === "present" && state.tokens.get(tokenId)?.sha256 === sha256;
  if (!isNew) return { ...outcome, tokenId, secretWasShown: true };
  return asked.isRehearsal ? outcome : { ...outcome, tokenId, secret };
}

async function revokeToken({
  value: { tokenId },
  request,
  context,
}: Asked<z.infer<typeof TokenReference>>): Promise<TokenOutcome> {
  const { access, refreshAccess, commands } = context;
  await refreshAccess();
  const token = access.tokens.find(tokenId);
  if (!token) {
    const message = `no principal has a token ${tokenId}: look up the token's id`;
    return refused(request, [userError({ code: "TOKEN_UNKNOWN", message })]);
  }
  const stream = accessStream(token.principalId);
  const result = await commands.handleAccess(stream, { type: "RevokeToken", tokenId }, request.context);
  const outcome = outcomeOf(request, result);
  return result.outcome === "accepted" ? { ...outcome, tokenId } : outcome;
}
