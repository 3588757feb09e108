import { z } from "zod";
import { registerMachine } from "../../../../domain/machine/register.ts";
import { MachineId } from "../../../../domain/values/machine-id.ts";
import type { ImportMachinesPayloadResolvers, UserError } from "../../__generated__/resolvers.ts";
import type { GraphqlContext } from "../../context.ts";
import type { ImportOutcome } from "../../models.ts";
import { noExpectedRevision } from "../fields.ts";
import { inParallel } from "../in-parallel.ts";
import { type Asked, mutation } from "../mutation.ts";
import { type Request, refused } from "../request.ts";
import { type FieldNames, invalidInput, userError } from "../user-errors.ts";
import { csvContent, jsonContent } from "./content.ts";
import { parseRows, type Row, type RowProblem, twinProblems } from "./row.ts";

const rowsMax = 10_000;

/** Most characters of a content. A request has a lower limit. */
const charactersMax = 4 * 1024 * 1024;

/** Most problems that are shown one by one. */
const shownMax = 100;

/** So many machines are registered at a time: they wait for the disk together. */
const atATime = 64;

const Import = z.object({
  format: z.enum(["CSV", "JSON"]),
  content: z.string().max(charactersMax),
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
  const { value, request, context } = asked;
  const content = value.format === "CSV" ? csvContent(value.content) : jsonContent(value.content);
  if ("problem" in content) {
    return { ...refused(request, [invalidInput("content", content.problem)]), problemCount: 1 };
  }
  const { length } = content.rows;
  if (length > rowsMax) {
    const message = `has ${length} rows, at most ${rowsMax} are taken: send them in parts`;
    return { ...refused(request, [invalidInput("content", message)]), rows: length, problemCount: 1 };
  }
  const { rows, problems } = parseRows(content.rows);
  // Rows have their places only while none of them is left out for being wrong.
  const all = problems.length > 0 ? problems : twinProblems(rows, content.rows);
  if (all.length > 0) return refusedRows(request, length, all.map(formError));

  const places = content.rows.map(({ place }) => place);
  // What the log refuses is found out on a copy of it, before the first machine is registered.
  const rehearsal = await context.rehearse();
  const tried = await registerAll(rows, { ...asked, context: rehearsal.context }, 1);
  const refusals = refusalsOf(tried, places);
  if (refusals.length > 0) return refusedRows(request, length, refusals);
  return outcomeOf(await registerAll(rows, asked, asked.isRehearsal ? 1 : atATime), places, request);
}

type Registered = Awaited<ReturnType<typeof registerMachine>>;

function registerAll(
  rows: readonly Row[],
  { request, context }: { readonly request: Request; readonly context: GraphqlContext },
  limit: number,
): Promise<readonly Registered[]> {
  const { meta, repeatable } = request.context;
  return inParallel(rows, limit, ({ mac, name, labels, params }) => {
    const id = repeatable ? context.deriveId(meta.$causationId, ...mac) : context.newId();
    const registration = { newMachineId: MachineId.parse(id), macs: mac, name, labels, params };
    return registerMachine(context.commands, registration, request.context);
  });
}

function outcomeOf(
  results: readonly Registered[],
  places: readonly string[],
  request: Request,
): ImportOutcome {
  const accepted = results.filter((result) => result.outcome === "accepted");
  const registered = accepted.filter(({ eventIds }) => eventIds.length > 0).length;
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
    if (result.outcome === "accepted") return [];
    const { code, message } = result.rejection;
    const field = fieldOf(row, columnByCode[code] ?? "");
    return [{ ...userError({ code, message: `${places[row]}: ${message}` }), field }];
  });
}
