import { z } from "zod";
import { Sha256 } from "../values/sha256.ts";

export const AccessCommand = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("AddPrincipal"),
    name: z.string().min(1).max(128),
    kind: z.enum(["person", "service"]),
  }),
  z.strictObject({
    type: z.literal("IssueToken"),
    tokenId: z.uuid(),
    sha256: Sha256,
    expiresAtMs: z.int().nullable(),
  }),
  z.strictObject({ type: z.literal("RevokeToken"), tokenId: z.uuid() }),
]);
export type AccessCommand = z.infer<typeof AccessCommand>;
