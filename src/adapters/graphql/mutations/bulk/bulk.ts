import { z } from "zod";
import type { BulkCommand } from "../../../../domain/bulk/commands.ts";
import { bulkMachinesMax, bulkStream } from "../../../../domain/bulk/events.ts";
import type { ChangeMachinesPayloadResolvers } from "../../__generated__/resolvers.ts";
import { machineChangeScopes } from "../../guard/command-scopes.ts";
import { needOneOf } from "../../guard/forbidden.ts";
import type { BulkOutcome } from "../../models.ts";
import { noExpectedRevision, optional } from "../fields.ts";
import { firstOutcome } from "../first-outcome.ts";
import { type Asked, mutation } from "../mutation.ts";
import { outcomeOf, refused } from "../request.ts";
import { type FieldNames, userError } from "../user-errors.ts";
import { actionScope, MachineAction, orderOf } from "./action.ts";
import { begunBulk, carryOut } from "./carry-out.ts";
import { confirmationProblem } from "./confirmation.ts";
import { finishBulkChange } from "./finish.ts";
import { MachineSelector, recordedSelector, selectMachines } from "./select.ts";

const Change = z.object({
  selector: MachineSelector,
  action: MachineAction,
  confirmCount: optional(z.int()),
  expectedRevision: noExpectedRevision,
});
type Change = z.infer<typeof Change>;

const fieldNames: FieldNames = {
  PARAM_LOOKS_SECRET: "action.params.set",
  ENVIRONMENT_UNKNOWN: "action.deploy.environment",
  ENVIRONMENT_NOT_DEPLOYABLE: "action.deploy.environment",
  IMAGE_UNKNOWN: "action.deploy.image.file",
  IMAGE_UNUSABLE: "action.deploy.image.file",
};

export const bulkMutations = {
  changeMachines: mutation(
    { name: "changeMachines", scope: machineChangeScopes, input: Change },
    changeMachines,
  ),
  finishBulkChange,
};

/** A refusal counts nothing. */
export const ChangeMachinesPayload: Pick<
  ChangeMachinesPayloadResolvers,
  "matched" | "accepted" | "refusedCount" | "refused"
> = {
  matched: ({ matched = 0 }) => matched,
  accepted: ({ accepted = 0 }) => accepted,
  refusedCount: ({ refusedCount = 0 }) => refusedCount,
  refused: ({ refused = [] }) => refused,
};

/**
 * Who is meant and what is asked is recorded before the first machine is asked. A repeated request goes on from
 * there, so that a service that stopped in between loses nothing and does nothing twice.
 */
async function changeMachines(asked: Asked<Change>): Promise<BulkOutcome> {
  const { value, request, context } = asked;
  needOneOf(context.rights, [actionScope(value.action)]);
  const bulkId = request.context.meta.$causationId;
  const stream = bulkStream(bulkId);
  const earlier = await firstOutcome(stream, request, context);
  if (earlier && earlier.position === null) return earlier;
  const outcome = earlier ?? (await begin(asked, stream));
  if (outcome.userErrors.length > 0) return outcome;
  const begun = await begunBulk(stream, context);
  if (!begun) throw new Error(`${stream} was begun and holds no event`);
  return carryOut(asked, { bulkId, ...begun });
}

async function begin(
  { value, request, context, isRehearsal }: Asked<Change>,
  stream: string,
): Promise<BulkOutcome> {
  const { selector, action, confirmCount } = value;
  const machineIds = await selectMachines(selector, context);
  const matched = machineIds.length;
  if (matched > bulkMachinesMax) {
    const message = `more than ${bulkMachinesMax} machines match`;
    return refused(request, [userError({ code: "SELECTION_TOO_LARGE", message })]);
  }
  const problem = confirmationProblem({ matched, confirmCount, isRehearsal });
  if (problem) return { ...refused(request, [userError(problem)]), matched };
  const ordered = await orderOf(action, context);
  if (ordered.outcome === "rejected") {
    return { ...refused(request, [userError(ordered.rejection, fieldNames)]), matched };
  }
  const command: BulkCommand = {
    type: "RequestBulk",
    action: ordered.order.action,
    input: JSON.stringify(ordered.order.input),
    selector: recordedSelector(selector),
    machineIds: [...machineIds],
  };
  const result = await context.commands.handleBulk(stream, command, request.context);
  if (result.outcome === "accepted") {
    if (result.eventIds.length > 0) return outcomeOf(request, result);
    const message = "the idempotency key was used more than seven days ago";
    return refused(request, [userError({ code: "IDEMPOTENCY_KEY_REUSED", message })]);
  }
  return { ...refused(request, [userError(result.rejection, fieldNames)]), matched };
}
