import { z } from "zod";
import type {
  CancelVerificationPayloadResolvers,
  VerifyLogPayloadResolvers,
} from "../__generated__/resolvers.ts";
import type { VerificationOutcome } from "../models.ts";
import { mutation } from "./mutation.ts";
import { accepted } from "./request.ts";

export const verifyMutations = {
  /** A verification records nothing, so a dry run says no more than whether there could be one. */
  verifyLog: mutation(
    { name: "verifyLog", scope: "log:read", input: z.object({ views: z.boolean() }) },
    async ({ value: { views }, request, context, isRehearsal }): Promise<VerificationOutcome> => {
      const { verifier, actor } = context;
      if (isRehearsal) return accepted(request);
      return { ...accepted(request), verification: verifier.start({ actor, views }) };
    },
  ),

  cancelVerification: mutation(
    { name: "cancelVerification", scope: "log:read", input: z.object({}) },
    async ({ request, context, isRehearsal }): Promise<VerificationOutcome> => {
      const { verifier, actor } = context;
      const newest = isRehearsal ? undefined : await verifier.cancel({ actor });
      return { ...accepted(request), ...(newest && { verification: newest }) };
    },
  ),
};

export const VerifyLogPayload: Pick<VerifyLogPayloadResolvers, "verification"> = {
  verification: ({ verification }) => verification ?? null,
};

export const CancelVerificationPayload: Pick<CancelVerificationPayloadResolvers, "verification"> = {
  verification: ({ verification }) => verification ?? null,
};
