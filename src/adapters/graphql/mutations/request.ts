import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../../../canonical-json.ts";
import type { CommandContext, CommandResult } from "../../../domain/handle-command.ts";
import type { EventMeta, Position } from "../../../domain/ports/event-store.ts";
import { illFormedAt, illFormedMessage } from "../../../domain/values/ill-formed.ts";
import type { UserError, UserErrorCode } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { Outcome } from "../models.ts";
import { type FieldNames, invalidInput, userError } from "./user-errors.ts";

/** What every mutation's input has besides its own fields. */
export interface Controls {
  readonly dryRun?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
  readonly expectedRevision?: number | null | undefined;
  readonly reason?: string | null | undefined;
}

const Controls = z.object({
  idempotencyKey: z.string().min(1).max(128).nullish(),
  /** -1: the stream must have no event. */
  expectedRevision: z.int().min(-1).nullish(),
  reason: z.string().min(1).max(1_024).nullish(),
});

/** A mutation on its way to a command handler. */
export interface Request {
  readonly context: CommandContext & { readonly meta: EventMeta };
  /** Same key and input: the same id. It is the run's id where the mutation starts a run. */
  readonly correlationId: string;
  /** What is wrong with the input fields that all mutations share. */
  readonly problems: readonly UserError[];
}

/**
 * Names a request and what follows from it.
 *
 * The id of a request with a key is derived from who sent it, what it asks and the key, and the correlation id
 * from that and the rest of the input: so the handler recognises its own first answer, and a key that comes
 * with another input.
 */
export function requestOf(mutation: string, input: Controls & object, context: GraphqlContext): Request {
  const { actor, sourceAddress, traceparent, newId, deriveId, clock } = context;
  // A dry run is about the request that it rehearses, and tells what that one would come to.
  const { idempotencyKey, dryRun: _, ...asked } = input;
  const repeats = typeof idempotencyKey === "string";
  const requestId = repeats ? deriveId(actor, mutation, idempotencyKey) : newId();
  const illFormed = illFormedAt(input);
  // What cannot be written cannot be digested either; the request is refused, so nothing is lost with that.
  const correlationId = deriveId(requestId, illFormed === undefined ? digestOf(asked) : "");
  const { expectedRevision, reason } = input;
  const meta: EventMeta = {
    actor,
    source: "graphql",
    $correlationId: correlationId,
    $causationId: requestId,
    sourceAddress,
    ...(typeof reason === "string" && { reason }),
    ...(traceparent !== undefined && { traceparent }),
  };
  return {
    correlationId,
    problems: [
      ...(illFormed === undefined ? [] : [invalidInput(illFormed, illFormedMessage)]),
      ...problemsOf(Controls, input),
    ],
    context: {
      meta,
      ...(typeof expectedRevision === "number" && {
        expectedRevision: expectedRevision < 0 ? ("no-stream" as const) : expectedRevision,
      }),
      ...(repeats && { repeatable: { nowMs: clock().getTime() } }),
    },
  };
}

/** What is wrong with an input, by field; empty: nothing. */
function problemsOf(schema: z.ZodType, input: unknown): readonly UserError[] {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : errorsOf(parsed.error);
}

/** The value in the domain's types, or what is wrong with it. */
export function parseInput<Value>(
  schema: z.ZodType<Value>,
  input: unknown,
): { readonly value: Value; readonly problems: readonly [] } | { readonly problems: readonly UserError[] } {
  const parsed = schema.safeParse(input);
  return parsed.success ? { value: parsed.data, problems: [] } : { problems: errorsOf(parsed.error) };
}

function errorsOf({ issues }: z.ZodError): readonly UserError[] {
  return issues.map(({ path, message }) => invalidInput(path.join("."), message));
}

/** A refusal before or by a command. */
export function refused({ correlationId }: Request, userErrors: readonly UserError[]): Outcome {
  return { userErrors, position: null, correlationId };
}

/** Nothing is wrong with a request. `position`: of its event; `null`: it records none. */
export function accepted({ correlationId }: Request, position: Position | null = null): Outcome {
  return { userErrors: [], position, correlationId };
}

/** What a command came to. A code that the schema lacks does not compile. */
export function outcomeOf<State>(
  request: Request,
  result: CommandResult<State, UserErrorCode>,
  fieldNames: FieldNames = {},
): Outcome {
  if (result.outcome === "rejected") return refused(request, [userError(result.rejection, fieldNames)]);
  return accepted(request, result.position);
}

/** Of RFC 8785 JSON. A field that is null and one that was left out are the same to every mutation. */
function digestOf(input: object): string {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
  return createHash("sha256").update(canonicalJson(given)).digest("hex");
}
