import { z } from "zod";
import { Sha256 } from "../../../domain/values/sha256.ts";
import type { RetryResult } from "../../../projections/projector.ts";
import type { RebuildResult } from "../../../projections/rebuild.ts";
import { describeDifference } from "../../../projections/view-difference.ts";
import type { PoisonedEvent } from "../../../projections/view-file.ts";
import type {
  RebuildViewPayloadResolvers,
  RetryViewPayloadResolvers,
  UserError,
} from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { Outcome, RebuildOutcome, RetryOutcome } from "../models.ts";
import { mutation } from "./mutation.ts";
import { accepted, type Request, refused } from "./request.ts";
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
      const unknown = unknownView(request, view, context);
      if (unknown) return unknown;
      if (dryRun) return { ...accepted(request), view };
      return outcomeOf(request, view, await context.views.projector.rebuild(view));
    },
  ),
  retryView: mutation(
    {
      name: "retryView",
      scope: "service:operate",
      input: z.object({ view: z.string(), dryRun: z.boolean() }),
    },
    async ({ value: { view, dryRun }, request, context }): Promise<RetryOutcome> => {
      const unknown = unknownView(request, view, context);
      if (unknown) return unknown;
      if (dryRun) return { ...accepted(request), view };
      return { ...retryOutcome(request, await context.views.projector.retry(view)), view };
    },
  ),
};

export const RetryViewPayload: Pick<RetryViewPayloadResolvers, "view"> = {
  view: ({ view }, _args, { views }) =>
    views.projector.status().find((status) => status.view === view) ?? null,
};

export const RebuildViewPayload: Pick<RebuildViewPayloadResolvers, "view" | "digest"> = {
  ...RetryViewPayload,
  digest: ({ digest }) => digest ?? null,
};

/** Why there is nothing to be done; `undefined`: there is such a view. */
function unknownView(request: Request, view: string, { views }: GraphqlContext): Outcome | undefined {
  const names = views.projector.status().map((status) => status.view);
  if (names.includes(view)) return undefined;
  const message = `there is no view ${view.slice(0, 64)}: there are ${names.join(", ")}`;
  return refused(request, [userError({ code: "VIEW_UNKNOWN", message })]);
}

function retryOutcome(request: Request, result: RetryResult): Outcome {
  switch (result.outcome) {
    case "going-on":
      return accepted(request);
    case "poisoned":
      return refused(request, [poisonError(result.poison)]);
    case "unavailable":
      return refused(request, [unavailableError(result)]);
  }
}

function poisonError({ type, stream, position, message }: PoisonedEvent): UserError {
  return userError({
    code: "VIEW_POISONED",
    message: `${type} of ${stream} at ${position} cannot be applied: ${message}`,
  });
}

function unavailableError({ message }: { readonly message: string }): UserError {
  return userError({ code: "VIEW_UNAVAILABLE", message });
}

function outcomeOf(request: Request, view: string, result: RebuildResult): RebuildOutcome {
  switch (result.outcome) {
    case "unavailable":
      return { ...refused(request, [unavailableError(result)]), view };
    case "different": {
      const { position } = result;
      const message = describeDifference(result);
      const refusal = refused(request, [userError({ code: "VIEW_DIFFERS", message })]);
      return { ...refusal, position: position ?? null, view };
    }
    case "poisoned":
      return { ...refused(request, [poisonError(result.poison)]), view };
    case "rebuilt": {
      const digest = Sha256.parse(result.digest);
      return { ...accepted(request, result.position), view, digest };
    }
  }
}
