import { earlierOutcome } from "../../../domain/handle-command.ts";
import type { GraphqlContext } from "../context.ts";
import type { Outcome } from "../models.ts";
import { accepted, type Request, refused } from "./request.ts";
import { userError } from "./user-errors.ts";

/**
 * What a repeated request came to when it was first sent; `undefined` when it was not, or has no key.
 *
 * For mutations that look at more than the stream which they write: that may have changed since, and must not
 * turn the answer of a repetition into a refusal.
 */
export async function firstOutcome(
  stream: string,
  request: Request,
  { log }: Pick<GraphqlContext, "log">,
): Promise<Outcome | undefined> {
  const { meta, repeatable } = request.context;
  if (!repeatable) return undefined;
  const earlier = earlierOutcome(
    await log.readStream(stream, { withoutArchived: true }),
    meta,
    repeatable.nowMs,
  );
  if (earlier === undefined) return undefined;
  if (earlier !== "reused") return accepted(request, earlier.position);
  const message = "the idempotency key was used before, with another input";
  return refused(request, [userError({ code: "IDEMPOTENCY_KEY_REUSED", message })]);
}
