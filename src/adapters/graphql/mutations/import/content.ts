import { CsvError, parse as parseCsv } from "csv-parse/sync";
import { z } from "zod";
import { paramsMax } from "../../../../domain/values/param.ts";
import { twinIn } from "../twin.ts";
import { type Content, type RawRow, rowsMax } from "./row.ts";

/** The rows of a JSON import: a list of objects. */
export function jsonContent(content: string): Content {
  let value: unknown;
  try {
    // Programs may leave a byte order mark out of account (RFC 8259 s. 8.1), and some systems write one.
    value = JSON.parse(content.replace(/^\ufeff/, ""));
  } catch (error) {
    return { problem: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!Array.isArray(value)) return { problem: "is not a list: put the machines into [ and ]" };
  return { rows: value.map((row: unknown, index) => ({ value: row, place: `row ${index + 1}` })) };
}

const CsvRecords = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** The rows of a CSV import (RFC 4180): a header line names the columns. */
export function csvContent(content: string): Content {
  let records: z.infer<typeof CsvRecords>;
  try {
    const form = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true };
    // The header, the rows that are taken, and one by which it is seen that there are more.
    const options = { ...form, to: rowsMax + 2 };
    records = CsvRecords.parse(parseCsv(content, options));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { problem: `is not CSV: ${error.message}` };
  }
  const [header, ...rows] = records;
  const columns = header?.record ?? [];
  const problem = headerProblem(columns);
  if (problem !== undefined) return { problem };
  return { rows: rows.map(({ record, info }) => rowOf(columns, record, `line ${info.lines}`)) };
}

const plainColumns = ["mac", "name", "labels"];
const paramColumn = /^param\.(.+)$/;

/** Each row has a value for each column, so many columns of many short rows would be much more than was sent. */
const columnsMax = plainColumns.length + paramsMax;

function headerProblem(columns: readonly string[]): string | undefined {
  if (columns.length > columnsMax) {
    return `has ${columns.length} columns, at most ${columnsMax} are taken: leave some out`;
  }
  const strange = columns.find((column) => !plainColumns.includes(column) && !paramColumn.test(column));
  if (strange !== undefined) {
    return `has a column "${strange.slice(0, 64)}": there are mac, name, labels and param.<key>`;
  }
  const twin = twinIn(columns);
  if (twin !== undefined) return `has the column ${twin} twice: leave one of the two out`;
  return columns.includes("mac")
    ? undefined
    : "has no column mac: begin with a header line such as mac,name,labels";
}

/** An empty field says nothing. */
function rowOf(columns: readonly string[], record: readonly string[], place: string): RawRow {
  if (record.length > columns.length) {
    const problem = `has ${record.length} fields, the header ${columns.length}: put quotes around commas`;
    return { place, path: "", problem };
  }
  const fields = columns.map((column, index) => [column, record[index] ?? ""] as const);
  const given = new Map(fields.filter(([, text]) => text !== ""));
  const params = [...given].flatMap(([column, text]) => {
    const [, key] = paramColumn.exec(column) ?? [];
    return key === undefined ? [] : [[key, paramOf(text)] as const];
  });
  const labels = labelsOf(given.get("labels") ?? "");
  const twin = twinIn(labels.map(([key]) => key));
  if (twin !== undefined) return { place, path: "labels", problem: `${twin} stands twice: leave one out` };
  const name = given.get("name");
  const value = {
    mac: (given.get("mac") ?? "").split(/\s+/).filter(Boolean),
    ...(name !== undefined && { name }),
    labels: Object.fromEntries(labels),
    params: Object.fromEntries(params),
  };
  return { value, place };
}

/** `rack=r7;role=worker`. */
function labelsOf(text: string): readonly (readonly [key: string, value: string])[] {
  const parts = text.split(";").map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const [key = "", ...value] = part.split("=");
    return [key.trim(), value.join("=").trim()] as const;
  });
}

function paramOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is the text that it is.
    return text;
  }
}
