import { Sha256 } from "../../../domain/values/sha256.ts";
import type { RebuildResult } from "../../../projections/rebuild.ts";
import { describeDifference } from "../../../projections/view-difference.ts";
import type { MutationResolvers, RebuildViewPayloadResolvers } from "../__generated__/resolvers.ts";
import type { RebuildOutcome } from "../models.ts";
import { type Request, refused, requestOf } from "./request.ts";
import { userError } from "./user-errors.ts";

export const rebuildMutations: Pick<MutationResolvers, "rebuildView"> = {
  async rebuildView(_root, { input }, context) {
    const request = requestOf("rebuildView", input, context);
    const nothing = { view: undefined, digest: undefined };
    if (request.problems.length > 0) return { ...refused(request, request.problems), ...nothing };

    const { projector } = context.views;
    const names = projector.status().map(({ view }) => view);
    if (!names.includes(input.view)) {
      const message = `there is no view ${input.view.slice(0, 64)}: there are ${names.join(", ")}`;
      return { ...refused(request, [userError({ code: "VIEW_UNKNOWN", message })]), ...nothing };
    }
    return outcomeOf(request, input.view, await projector.rebuild(input.view));
  },
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
      return { ...refusal, view, digest: undefined };
    }
    case "different": {
      const { position } = result;
      const message = describeDifference(result);
      const refusal = refused(request, [userError({ code: "VIEW_DIFFERS", message })]);
      return { ...refusal, position: position ?? null, view, digest: undefined };
    }
    case "rebuilt": {
      const { position = null } = result;
      const digest = Sha256.parse(result.digest);
      return { userErrors: [], position, correlationId: request.correlationId, view, digest };
    }
  }
}
