import type { z } from "zod";
import type { Scope } from "../../../domain/access/scopes.ts";
import { OverlayFullError } from "../../../domain/ports/overlay-store.ts";
import { categoryOf } from "../../../domain/values/category.ts";
import { machineIdOf } from "../../../domain/values/machine-id.ts";
import type { GraphqlContext } from "../context.ts";
import { needOneOf } from "../guard/forbidden.ts";
import type { Outcome } from "../models.ts";
import { planOf } from "../plan/plan.ts";
import type { Texts } from "../plan/unified-diff.ts";
import { type Controls, parseInput, type Request, refused, requestOf } from "./request.ts";
import { userError } from "./user-errors.ts";

/** What a mutation works with, once its input is of the form that it asks for. */
export interface Asked<Value> {
  /** The mutation's own fields, in the domain's types. */
  readonly value: Value;
  readonly request: Request;
  /** In a dry run, what is sent to its `commands` goes to a copy of the log. */
  readonly context: GraphqlContext;
  readonly isRehearsal: boolean;
}

/** What a mutation came to. Refusals have no object, so `refused(...)` is one of every kind. */
type Answer<Extra extends object> = Outcome & Partial<Extra> & { readonly rendered?: readonly Texts[] };

/** What a mutation is: one line of each of the tables of mutations. */
export interface MutationKind<Value> {
  readonly name: string;
  /**
   * What it takes, one of them at least. The command handlers ask again, for the very object; asked here, nobody
   * learns anything from a mutation that they may not send.
   */
  readonly scope: Scope | readonly Scope[];
  /** Its own fields. */
  readonly input: z.ZodType<Value>;
}

/**
 * The resolver of a mutation: checks the input, then acts, and tells in a dry run what would come of it.
 *
 * A dry run is the same act on a copy of the log that is thrown away. What it answered is kept but for the position,
 * which no log has.
 */
export function mutation<Value, Extra extends object>(
  { name, scope, input: schema }: MutationKind<Value>,
  act: (asked: Asked<Value>) => Promise<Answer<Extra>>,
) {
  return async (
    _root: unknown,
    { input }: { readonly input: Controls & object },
    context: GraphqlContext,
  ): Promise<Answer<Extra>> => {
    needOneOf(context.rights, typeof scope === "string" ? [scope] : scope);
    const request = requestOf(name, input, context);
    const parsed = parseInput(schema, input);
    const problems = [...request.problems, ...parsed.problems];
    if (!("value" in parsed) || problems.length > 0) return refused(request, problems) as Answer<Extra>;
    const asked: Asked<Value> = { value: parsed.value, request, context, isRehearsal: false };
    try {
      return await (input.dryRun ? rehearse(asked, act) : act(asked));
    } catch (error) {
      // Not only of dry runs: an import looks its rows through on a copy of the log too.
      if (!(error instanceof OverlayFullError)) throw error;
      const { message } = error;
      return refused(request, [userError({ code: "DRY_RUN_TOO_LARGE", message })]) as Answer<Extra>;
    }
  };
}

/** Acts on a copy of the log, and tells what came of it as far as the caller sees that. */
function rehearse<Value, Extra extends object>(
  asked: Asked<Value>,
  act: (asked: Asked<Value>) => Promise<Answer<Extra>>,
): Promise<Answer<Extra>> {
  const { sight } = asked.context;
  return asked.context.rehearse(async ({ context, log }) => {
    const answer = await act({ ...asked, context, isRehearsal: true });
    if (answer.userErrors.length > 0) return { ...answer, position: null };
    const shows = (stream: string) =>
      categoryOf(stream) !== "machine" || sight.sees("machines", machineIdOf(stream));
    return { ...answer, position: null, plan: await planOf(log, { texts: answer.rendered, shows }) };
  });
}
