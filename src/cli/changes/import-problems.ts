import type { Row } from "../api/api.ts";
import type { UserError } from "../api/failures.ts";
import type { Chunk, ImportFormat } from "./import-chunks.ts";

/** What is wrong with rows of a file, a line each: `machines.csv:4: mac: expected six hex octets`. None is of a row: none. */
export function problemLines(
  payload: Row,
  { chunk, format, file }: { readonly chunk: Chunk; readonly format: ImportFormat; readonly file: string },
): readonly string[] {
  const errors = (payload["userErrors"] as readonly UserError[]).filter(
    ({ field }) => rowOf(field) !== undefined,
  );
  if (errors.length === 0) return [];
  const lines = errors.map((error) => problemLine(error, { chunk, format, file }));
  const left = Number(payload["problemCount"] ?? 0) - errors.length;
  return left > 0 ? [...lines, `${file}: ... and ${left} more problems`] : lines;
}

function problemLine(
  { field, message }: UserError,
  { chunk, format, file }: { readonly chunk: Chunk; readonly format: ImportFormat; readonly file: string },
): string {
  const row = rowOf(field);
  const place = chunk.places[row?.index ?? 0];
  const where = format === "CSV" ? `${file}:${place}` : `${file}, row ${place}`;
  return `${where}: ${row?.column ? `${row.column}: ` : ""}${inTheFile(withoutLead(message, field), chunk)}`;
}

/** `content[3].mac.0` is about the column `mac` of the row with the index 3. */
function rowOf(field: string | null): { readonly index: number; readonly column: string } | undefined {
  const [, index, path = ""] = /^content\[(\d+)\]\.?(.*)$/.exec(field ?? "") ?? [];
  return index === undefined ? undefined : { index: Number(index), column: path.replace(/\.\d+$/, "") };
}

/** Without its place, which stands in front; where it speaks of another row, that is one of the file, too. */
function withoutLead(message: string, field: string | null): string {
  const bare = field !== null && message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
  return bare.replace(/^(?:line|row) \d+: /, "");
}

/** The service counts in what one request holds, which is a part of the file. */
function inTheFile(text: string, { places, sentPlaces }: Chunk): string {
  return text.replace(/\b(line|row) (\d+)\b/g, (told, word: string, number: string) => {
    const place = places[sentPlaces.indexOf(Number(number))];
    return place === undefined ? told : `${word} ${place}`;
  });
}
