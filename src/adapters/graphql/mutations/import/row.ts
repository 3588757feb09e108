import { z } from "zod";
import { LabelKey, LabelValue } from "../../../../domain/values/label.ts";
import { ParamKey, ParamValue } from "../../../../domain/values/param.ts";
import { MachineName } from "../../../../domain/values/slug.ts";
import { Macs } from "../fields.ts";

/** Most machines of one import. */
export const rowsMax = 10_000;

/** An object by its keys. zod leaves `__proto__` out without a word; here it is a mistake like any other. */
function keyed<Key extends z.ZodType<string>, Value extends z.ZodType>(key: Key, value: Value) {
  return z
    .custom<Record<string, unknown>>(
      (given) => typeof given !== "object" || given === null || !Object.hasOwn(given, "__proto__"),
      "__proto__ cannot be a key",
    )
    .pipe(z.record(key, value));
}

/** A machine of an import, as a list of objects says it. */
const Row = z.strictObject({
  mac: z
    .union([z.string(), z.array(z.string())])
    .transform((mac) => (typeof mac === "string" ? [mac] : mac))
    .pipe(Macs),
  name: MachineName.optional(),
  labels: keyed(LabelKey, LabelValue).default({}),
  params: keyed(ParamKey, ParamValue).default({}),
});
export type Row = z.infer<typeof Row>;

/** What is wrong with a row of an import. */
export interface RowProblem {
  /** From 0. */
  readonly row: number;
  /** Within the row: `mac`, `labels.rack`; empty: the row itself. */
  readonly path: string;
  readonly message: string;
}

/** Rows with the places where people find them, or what is wrong with the whole. */
export type Content = { readonly rows: readonly RawRow[] } | { readonly problem: string };

export type RawRow = {
  /** Where it is, for people: `line 5`. */
  readonly place: string;
} & (
  | {
      /** Of the form that a JSON import has. */
      readonly value: unknown;
    }
  /** What is wrong with how it is written. */
  | { readonly path: string; readonly problem: string }
);

/** Checks each row by itself. Problems of all of them, rows that have none. */
export function parseRows(rows: readonly RawRow[]) {
  const parsed: Row[] = [];
  const problems: RowProblem[] = [];
  for (const [row, raw] of rows.entries()) {
    const { place } = raw;
    if ("problem" in raw) {
      problems.push({ row, path: raw.path, message: `${place}: ${raw.problem}` });
      continue;
    }
    const result = Row.safeParse(raw.value);
    if (result.success) parsed.push(result.data);
    for (const { path, message } of result.error?.issues ?? []) {
      problems.push({ row, path: path.join("."), message: `${place}: ${message}` });
    }
  }
  return { rows: parsed, problems };
}

/** Interfaces and names that two rows have. `rows`: all of the content. */
export function twinProblems(rows: readonly Row[], places: readonly RawRow[]): readonly RowProblem[] {
  const first = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const [row, { mac, name }] of rows.entries()) {
    const unique = [...new Set(mac)].map((value) => ({ path: "mac", value }));
    for (const { path, value } of name === undefined ? unique : [...unique, { path: "name", value: name }]) {
      const other = first.get(`${path} ${value}`);
      if (other === undefined) first.set(`${path} ${value}`, row);
      else {
        const message = `${places[row]?.place}: ${value} stands in ${places[other]?.place} too: leave it out of one`;
        problems.push({ row, path, message });
      }
    }
  }
  return problems;
}
