import { z } from "zod";
import { bootEnvironmentStream } from "../../../domain/boot-environment/events.ts";
import { EnvironmentName } from "../../../domain/values/slug.ts";
import type { PublishBootEnvironmentPayloadResolvers } from "../__generated__/resolvers.ts";
import type { PublicationOutcome } from "../models.ts";
import type { Texts } from "../plan/unified-diff.ts";
import { shown } from "../positions.ts";
import { lastPublished } from "./environments.ts";
import { firstOutcome } from "./first-outcome.ts";
import { mutation } from "./mutation.ts";
import { outcomeOf, refused } from "./request.ts";
import { userError } from "./user-errors.ts";

const Publication = z.object({ name: EnvironmentName });

type Published = PublicationOutcome & { readonly rendered?: readonly Texts[] };

export const publishMutations = {
  /** The folder is read now, and machines get what was in it as soon as the event is in the log. */
  publishBootEnvironment: mutation(
    { name: "publishBootEnvironment", scope: "environments:publish", input: Publication },
    async ({ value: { name }, request, context, isRehearsal }): Promise<Published> => {
      const stream = bootEnvironmentStream(name);
      const earlier = await firstOutcome(stream, request, context);
      if (earlier) return earlier.position === null ? earlier : { ...earlier, environment: name };

      // A dry run compares and keeps nothing, the mutation itself keeps and compares with nothing.
      const last = isRehearsal ? await lastPublished(context, name) : undefined;
      const published = last && { name, version: last.version, digest: last.digest };
      const found = await context.environmentFolders.inspect(name, { keep: !isRehearsal, published });
      if (found.outcome === "unusable") {
        return refused(request, [userError({ code: "ENVIRONMENT_INVALID", message: found.problem })]);
      }
      const { digest, manifest, scripts } = found;
      const command = { type: "PublishBootEnvironment", digest, manifest } as const;
      const result = await context.commands.handleBootEnvironment(stream, command, request.context);
      if (result.outcome === "rejected") return outcomeOf(request, result);
      const rendered = scripts.map(({ format, before, after }) => ({
        name: `bootenv/${name}/script.${format}`,
        before,
        after,
      }));
      return { ...outcomeOf(request, result), environment: name, rendered };
    },
  ),
};

export const PublishBootEnvironmentPayload: Pick<PublishBootEnvironmentPayloadResolvers, "bootEnvironment"> =
  {
    async bootEnvironment({ environment, position }, _args, context) {
      if (!environment) return null;
      await shown(context, position);
      return context.views.environments.latest(environment) ?? null;
    },
  };
