import { z } from "zod";
import type {
  CancelVerificationPayloadResolvers,
  VerifyLogPayloadResolvers,
} from "../__generated__/resolvers.ts";
import type { VerificationOutcome } from "../models.ts";
import { mutation } from "./mutation.ts";
import type { Request } from "./request.ts";

export const verifyMutations = {
  /** A verification records nothing, so a dry run says no more than whether there could be one. */
  verifyLog: mutation(
    { name: "verifyLog", scope: "log:read", input: z.object({ views: z.boolean() }) },
    async ({ value: { views }, request, context, isRehearsal }): Promise<VerificationOutcome> => {
      const { verifier, actor } = context;
      const outcome = outcomeOf(request);
      return isRehearsal ? outcome : { ...outcome, verification: verifier.start({ actor, views }) };
    },
  ),

  cancelVerification: mutation(
    { name: "cancelVerification", scope: "log:read", input: z.object({}) },
    async ({ request, context, isRehearsal }): Promise<VerificationOutcome> => {
      const { verifier, actor } = context;
      const outcome = outcomeOf(request);
      const newest = isRehearsal ? undefined : await verifier.cancel({ actor });
      return newest ? { ...outcome, verification: newest } : outcome;
    },
  ),
};

function outcomeOf({ correlationId }: Request): VerificationOutcome {
  return { userErrors: [], position: null, correlationId };
}

export const VerifyLogPayload: Pick<VerifyLogPayloadResolvers, "verification"> = {
  verification: ({ verification }) => verification ?? null,
};

export const CancelVerificationPayload: Pick<CancelVerificationPayloadResolvers, "verification"> = {
  verification: ({ verification }) => verification ?? null,
};
