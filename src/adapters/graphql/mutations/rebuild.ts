import { z } from "zod";
import { Sha256 } from "../../../domain/values/sha256.ts";
import type { RebuildResult } from "../../../projections/rebuild.ts";
import { describeDifference } from "../../../projections/view-difference.ts";
import type { RebuildViewPayloadResolvers } from "../__generated__/resolvers.ts";
import type { RebuildOutcome } from "../models.ts";
import { mutation } from "./mutation.ts";
import { type Request, refused } from "./request.ts";
import { userError } from "./user-errors.ts";

export const rebuildMutations = {
  /** A rebuild records nothing, so a dry run says no more than whether there is such a view. */
  rebuildView: mutation(
    {
      name: "rebuildView",
      scope: "service:operate",
      input: z.object({ view: z.string(), dryRun: z.boolean() }),
    },
    async ({ value: { view, dryRun }, request, context }): Promise<RebuildOutcome> => {
      const { projector } = context.views;
      const names = projector.status().map((status) => status.view);
      if (!names.includes(view)) {
        const message = `there is no view ${view.slice(0, 64)}: there are ${names.join(", ")}`;
        return refused(request, [userError({ code: "VIEW_UNKNOWN", message })]);
      }
      if (dryRun) return { userErrors: [], position: null, correlationId: request.correlationId, view };
      return outcomeOf(request, view, await projector.rebuild(view));
    },
  ),
};

export const RebuildViewPayload: Pick<RebuildViewPayloadResolvers, "view" | "digest"> = {
  view: ({ view }, _args, { views }) =>
    views.projector.status().find((status) => status.view === view) ?? null,
  digest: ({ digest }) => digest ?? null,
};

function outcomeOf(request: Request, view: string, result: RebuildResult): RebuildOutcome {
  switch (result.outcome) {
    case "unavailable": {
      const { message } = result;
      const refusal = refused(request, [userError({ code: "VIEW_UNAVAILABLE", message })]);
      return { ...refusal, view };
    }
    case "different": {
      const { position } = result;
      const message = describeDifference(result);
      const refusal = refused(request, [userError({ code: "VIEW_DIFFERS", message })]);
      return { ...refusal, position: position ?? null, view };
    }
    case "rebuilt": {
      const { position = null } = result;
      const digest = Sha256.parse(result.digest);
      return { userErrors: [], position, correlationId: request.correlationId, view, digest };
    }
  }
}
