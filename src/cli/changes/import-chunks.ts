import { usageError } from "../failure.ts";

export type ImportFormat = "CSV" | "JSON";

/** A part of a file that fits one request. */
export interface Chunk {
  readonly content: string;
  readonly rows: number;
  /** Where each row is: the line of a CSV file, or which one of a list in JSON it is, from 1. */
  readonly places: readonly number[];
  /** Where it is in `content`, counted likewise. The service speaks of these. */
  readonly sentPlaces: readonly number[];
}

/** A request may have 256 KiB in all; text in JSON is longer by what has to be escaped. */
const chunkCharactersMax = 100_000;
const chunkRowsMax = 1_000;

/** The rows of a file in parts that fit a request each. @throws Failure when it is not of its format */
export async function chunksOf(text: string, format: ImportFormat): Promise<readonly Chunk[]> {
  const chunks = format === "JSON" ? jsonChunks(text) : await csvChunks(text);
  if (chunks.length === 0) throw usageError("there is nothing to import");
  return chunks;
}

function jsonChunks(text: string): readonly Chunk[] {
  const rows = parsedJson(text);
  if (!Array.isArray(rows))
    throw usageError("expected a list of machines", 'such as [{"mac": "52:54:00:00:00:01"}]');
  const parts = rows.map((row, index) => ({ text: JSON.stringify(row), place: index + 1 }));
  return grouped(parts).map((group) => ({
    content: `[${textsOf(group).join(",")}]`,
    ...sizeOf(group, "JSON"),
  }));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`the file is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Each chunk begins with the header. */
async function csvChunks(text: string): Promise<readonly Chunk[]> {
  const { parse } = await import("csv-parse/sync");
  const { stringify } = await import("csv-stringify/sync");
  const [header, ...rows] = parsedCsv(() =>
    parse(text, {
      bom: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n"],
      relax_column_count: true,
      info: true,
    }),
  );
  if (header === undefined) return [];
  const heading = stringify([header.record]);
  const parts = rows.map(({ record, info }) => ({ text: stringify([record]), place: info.lines }));
  return grouped(parts).map((group) => ({
    content: heading + textsOf(group).join(""),
    ...sizeOf(group, "CSV"),
  }));
}

interface CsvRow {
  readonly record: readonly string[];
  /** `lines`: on which line of the file it ends. */
  readonly info: { readonly lines: number };
}

function parsedCsv(parse: () => unknown): readonly CsvRow[] {
  try {
    return parse() as readonly CsvRow[];
  } catch (error) {
    throw usageError(`the file is no CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A row as it is sent, and where it is in the file. */
interface Part {
  readonly text: string;
  readonly place: number;
}

function textsOf(parts: readonly Part[]): readonly string[] {
  return parts.map(({ text }) => text);
}

function sizeOf(parts: readonly Part[], format: ImportFormat): Omit<Chunk, "content"> {
  // The header is the first line of CSV.
  let line = 1;
  const sentPlaces = parts.map(({ text }, index) => {
    line += text.split("\n").length - 1;
    return format === "CSV" ? line : index + 1;
  });
  return { rows: parts.length, places: parts.map(({ place }) => place), sentPlaces };
}

function grouped(parts: readonly Part[]): readonly (readonly Part[])[] {
  const groups: Part[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    if (size + part.text.length > chunkCharactersMax || (groups.at(-1)?.length ?? 0) >= chunkRowsMax) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(part);
    size += part.text.length;
  }
  return groups;
}
