import type { Row } from "../api/api.ts";
import { Failure } from "../failure.ts";
import type { ChangeOptions } from "../options.ts";
import { inert } from "../output/inert.ts";
import type { Session } from "../session.ts";
import type { Change } from "./change.ts";
import { changeText } from "./change-text.ts";

/** The same to many machines. */
export const bulkChange: Change = {
  mutation: "changeMachines",
  fields: "bulkId matched accepted refusedCount refused { machineId code message }",
  done: () => "",
};

/**
 * Tells what became of a change of many machines: how many did it on stdout, who did not and why on stderr.
 *
 * @throws Failure `partial` when some refused, `refused` when all did
 */
export async function reportBulk(
  session: Session,
  payload: Row,
  { done, options }: { readonly done: string; readonly options: ChangeOptions },
): Promise<void> {
  const matched = Number(payload["matched"]);
  const accepted = Number(payload["accepted"]);
  const refusals = payload["refused"] as readonly Row[];
  const text = await changeText(
    {
      payload,
      done: `${accepted} of ${matched} machines ${done}`,
      wouldBeDone: `${accepted} of ${matched} machines would be ${done}`,
    },
    { ...options, palette: session.palette },
  );
  await session.streams.out(text);
  for (const refusal of refusals) session.streams.note(refusalLine(refusal));
  const refusedCount = Number(payload["refusedCount"]);
  if (refusedCount === 0) return;
  throw new Failure(
    accepted === 0 ? "refused" : "partial",
    `${refusedCount} of ${matched} machines refused`,
    {
      code: accepted === 0 ? "ALL_REFUSED" : "PARTLY_REFUSED",
      correlationId: payload["correlationId"] as string,
    },
  );
}

function refusalLine({ machineId, code, message }: Row): string {
  return inert(`machine/${String(machineId)}: ${String(code)}: ${String(message)}`);
}
