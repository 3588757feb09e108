import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { Sha256 } from "../values/sha256.ts";

/** Somebody or something that may use the API. */
export const PrincipalAdded = defineEvent("PrincipalAdded", {
  name: z.string().min(1).max(128),
  kind: z.enum(["person", "service"]),
});

/** A token was made and shown once. The log holds only its digest. */
export const AccessTokenIssued = defineEvent("AccessTokenIssued", {
  tokenId: z.uuid(),
  sha256: Sha256,
  expiresAtMs: z.int().nullable(),
});

/** The token opens nothing any more. */
export const AccessTokenRevoked = defineEvent("AccessTokenRevoked", { tokenId: z.uuid() });

const accessEvents = [PrincipalAdded, AccessTokenIssued, AccessTokenRevoked] as const;
export type AccessEvent = EventOf<(typeof accessEvents)[number]>;
export const accessCodec = eventCodec(accessEvents);

export function accessStream(principalId: string): string {
  return `access-${principalId}`;
}
