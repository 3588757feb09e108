import { z } from "zod";
import type { Rejection } from "../../../../domain/decision.ts";
import { registerMachine } from "../../../../domain/machine/register.ts";
import type { Position } from "../../../../domain/ports/event-store.ts";
import { MachineId } from "../../../../domain/values/machine-id.ts";
import type {
  ImportMachinesPayloadResolvers,
  UserError,
  UserErrorCode,
} from "../../__generated__/resolvers.ts";
import type { GraphqlContext } from "../../context.ts";
import type { ImportOutcome } from "../../models.ts";
import { noExpectedRevision } from "../fields.ts";
import { inParallel } from "../in-parallel.ts";
import { type Asked, mutation } from "../mutation.ts";
import { type Request, refused } from "../request.ts";
import { type FieldNames, invalidInput, userError } from "../user-errors.ts";
import { csvContent, jsonContent } from "./content.ts";
import { parseRows, type Row, type RowProblem, rowsMax, twinProblems } from "./row.ts";

/** Most problems that are shown one by one. */
const shownMax = 100;

/** So many machines are registered at a time: they wait for the disk together. */
const atATime = 64;

const Import = z.object({
  format: z.enum(["CSV", "JSON"]),
  content: z.string(),
  expectedRevision: noExpectedRevision,
});

export const importMutations = {
  importMachines: mutation({ name: "importMachines", scope: "machines:edit", input: Import }, importMachines),
};

/** A refusal counts nothing. */
export const ImportMachinesPayload: Pick<
  ImportMachinesPayloadResolvers,
  "rows" | "problemCount" | "registered" | "unchanged"
> = {
  rows: ({ rows = 0 }) => rows,
  problemCount: ({ problemCount = 0 }) => problemCount,
  registered: ({ registered = 0 }) => registered,
  unchanged: ({ unchanged = 0 }) => unchanged,
};

async function importMachines(asked: Asked<z.infer<typeof Import>>): Promise<ImportOutcome> {
  const { value, request, context, isRehearsal } = asked;
  const content = value.format === "CSV" ? csvContent(value.content) : jsonContent(value.content);
  if ("problem" in content) {
    return { ...refused(request, [invalidInput("content", content.problem)]), problemCount: 1 };
  }
  const { length } = content.rows;
  if (length > rowsMax) {
    const message = `has more than ${rowsMax} rows: send them in parts`;
    return { ...refused(request, [invalidInput("content", message)]), rows: length, problemCount: 1 };
  }
  const { rows, problems } = parseRows(content.rows);
  // Rows have their places only while none of them is left out for being wrong.
  const all = problems.length > 0 ? problems : twinProblems(rows, content.rows);
  if (all.length > 0) return refusedRows(request, length, all.map(formError));

  const places = content.rows.map(({ place }) => place);
  // What the log refuses is found out on a copy of it, before the first machine is registered.
  const tryOut = (on: GraphqlContext) => registerAll(rows, { request, context: on }, 1);
  const tried = await (isRehearsal ? tryOut(context) : context.rehearse((copy) => tryOut(copy.context)));
  const refusals = refusalsOf(tried, places);
  if (refusals.length > 0) return refusedRows(request, length, refusals);
  return outcomeOf(isRehearsal ? tried : await registerAll(rows, asked, atATime), places, request);
}

/** What became of a row, without the machine: thousands of them would be held until the last row is done. */
type Registered =
  | { readonly refusal: Rejection<UserErrorCode> }
  | { readonly position: Position | undefined; readonly isNew: boolean };

function registerAll(
  rows: readonly Row[],
  { request, context }: { readonly request: Request; readonly context: GraphqlContext },
  limit: number,
): Promise<readonly Registered[]> {
  const { meta, repeatable } = request.context;
  return inParallel(rows, limit, async ({ mac, name, labels, params }): Promise<Registered> => {
    const id = repeatable ? context.deriveId(meta.$causationId, ...mac) : context.newId();
    const registration = { newMachineId: MachineId.parse(id), macs: mac, name, labels, params };
    const result = await registerMachine(context.commands, registration, request.context);
    if (result.outcome === "rejected") return { refusal: result.rejection };
    return { position: result.position, isNew: result.eventIds.length > 0 };
  });
}

function outcomeOf(
  results: readonly Registered[],
  places: readonly string[],
  request: Request,
): ImportOutcome {
  const accepted = results.filter((result) => "isNew" in result);
  const registered = accepted.filter(({ isNew }) => isNew).length;
  const positions = accepted.map(({ position }) => position ?? "").sort();
  const userErrors = refusalsOf(results, places);
  return {
    userErrors: userErrors.slice(0, shownMax),
    position: positions.at(-1) || null,
    correlationId: request.correlationId,
    rows: results.length,
    problemCount: userErrors.length,
    registered,
    unchanged: accepted.length - registered,
  };
}

function refusedRows(request: Request, rows: number, userErrors: readonly UserError[]): ImportOutcome {
  const outcome = refused(request, userErrors.slice(0, shownMax));
  return { ...outcome, rows, problemCount: userErrors.length };
}

function formError({ row, path, message }: RowProblem): UserError {
  return invalidInput(fieldOf(row, path), message);
}

/** `content[3].mac`. */
function fieldOf(row: number, path: string): string {
  return path === "" ? `content[${row}]` : `content[${row}].${path}`;
}

/** The column that a refusal is about. */
const columnByCode: FieldNames = {
  MAC_TAKEN: "mac",
  MACHINE_EXISTS: "mac",
  NAME_TAKEN: "name",
  LABELS_TOO_MANY: "labels",
  PARAMS_TOO_LARGE: "params",
  PARAM_LOOKS_SECRET: "params",
};

function refusalsOf(results: readonly Registered[], places: readonly string[]): readonly UserError[] {
  return results.flatMap((result, row) => {
    if ("isNew" in result) return [];
    const { code, message } = result.refusal;
    const field = fieldOf(row, columnByCode[code] ?? "");
    return [{ ...userError({ code, message: `${places[row]}: ${message}` }), field }];
  });
}
