import { z } from "zod";
import { Sha256 } from "../values/sha256.ts";
import { AccessRoleName } from "../values/slug.ts";
import { AccessRule, LabelSelector } from "./rule.ts";

/** What a principal or a token is called: one line that prints. It becomes part of the actor of events. */
export const AccessName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "expected no control characters and no line breaks")
  .regex(/^\S(?:.*\S)?$/u, "expected no blank at an end");

/** Whether people take one name for the other: they differ in case, or in how Unicode writes the same text. */
export function looksAlike(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** Most roles of one principal. */
const rolesMax = 64;

export const AccessCommand = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("AddPrincipal"),
    name: AccessName,
    kind: z.enum(["person", "service"]),
    /** Who it is to an identity provider; left out: no identity provider speaks for it. */
    identity: z
      .strictObject({ issuer: z.string().min(1).max(1024), subject: z.string().min(1).max(255) })
      .optional(),
  }),
  z.strictObject({ type: z.literal("DisablePrincipal") }),
  z.strictObject({ type: z.literal("EnablePrincipal") }),
  z.strictObject({
    type: z.literal("IssueToken"),
    tokenId: z.uuid(),
    sha256: Sha256,
    expiresAtMs: z.int().nullable(),
    name: AccessName.nullable(),
    /** Now, milliseconds UTC: the token must end after it. */
    nowMs: z.int(),
    /** So many live tokens of this name at most, with this one: the oldest are revoked. (Default: no such bound) */
    mostOfName: z.int().positive().optional(),
  }),
  z.strictObject({ type: z.literal("RecordTokenUse"), tokenId: z.uuid(), nowMs: z.int() }),
  z.strictObject({ type: z.literal("RevokeToken"), tokenId: z.uuid() }),
  z.strictObject({ type: z.literal("GrantAccessRole"), role: AccessRoleName }),
  z.strictObject({ type: z.literal("RevokeAccessRole"), role: AccessRoleName }),
  /** Its roles shall be exactly these. */
  z.strictObject({ type: z.literal("SetAccessRoles"), roles: z.array(AccessRoleName).max(rolesMax) }),
]);
export type AccessCommand = z.infer<typeof AccessCommand>;

export const AccessRoleCommand = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("DefineAccessRole"),
    description: z.string().max(1024),
    rules: z
      .array(
        AccessRule.extend({
          scopes: AccessRule.shape.scopes.min(1),
          machines: LabelSelector.refine((labels) => Object.keys(labels).length > 0, {
            message: "a selector without labels means every machine: leave it out to mean that",
          })
            .refine((labels) => Object.keys(labels).length <= 16, { message: "at most 16 labels" })
            .nullable(),
        }),
      )
      .min(1)
      .max(32),
  }),
  z.strictObject({ type: z.literal("WithdrawAccessRole") }),
]);
export type AccessRoleCommand = z.infer<typeof AccessRoleCommand>;
