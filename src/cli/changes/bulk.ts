import type { Row } from "../api/api.ts";
import { inCommands } from "../api/in-commands.ts";
import { rowsOf } from "../api/pages.ts";
import { nameSelection } from "../collections/collection.ts";
import { machines } from "../collections/machines.ts";
import { qualifiedName } from "../collections/name.ts";
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
  if (matched === 0 && options.output === "table") return session.note("no machine matches");
  const text = await changeText(
    {
      payload,
      done: `${accepted} of ${matched} machines ${done}`,
      wouldBeDone: `${accepted} of ${matched} machines would be ${done}`,
    },
    { ...options, palette: session.palette },
  );
  await session.streams.out(text);
  const names = await namesOf(session, refusals);
  for (const refusal of refusals) session.streams.note(refusalLine(refusal, names));
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

/** The query for what people call machines. */
export const machineNamesDocument = `query ($first: Int!, $ids: [ID!]!) {
  machines(first: $first, filter: { machineId: { in: $ids } }) { nodes { ${nameSelection(machines)} } }
}`;

/** What people call those that refused, by their ids. */
async function namesOf(session: Session, refusals: readonly Row[]): Promise<ReadonlyMap<unknown, string>> {
  if (refusals.length === 0) return new Map();
  const ids = refusals.map(({ machineId }) => machineId);
  const data = await (await session.api()).ask(machineNamesDocument, { first: ids.length, ids });
  return new Map(rowsOf(data, machines.field).map((row) => [row["machineId"], qualifiedName(machines, row)]));
}

function refusalLine({ machineId, code, message }: Row, names: ReadonlyMap<unknown, string>): string {
  const name = names.get(machineId) ?? `machine/${String(machineId)}`;
  return inert(`${name}: ${String(code)}: ${inCommands(String(message))}`);
}
