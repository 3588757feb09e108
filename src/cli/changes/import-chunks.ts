import { usageError } from "../failure.ts";

export type ImportFormat = "CSV" | "JSON";

/** A part of a file that fits one request. */
export interface Chunk {
  readonly content: string;
  readonly rows: number;
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
  const lines = rows.map((row) => JSON.stringify(row));
  return grouped(lines).map((group) => ({ content: `[${group.join(",")}]`, rows: group.length }));
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
    }),
  );
  if (header === undefined) return [];
  const heading = stringify([header]);
  const lines = rows.map((row) => stringify([row]));
  return grouped(lines).map((group) => ({ content: heading + group.join(""), rows: group.length }));
}

function parsedCsv(parse: () => readonly string[][]): readonly string[][] {
  try {
    return parse();
  } catch (error) {
    throw usageError(`the file is no CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function grouped(lines: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (size + line.length > chunkCharactersMax || (groups.at(-1)?.length ?? 0) >= chunkRowsMax) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(line);
    size += line.length;
  }
  return groups;
}
