import type { Row } from "../api/api.ts";
import { cellText, shownText, valueAt } from "./cell.ts";
import { inert } from "./inert.ts";

/** How a value is shown to people. CSV and JSON have it as the API says it. */
export type ColumnKind =
  | "text"
  | "enum"
  | "time"
  | "bytes"
  | "flag"
  | "labels"
  | "options"
  | "ranges"
  | "selectors";

/** A column of a table, under the name that `--columns` and `--sort` take. */
export interface Column {
  readonly name: string;
  /** Where the value is in a row, `run.state`; through lists too. */
  readonly path: string;
  /** What to select for it. (Default: made of `path`) */
  readonly selection?: string;
  /** (Default: text) */
  readonly kind?: ColumnKind;
  /** What people see where there is nothing, such as an id for a name. */
  readonly fallback?: string;
  /** All that it can be, as the API spells it. (Default: not known here) */
  readonly values?: readonly string[];
  /** Only in `-o wide` and where it is asked for. */
  readonly wide?: boolean;
  /** The value of the API's order that sorts by it. `undefined`: nothing sorts by it. */
  readonly order?: string;
}

/** `run.state` selects `run { state }`. */
export function selectionOf({ path, selection, fallback }: Column): string {
  return [
    selection ?? selectionOfPath(path),
    ...(fallback === undefined ? [] : [selectionOfPath(fallback)]),
  ].join(" ");
}

function selectionOfPath(path: string): string {
  const [first = "", ...others] = path.split(".").reverse();
  return others.reduce((inner, outer) => `${outer} { ${inner} }`, first);
}

/** Which columns a narrow terminal leaves as they are: half a time is none. */
export function firmColumns(columns: readonly Column[]): ReadonlySet<number> {
  return new Set(columns.flatMap(({ kind }, index) => (kind === "time" ? [index] : [])));
}

/** A cell for people: on one line, inert, `-` when there is nothing. */
export function shownCell(row: Row, { path, fallback, kind = "text" }: Column): string {
  const value = valueAt(row, path) ?? (fallback === undefined ? undefined : valueAt(row, fallback));
  return shownByKind[kind](value);
}

/** A cell for programs. */
export function plainCell(row: Row, { path, kind }: Column): string {
  const value = valueAt(row, path);
  if (kind === "labels") return labelsText(value);
  if (kind === "options") return optionsText(value);
  if (kind === "ranges") return rangesText(value);
  return kind === "selectors" ? selectorsText(value) : cellText(value);
}

const shownByKind: Readonly<Record<ColumnKind, (value: unknown) => string>> = {
  text: shownText,
  enum: (value) => shownText(value).toLowerCase(),
  time: (value) => shownText(typeof value === "string" ? value.replace(/\.\d+Z$/, "Z") : value),
  flag: (value) => (value === true ? "yes" : "-"),
  bytes: (value) => (typeof value === "number" ? bytesText(value) : shownText(value)),
  labels: (value) => inert(labelsText(value)) || "-",
  options: (value) => inert(optionsText(value)) || "-",
  ranges: (value) => inert(rangesText(value)) || "-",
  selectors: (value) => inert(selectorsText(value)) || "-",
};

/** `[{first, last}]` as `first-last`, separated by commas. */
function rangesText(value: unknown): string {
  if (!Array.isArray(value)) return cellText(value);
  return value
    .map((range) => `${cellText(valueAt(range, "first"))}-${cellText(valueAt(range, "last"))}`)
    .join(",");
}

/** `[{name, value}]` as `name=value`, separated by semicolons: values have commas. */
function optionsText(value: unknown): string {
  if (!Array.isArray(value)) return cellText(value);
  return value
    .map((option) => `${cellText(valueAt(option, "name"))}=${cellText(valueAt(option, "value"))}`)
    .join("; ");
}

/** What the rules of a role are limited to, a rule each: `rack=r7,env=lab; all`. */
function selectorsText(value: unknown): string {
  if (!Array.isArray(value)) return cellText(value);
  return value.map((machines) => labelsText(valueAt(machines, "labels") ?? []) || "all").join("; ");
}

const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

function bytesText(bytes: number): string {
  const power = Math.min(bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const amount = bytes / 1024 ** power;
  return `${Number.isInteger(amount) ? amount : amount.toFixed(1)} ${units[power]}`;
}

/** `[{key, value}]` as `key=value`, separated by commas. */
function labelsText(value: unknown): string {
  if (!Array.isArray(value)) return cellText(value);
  return value
    .map((label) => {
      const [key, text] = [valueAt(label, "key"), valueAt(label, "value")].map(cellText);
      // A selector may ask for a label with any value.
      return text === "" && valueAt(label, "value") === null ? key : `${key}=${text}`;
    })
    .join(",");
}
