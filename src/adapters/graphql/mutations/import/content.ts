import { CsvError, parse as parseCsv } from "csv-parse/sync";
import { z } from "zod";
import type { Content, RawRow } from "./row.ts";

/** The rows of a JSON import: a list of objects. */
export function jsonContent(content: string): Content {
  let value: unknown;
  try {
    value = JSON.parse(content);
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
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true };
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

const paramColumn = /^param\.(.+)$/;

function headerProblem(columns: readonly string[]): string | undefined {
  const strange = columns.find(
    (column) => !["mac", "name", "labels"].includes(column) && !paramColumn.test(column),
  );
  if (strange !== undefined) {
    return `has a column "${strange.slice(0, 64)}": there are mac, name, labels and param.<key>`;
  }
  const twin = columns.find((column, index) => columns.indexOf(column) !== index);
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
  const keys = labels.map(([key]) => key);
  const twin = keys.find((key, index) => keys.indexOf(key) !== index);
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
