import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { refusalOf, type UserError } from "../api/failures.ts";
import { askForChange, type Change, commonInput } from "../changes/change.ts";
import { changeText } from "../changes/change-text.ts";
import { type Chunk, chunksOf, type ImportFormat } from "../changes/import-chunks.ts";
import { problemLines } from "../changes/import-problems.ts";
import { Failure, usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, withChange } from "../options.ts";
import { inert } from "../output/inert.ts";
import type { Progress } from "../progress.ts";
import { onAction, type Session } from "../session.ts";

interface Options extends ChangeOptions {
  readonly format?: "csv" | "json";
}

/** Many machines at once. */
export const importChange: Change = {
  mutation: "importMachines",
  fields: "rows registered unchanged problemCount",
  done: () => "",
};

/** `machines import`. */
export function addImport(parent: Command, host: Host): void {
  const command = withChange(
    parent.command("import").description("register the machines of a CSV or JSON file"),
  )
    .argument("<file>", "where they are; - is stdin")
    .addOption(new Option("--format <format>", "how the file is written").choices(["csv", "json"]));
  onAction<Options>(command, host, async (session, { args: [file = ""], options }) => {
    const text = file === "-" ? await session.streams.input() : readFile(file);
    const format = formatOf(options.format ?? extname(file).slice(1), file);
    await importFile(session, { file, format, chunks: await chunksOf(text, format) }, options);
  });
}

interface ImportFile {
  readonly file: string;
  readonly format: ImportFormat;
  readonly chunks: readonly Chunk[];
}

/** Chunk after chunk. A chunk is registered whole or not at all; one that was registered before changes nothing. */
async function importFile(session: Session, source: ImportFile, options: Options): Promise<void> {
  const { createProgress } = await import("../progress.ts");
  const rows = source.chunks.reduce((total, chunk) => total + chunk.rows, 0);
  // What is wrong with the last part is told before the first one is registered.
  const isChecked = source.chunks.length > 1 && !options.dryRun;
  const progress = createProgress(session, {
    total: isChecked ? 2 * rows : rows,
    unit: "rows",
    steps: source.chunks.length,
  });
  const payloads: Row[] = [];
  try {
    if (isChecked) await checkChunks(session, source, { options, progress });
    for (const [index, chunk] of source.chunks.entries()) {
      const payload = await importChunk(session, source, { index, options });
      if (isRefused(payload)) throw new Refusal(payload, problemLines(payload, { ...source, chunk }));
      payloads.push(payload);
      progress.advance(chunk.rows);
    }
  } catch (error) {
    progress.end();
    const failure = error instanceof Refusal ? told(session, error) : error;
    throw payloads.length === 0 ? failure : partial(failure, { done: sum(payloads, "registered"), rows });
  }
  progress.end();
  await report(session, payloads, options);
}

/** A dry run of all of it. One that is too large for the service says nothing about the file. */
async function checkChunks(
  session: Session,
  source: ImportFile,
  { options, progress }: { readonly options: Options; readonly progress: Progress },
): Promise<void> {
  let refused: Row | undefined;
  const lines: string[] = [];
  for (const [index, chunk] of source.chunks.entries()) {
    const payload = await importChunk(session, source, { index, options: { ...options, dryRun: true } });
    progress.advance(chunk.rows);
    const [first] = payload["userErrors"] as readonly UserError[];
    if (!first || first.code === "DRY_RUN_TOO_LARGE") continue;
    refused ??= payload;
    lines.push(...problemLines(payload, { ...source, chunk }));
  }
  if (refused) throw new Refusal(refused, lines);
}

/** A key for the whole file makes one for each chunk. */
function importChunk(
  session: Session,
  { format, chunks }: ImportFile,
  { index, options }: { readonly index: number; readonly options: Options },
): Promise<Row> {
  const { idempotencyKey } = options;
  const keyed = idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey}-${index + 1}` };
  const content = chunks[index]?.content;
  return askForChange(session, importChange, { format, content, ...commonInput({ ...options, ...keyed }) });
}

function isRefused(payload: Row): boolean {
  return (payload["userErrors"] as readonly UserError[]).length > 0;
}

/** The service did not take the file, or a part of it. */
class Refusal extends Error {
  readonly payload: Row;
  /** What is wrong with single rows. */
  readonly lines: readonly string[];

  constructor(payload: Row, lines: readonly string[]) {
    super();
    this.payload = payload;
    this.lines = lines;
  }
}

/** Tells each problem of a file in a line of its own; what is wrong with all of it is the failure itself. */
function told(session: Session, { payload, lines }: Refusal): Failure {
  const correlationId = payload["correlationId"] as string;
  const whole = refusalOf(payload["userErrors"] as readonly UserError[], correlationId);
  if (lines.length === 0) return whole;
  for (const line of lines) session.streams.note(inert(line));
  const { reason, code } = whole;
  const message = `${lines.length === 1 ? "1 problem" : `${lines.length} problems`}, told above; nothing of it was registered`;
  return new Failure(reason, message, { code, correlationId });
}

async function report(session: Session, payloads: readonly Row[], options: Options): Promise<void> {
  const [registered, unchanged] = [sum(payloads, "registered"), sum(payloads, "unchanged")];
  if (options.output === "table" && !options.dryRun) {
    return session.streams.out(`${registered} machines registered, ${unchanged} were before\n`);
  }
  for (const payload of payloads) {
    const wouldBeDone = `${payload["registered"]} machines would be registered, ${payload["unchanged"]} were before`;
    const text = await changeText(
      { payload, done: "", wouldBeDone },
      { ...options, palette: session.palette },
    );
    await session.streams.out(text);
  }
}

function partial(error: unknown, { done, rows }: { readonly done: number; readonly rows: number }): unknown {
  if (!(error instanceof Failure)) return error;
  const { code, remedy, correlationId, message } = error;
  const text = `${message}; ${done} of ${rows} machines were registered before`;
  return new Failure("partial", text, { code, remedy, correlationId, cause: error });
}

function sum(payloads: readonly Row[], field: string): number {
  return payloads.reduce((total, payload) => total + Number(payload[field]), 0);
}

function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw usageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function formatOf(word: string, file: string): ImportFormat {
  const format = word.toUpperCase();
  if (format === "CSV" || format === "JSON") return format;
  throw usageError(`how ${file} is written is not known`, "say --format csv or --format json");
}
