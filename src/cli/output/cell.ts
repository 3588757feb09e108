import { inert } from "./inert.ts";

/** A value as one line of text for a table, CSV or a diff: nothing is empty, an object is JSON. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(cellText).join(",");
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** The value at a path such as `run.state` or `holder.mac`; a list on the way gives the list of what its items hold. */
export function valueAt(row: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => member(value, key), row);
}

function member(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item) => member(item, key));
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/** A cell of a table for people. */
export function shownText(value: unknown): string {
  const text = inert(cellText(value));
  return text === "" ? "-" : text;
}
