import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { type Change, commonInput, requestChange } from "../changes/change.ts";
import { changeText } from "../changes/change-text.ts";
import { type Chunk, chunksOf, type ImportFormat } from "../changes/import-chunks.ts";
import { Failure, usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, withChange } from "../options.ts";
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
    await importChunks(session, await chunksOf(text, format), { format, options });
  });
}

/** Chunk after chunk. A chunk is registered whole or not at all; one that was registered before changes nothing. */
async function importChunks(
  session: Session,
  chunks: readonly Chunk[],
  { format, options }: { readonly format: ImportFormat; readonly options: Options },
): Promise<void> {
  const { createProgress } = await import("../progress.ts");
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const progress = createProgress(session, { total: rows, unit: "machines" });
  const payloads: Row[] = [];
  try {
    for (const [index, { content, rows: size }] of chunks.entries()) {
      payloads.push(await importChunk(session, { content, index, format, options }));
      progress.advance(size);
    }
  } catch (error) {
    throw payloads.length === 0 ? error : partial(error, { done: sum(payloads, "registered"), rows });
  } finally {
    progress.end();
  }
  for (const payload of payloads) {
    if (options.dryRun || options.output !== "table") {
      await session.streams.out(
        await changeText({ payload, done: "" }, { ...options, palette: session.palette }),
      );
    }
  }
  const [registered, unchanged] = [sum(payloads, "registered"), sum(payloads, "unchanged")];
  if (options.output === "table" && !options.dryRun) {
    await session.streams.out(`${registered} machines registered, ${unchanged} were before\n`);
  }
}

/** A key for the whole file makes one for each chunk. */
function importChunk(
  session: Session,
  chunk: {
    readonly content: string;
    readonly index: number;
    readonly format: ImportFormat;
    readonly options: Options;
  },
): Promise<Row> {
  const { content, index, format, options } = chunk;
  const { idempotencyKey } = options;
  const keyed = idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey}-${index + 1}` };
  return requestChange(session, importChange, { format, content, ...commonInput({ ...options, ...keyed }) });
}

function partial(error: unknown, { done, rows }: { readonly done: number; readonly rows: number }): unknown {
  if (!(error instanceof Failure)) return error;
  const { code, remedy, correlationId, message } = error;
  const told = `${message}; ${done} of ${rows} machines were registered before`;
  return new Failure("partial", told, { code, remedy, correlationId, cause: error });
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
