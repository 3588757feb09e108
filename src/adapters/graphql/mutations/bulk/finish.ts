import { z } from "zod";
import { bulkStream } from "../../../../domain/bulk/events.ts";
import type { GraphqlContext } from "../../context.ts";
import { machineChangeScopes } from "../../guard/command-scopes.ts";
import { needOneOf } from "../../guard/forbidden.ts";
import type { BulkOutcome } from "../../models.ts";
import { noExpectedRevision } from "../fields.ts";
import { type Asked, mutation } from "../mutation.ts";
import { refused } from "../request.ts";
import { userError } from "../user-errors.ts";
import { recordedScope } from "./action.ts";
import { type BegunBulk, begunBulk, carryOut } from "./carry-out.ts";

const Finish = z.object({
  bulkId: z.uuid("expected the id of a bulk change").toLowerCase(),
  expectedRevision: noExpectedRevision,
});

/** Asks the machines that were recorded for what was recorded, under the rights of whoever finishes it. */
export const finishBulkChange = mutation(
  { name: "finishBulkChange", scope: machineChangeScopes, input: Finish },
  async (asked: Asked<z.infer<typeof Finish>>): Promise<BulkOutcome> => {
    const { value, request, context } = asked;
    const begun = await begunBulk(bulkStream(value.bulkId), context);
    if (!begun || !mayFinish(begun, context)) {
      const message = "no bulk change has this id, or it is somebody else's: look up openBulkChanges";
      return refused(request, [userError({ code: "BULK_UNKNOWN", message })]);
    }
    needOneOf(context.rights, [recordedScope(begun.bulk.request)]);
    return carryOut(asked, { bulkId: value.bulkId, ...begun });
  },
);

/**
 * Whoever began it, or whoever may do it to every machine. To anybody else it would show machines that they do not
 * see; and those would refuse, which would be how the change ended.
 */
function mayFinish({ first, bulk }: BegunBulk, { actor, rights, sight }: GraphqlContext): boolean {
  if (first.meta.actor === actor) return true;
  const scope = recordedScope(bulk.request);
  return scope !== "nobody" && rights.selectorsOf(scope) === "all" && sight.reach("machines") === "all";
}
