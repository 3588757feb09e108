import { z } from "zod";
import { BackupError, type BackupFacts } from "../../../domain/ports/backup-taker.ts";
import { systemStream } from "../../../domain/system/events.ts";
import type { BackupPayloadResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { BackupOutcome } from "../models.ts";
import { backupOf } from "../system-state.ts";
import { firstOutcome } from "./first-outcome.ts";
import { mutation } from "./mutation.ts";
import { accepted, outcomeOf, type Request, refused } from "./request.ts";
import { userError } from "./user-errors.ts";

export const backupMutations = {
  /** A dry run says no more than whether the caller may: it makes no copy, so there is nothing to record. */
  takeBackup: mutation(
    { name: "takeBackup", scope: "service:operate", input: z.object({}) },
    async ({ request, context, isRehearsal }): Promise<BackupOutcome> => {
      if (isRehearsal) return accepted(request);
      const earlier = await takenBefore(request, context);
      return earlier ?? (await take(request, context));
    },
  ),
};

export const BackupPayload: Pick<BackupPayloadResolvers, "backup"> = {
  backup: ({ backup }) => backup ?? null,
};

async function take(request: Request, { backups, commands, clock }: GraphqlContext): Promise<BackupOutcome> {
  let facts: BackupFacts;
  try {
    facts = await backups.take();
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    return refused(request, [userError(error)]);
  }
  // What there is a copy of does not depend on what else happened to the service meanwhile.
  const { expectedRevision: _, ...context } = request.context;
  const result = await commands.handleSystem(systemStream, { type: "RecordBackup", ...facts }, context);
  return { ...outcomeOf(request, result), backup: { ...facts, takenAtMs: clock().getTime() } };
}

/** What a request with the same key came to: a second copy would be one too many. */
async function takenBefore(request: Request, context: GraphqlContext): Promise<BackupOutcome | undefined> {
  const earlier = await firstOutcome(systemStream, request, context);
  if (!earlier) return undefined;
  const recorded = await context.log.readStream(systemStream, { withoutArchived: true });
  const event = recorded.find(({ position }) => position === earlier.position);
  const backup = event && backupOf(event);
  return { ...earlier, ...(backup && { backup }) };
}
