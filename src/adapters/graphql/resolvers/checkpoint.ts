import type { CheckpointResolvers, LogSigningResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import { apiError } from "../errors.ts";
import { type Listing, readConnection } from "../listing/connection.ts";
import type { CheckpointConnectionModel, InclusionProofModel } from "../models.ts";
import { nodeName } from "../node-id.ts";
import { shown, thenOf } from "../positions.ts";
import { eventById } from "./event.ts";

const listing: Listing = { type: "Checkpoint" };

export const checkpointQueries: Pick<
  QueryResolvers,
  "logSigning" | "checkpoints" | "inclusionProof" | "consistencyProof"
> = {
  logSigning: (_root, _args, { evidence }) => evidence.status(),

  async checkpoints(_root, { minPosition, at, ...args }, context): Promise<CheckpointConnectionModel> {
    await shown(context, minPosition);
    const past = await thenOf(context, at);
    const { views, clock } = context;
    // None is ever changed: those of the past are the first ones of today's.
    const scope = past && { column: "position", below: past.ordinal + 1 };
    const collection = views.lists.checkpoints;
    return readConnection({ collection, listing, scope, nowMs: clock().getTime() }, args);
  },

  async inclusionProof(_root, { eventId, size, minPosition }, context): Promise<InclusionProofModel | null> {
    await shown(context, minPosition);
    const id = nodeName("Event", eventId);
    const place = context.views.events.findById(id);
    const event = place && (await eventById(id, context));
    if (!event) return null;
    const proven = await context.evidence.proveInclusion(
      { event, ordinal: place.ordinal },
      size ?? undefined,
    );
    return proven ? { ...proven, event } : null;
  },

  async consistencyProof(_root, { from, size, minPosition }, context) {
    if (from < 0)
      throw apiError("INPUT_INVALID", `from is ${from}: a log has 0 events at least`, { field: "from" });
    await shown(context, minPosition);
    return (await context.evidence.proveConsistency(from, size ?? undefined)) ?? null;
  },
};

export const LogSigning: Pick<LogSigningResolvers, "origin" | "verifierKey" | "newest" | "contradiction"> = {
  origin: ({ origin }) => origin ?? null,
  verifierKey: ({ verifierKey }) => verifierKey ?? null,
  newest: ({ newest }) => newest ?? null,
  contradiction: ({ contradiction }) => contradiction ?? null,
};

export const Checkpoint: Pick<CheckpointResolvers, "signedAt"> = {
  signedAt: ({ signedAtMs }) => signedAtMs,
};
