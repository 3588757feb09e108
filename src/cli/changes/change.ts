import type { Row } from "../api/api.ts";
import { refusalOf, type UserError } from "../api/failures.ts";
import { Failure } from "../failure.ts";
import type { ChangeOptions } from "../options.ts";
import type { Session } from "../session.ts";
import { changeText } from "./change-text.ts";

/** A mutation, and what is to be shown of its payload. */
export interface Change {
  /** The field of `Mutation`; its input is `ApproveMachineInput`. */
  readonly mutation: string;
  /** What to select of the payload beside what every payload has. */
  readonly fields: string;
  /** One line for people about what was done. */
  readonly done: (payload: Row, input: Row) => string;
  /** How long it may take, milliseconds. (Default: as long as any answer) */
  readonly timeoutMs?: number;
}

/** Of what goes through all of the log before it answers, milliseconds: two hours. */
export const longMs = 7_200_000;

const planFields = `plan {
    eventCount diff changes { subject path before after } events { stream type data revision }
  }`;

/** The mutation's document. */
export function changeDocument({ mutation, fields }: Pick<Change, "mutation" | "fields">): string {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const payload = `userErrors { code message field remedy } position correlationId ${planFields} ${fields}`;
  return `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${payload} } }`;
}

/** Asks for a change, and tells what became of it. @throws Failure when it is refused */
export async function runChange(
  session: Session,
  change: Change,
  { input, options }: { readonly input: Row; readonly options: ChangeOptions },
): Promise<Row> {
  const payload = await requestChange(session, change, { ...input, ...commonInput(options) });
  const outcome = { payload, done: change.done(payload, input) };
  await session.streams.out(await changeText(outcome, { ...options, palette: session.palette }));
  if (payload["correlationId"]) session.detail(`correlation ${payload["correlationId"]}`);
  return payload;
}

/** The payload of an accepted change. @throws Failure when it is refused */
export async function requestChange(session: Session, change: Change, input: Row): Promise<Row> {
  const payload = await askForChange(session, change, input);
  const errors = payload["userErrors"] as readonly UserError[];
  if (errors.length > 0) throw refusalOf(errors, payload["correlationId"] as string);
  return payload;
}

/** The payload of a change that may have been refused: its `userErrors` say so. @throws Failure */
export async function askForChange(session: Session, change: Change, input: Row): Promise<Row> {
  const api = await session.api();
  const { timeoutMs } = change;
  const data = await api.ask(changeDocument(change), { input }, timeoutMs === undefined ? {} : { timeoutMs });
  return data[change.mutation] as Row;
}

/** What the options of every change say. */
export function commonInput({
  dryRun = false,
  reason,
  idempotencyKey,
  expectedRevision,
}: ChangeOptions): Row {
  return { dryRun, reason, idempotencyKey, expectedRevision };
}

/**
 * Asks whether it is meant, on a terminal; elsewhere `--yes` must have said so. A dry run needs no answer.
 *
 * @throws Failure
 */
export async function confirm(session: Session, what: string, { yes, dryRun }: ChangeOptions): Promise<void> {
  if (yes || dryRun) return;
  if (!session.streams.canAsk) {
    throw new Failure("usage", `${what} cannot be undone`, {
      code: "NOT_CONFIRMED",
      remedy: "say --yes when it is meant, or --dry-run to see what would happen",
    });
  }
  if (await session.streams.ask(`${what} cannot be undone. Go on? [y/N] `)) return;
  throw notConfirmed();
}

/** What ends the command when a person does not mean it. */
export function notConfirmed(): Failure {
  return new Failure("failure", "nothing was done", { code: "NOT_CONFIRMED" });
}
