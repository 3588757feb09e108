import { z } from "zod";
import type { SignCheckpointPayloadResolvers } from "../__generated__/resolvers.ts";
import type { SigningModel } from "../models.ts";
import { mutation } from "./mutation.ts";
import { accepted, refused } from "./request.ts";
import { userError } from "./user-errors.ts";

export const checkpointMutations = {
  /** A dry run says no more than whether the caller may: a signature that exists counts, recorded or not. */
  signCheckpoint: mutation(
    { name: "signCheckpoint", scope: "service:operate", input: z.object({}) },
    async ({ request, context: { evidence }, isRehearsal }): Promise<SigningModel> => {
      if (isRehearsal) return accepted(request);
      const signing = await evidence.sign(request.context.meta);
      switch (signing.outcome) {
        case "signed":
          return { ...accepted(request, signing.checkpoint.position), checkpoint: signing.checkpoint };
        case "nothing-new":
          return { ...accepted(request), ...(signing.checkpoint && { checkpoint: signing.checkpoint }) };
        case "refused":
          return refused(request, [userError({ code: signing.reason, message: signing.message })]);
      }
    },
  ),
};

export const SignCheckpointPayload: Pick<SignCheckpointPayloadResolvers, "checkpoint"> = {
  checkpoint: ({ checkpoint }) => checkpoint ?? null,
};
