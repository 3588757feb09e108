import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { Sha256 } from "../values/sha256.ts";
import { AccessRoleName } from "../values/slug.ts";

/** Somebody or something that may use the API. */
export const PrincipalAdded = defineEvent("PrincipalAdded", {
  name: z.string().min(1).max(128),
  kind: z.enum(["person", "service"]),
});

/** The principal is the one that an identity provider (OpenID Connect) knows as `subject`. */
export const PrincipalLinked = defineEvent("PrincipalLinked", {
  issuer: z.string().min(1).max(1024),
  subject: z.string().min(1).max(255),
});

/** None of the principal's tokens opens anything, until it is enabled again. */
export const PrincipalDisabled = defineEvent("PrincipalDisabled", {});

/** The principal's tokens count again, those that neither ended nor were revoked. */
export const PrincipalEnabled = defineEvent("PrincipalEnabled", {});

/** A token was made and shown once. The log holds only its digest. */
export const AccessTokenIssued = defineEvent(
  "AccessTokenIssued",
  {
    tokenId: z.uuid(),
    sha256: Sha256,
    expiresAtMs: z.int().nullable(),
    /** What people call the token, for example the machine that it lies on. */
    name: z.string().min(1).max(128).nullable(),
  },
  { upcasters: [(data) => ({ ...data, name: null })] },
);

/** The token opened the API. Recorded at most once in 24 hours of each token. */
export const AccessTokenUsed = defineEvent("AccessTokenUsed", { tokenId: z.uuid(), usedAtMs: z.int() });

/** The token opens nothing any more. */
export const AccessTokenRevoked = defineEvent("AccessTokenRevoked", { tokenId: z.uuid() });

/** The principal may do what the role says, built in or `accessrole-<name>`, today and as it will change. */
export const AccessRoleGranted = defineEvent("AccessRoleGranted", { role: AccessRoleName });

/** The principal does not have the role any more. */
export const AccessRoleRevoked = defineEvent("AccessRoleRevoked", { role: AccessRoleName });

const accessEvents = [
  PrincipalAdded,
  PrincipalLinked,
  PrincipalDisabled,
  PrincipalEnabled,
  AccessTokenIssued,
  AccessTokenUsed,
  AccessTokenRevoked,
  AccessRoleGranted,
  AccessRoleRevoked,
] as const;
export type AccessEvent = EventOf<(typeof accessEvents)[number]>;
export const accessCodec = eventCodec(accessEvents);

const streamPrefix = "access-";

export function accessStream(principalId: string): string {
  return streamPrefix + principalId;
}

/** The principal that a stream `access-<id>` is about. */
export function principalIdOf(stream: string): string {
  return stream.slice(streamPrefix.length);
}
