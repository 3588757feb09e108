import { Ipv4, Ipv4Cidr } from "../../domain/values/ipv4.ts";
import { MacAddress } from "../../domain/values/mac-address.ts";
import type { ColumnKind, QueryColumn, QueryColumns } from "./column.ts";
import type { Condition, Scalar, Term, Test } from "./condition.ts";
import { QueryError } from "./query-error.ts";

/** Most terms of a condition. Beyond any sensible question, and far below what SQLite can parse. */
export const termsMax = 128;
/** Most values of one `in`. */
const valuesMax = 500;
/** How deep groups may be nested. */
const depthMax = 40;

/** @throws QueryError when a condition asks what these columns cannot answer */
export function checkCondition(condition: Condition | undefined, columns: QueryColumns): void {
  if (condition && countTerms(condition, columns, 0) > termsMax) {
    throw new QueryError(`a condition has at most ${termsMax} terms`);
  }
}

function countTerms(condition: Condition, columns: QueryColumns, depth: number): number {
  if (depth > depthMax) throw new QueryError(`a condition is nested at most ${depthMax} deep`);
  if ("not" in condition) return countTerms(condition.not, columns, depth + 1);
  const parts = "all" in condition ? condition.all : "any" in condition ? condition.any : undefined;
  if (parts) return parts.reduce((sum, part) => sum + countTerms(part, columns, depth + 1), 0);
  checkTerm(condition as Term, columns);
  return 1;
}

function checkTerm(term: Term, columns: QueryColumns): void {
  if ("label" in term) {
    checkLabel(term, columns);
    return;
  }
  const column = columnOf(columns, term.column);
  const problem = problemOf(term, column);
  if (problem) throw new QueryError(`column ${term.column} ${problem}`);
}

function problemOf(test: Test, column: QueryColumn): string | undefined {
  const refused = testOf(test);
  if (refused && !testsOf[column.kind].has(refused)) return `takes no ${refused}`;
  if ("within" in test && !Ipv4Cidr.safeParse(test.within).success)
    return "takes a network such as 10.4.0.0/16";
  const wrong = refused === "prefix" || refused === "within" ? undefined : wrongValue(test, column);
  return wrong === undefined ? undefined : `takes ${wanted(column)}, not ${JSON.stringify(wrong)}`;
}

function wrongValue(test: Test, column: QueryColumn): Scalar | undefined {
  if ("exists" in test) return undefined;
  return valuesOf(test).find((value) => !isOfKind(value, column));
}

/** A test that not every kind of column takes; `undefined` for one that all take. */
function testOf(test: Test): "prefix" | "within" | "range" | undefined {
  if ("prefix" in test) return "prefix";
  if ("within" in test) return "within";
  return "eq" in test || "in" in test || "exists" in test ? undefined : "range";
}

/** The column of this name. @throws QueryError when there is none */
export function columnOf<Column extends QueryColumn>(
  { columns }: { readonly columns: Readonly<Record<string, Column>> },
  name: string,
): Column {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column) return column;
  throw new QueryError(`there is no column ${name}, only ${Object.keys(columns).join(", ")}`);
}

function checkLabel(term: Extract<Term, { label: string }>, { labels }: QueryColumns): void {
  if (!labels) throw new QueryError("there are no labels here");
  if ("exists" in term) return;
  if (!("eq" in term || "in" in term)) throw new QueryError("a label is compared whole, or exists");
  if (valuesOf(term).some((value) => typeof value !== "string")) {
    throw new QueryError(`the value of label ${term.label} is text`);
  }
}

/** Tests besides eq, in and exists. */
const testsOf: Readonly<Record<ColumnKind, ReadonlySet<"prefix" | "within" | "range">>> = {
  text: new Set(["prefix"]),
  id: new Set(),
  enum: new Set(),
  boolean: new Set(),
  number: new Set(["range"]),
  time: new Set(["range"]),
  address: new Set(["within"]),
  mac: new Set(["prefix"]),
};

/** Whether columns of this kind take `prefix`, `within`, or `from` and `below`. */
export function takes(kind: ColumnKind, test: "prefix" | "within" | "range"): boolean {
  return testsOf[kind].has(test);
}

function valuesOf(term: Test): readonly Scalar[] {
  if ("eq" in term) return [term.eq];
  if ("in" in term) {
    if (term.in.length > valuesMax) throw new QueryError(`a list has at most ${valuesMax} values`);
    return term.in;
  }
  const { from, below } = term as { readonly from?: Scalar; readonly below?: Scalar };
  const bounds = [from, below].filter((bound) => bound !== undefined);
  if (bounds.length === 0) throw new QueryError("a range has a bound");
  return bounds;
}

function isOfKind(value: Scalar, { kind, values }: QueryColumn): boolean {
  switch (kind) {
    case "boolean":
      return typeof value === "boolean";
    case "number":
    case "time":
      return Number.isSafeInteger(value);
    case "address":
      return Ipv4.safeParse(value).success;
    case "mac":
      return MacAddress.safeParse(value).data === value;
    case "enum":
      return values?.includes(String(value)) ?? false;
    default:
      return typeof value === "string";
  }
}

function wanted({ kind, values = [] }: QueryColumn): string {
  const words: Readonly<Record<ColumnKind, string>> = {
    text: "text",
    id: "text",
    enum: `one of ${values.join(", ")}`,
    boolean: "true or false",
    number: "a whole number",
    time: "a time in milliseconds",
    address: "an IPv4 address such as 10.4.0.17",
    mac: "a MAC address such as 52:54:00:12:34:56",
  };
  return words[kind];
}
