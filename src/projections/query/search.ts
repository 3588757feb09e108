import { takes } from "./check.ts";
import type { QueryColumn, QueryColumns } from "./column.ts";
import type { Condition, Test } from "./condition.ts";
import { nearest } from "./nearest.ts";
import {
  type Operator,
  type Piece,
  problemAt,
  type SearchProblem,
  type SearchTerm,
  searchTerms,
} from "./search-tokens.ts";
import { readScalar, readTest } from "./search-values.ts";

/** `condition`: `undefined` when the text asks for nothing, so for every row. */
export type SearchResult =
  | { readonly condition: Condition | undefined; readonly problems?: undefined }
  | { readonly problems: readonly SearchProblem[]; readonly condition?: undefined };

/** A collection as the search grammar sees it. */
export interface SearchColumns extends QueryColumns {
  /** Other names of columns, `ip` for `address`. */
  readonly aliases: Readonly<Record<string, string>>;
  /** The text column that a bare word is a prefix of; `undefined` when there is none. */
  readonly bareWord: string | undefined;
}

/** Longest search text, UTF-16 units. */
const lengthMax = 1_000;
const termsMax = 32;

/**
 * Reads a search text: terms separated by blanks, all of which must hold. `-term` negates; `column:value`,
 * `column:a,b` (either), `column:"with blanks"`, `column:prefix*`, `column:*` (has a value), `column<value`, `<=`,
 * `>`, `>=`, `label:key`, `label:key=value`; a bare word is what the name begins with. `nowMs`: what `now` means.
 */
export function parseSearch(text: string, columns: SearchColumns, nowMs: number): SearchResult {
  if (text.length > lengthMax) {
    const rest = { start: lengthMax, end: text.length };
    return { problems: [problemAt(rest, `a search has at most ${lengthMax} characters`)] };
  }
  const problems: SearchProblem[] = [];
  const terms = searchTerms(text, problems);
  const surplus = terms[termsMax];
  if (surplus) problems.push(problemAt(surplus.head, `a search has at most ${termsMax} terms`));
  const conditions = terms.flatMap((term) => {
    const condition = termCondition(term, { columns, nowMs, problems });
    return condition ? [term.negated ? { not: condition } : condition] : [];
  });
  if (problems.length > 0) return { problems };
  const [first, ...others] = conditions;
  return { condition: others.length > 0 ? { all: conditions } : first };
}

interface Reading {
  readonly columns: SearchColumns;
  readonly nowMs: number;
  readonly problems: SearchProblem[];
}

/** `undefined`: the problem was told. */
function termCondition(term: SearchTerm, reading: Reading): Condition | undefined {
  const { head, operator, values } = term;
  const { columns, problems } = reading;
  if (!operator) return bareWordCondition(head, reading);
  const empty = values.find(({ text, quoted }) => text === "" && !quoted);
  if (empty) {
    problems.push(
      problemAt({ start: head.start, end: empty.end }, `${head.text}${operator} is followed by a value`),
    );
    return undefined;
  }
  if (columns.labels && head.text === "label") return labelCondition(term, reading);
  const name = columnNamed(head.text, columns);
  const column = name === undefined ? undefined : columns.columns[name];
  if (name === undefined || !column) {
    problems.push(problemAt(head, unknownColumn(head.text, columns)));
    return undefined;
  }
  if (operator !== ":") return comparison({ name, column, operator }, values, reading);
  const tests = values.map((value) => valueTest({ name, column }, value, reading));
  return tests.every((test) => test !== undefined) ? anyOf({ column: name }, tests) : undefined;
}

function bareWordCondition(word: Piece, { columns, problems }: Reading): Condition | undefined {
  const { bareWord } = columns;
  if (bareWord === undefined || (!word.quoted && word.text.includes("="))) {
    const example = columns.labels ? "column:value or label:key=value" : "column:value";
    problems.push(problemAt(word, `${word.text} is no term: write ${example}`));
    return undefined;
  }
  const prefix = word.quoted ? word.text : word.text.replace(/\*$/, "");
  return { column: bareWord, prefix };
}

/** `label:key`, `label:key=value`, `label:key=a,b`, `label:key=*`. */
function labelCondition(
  { head, operator, values }: SearchTerm,
  { problems }: Reading,
): Condition | undefined {
  const [first, ...others] = values;
  const [key = "", ...rest] = first?.text.split("=") ?? [];
  if (operator !== ":" || key === "" || (rest.length === 0 && others.length > 0)) {
    problems.push(problemAt(head, "a label is asked for by label:key, label:key=value or label:key=a,b"));
    return undefined;
  }
  const value = rest.join("=");
  if (rest.length === 0 || (value === "*" && others.length === 0)) return { label: key, exists: true };
  return anyOf(
    { label: key },
    [value, ...others.map(({ text }) => text)].map((eq) => ({ eq })),
  );
}

interface Named {
  readonly name: string;
  readonly column: QueryColumn;
}

function comparison(
  { name, column, operator }: Named & { readonly operator: Exclude<Operator, ":"> },
  values: readonly Piece[],
  { nowMs, problems }: Reading,
): Condition | undefined {
  const [value, ...others] = values;
  const read = value && readScalar(value.text, column, nowMs);
  if (!value || others.length > 0 || !takes(column.kind, "range")) {
    const problem = others.length > 0 ? `is compared with one value` : `cannot be compared with ${operator}`;
    problems.push(problemAt(value ?? { start: 0, end: 1 }, `${name} ${problem}: write ${name}:value`));
    return undefined;
  }
  if (!read || "wrong" in read) {
    problems.push(problemAt(value, `${value.text} ${read?.wrong}`));
    return undefined;
  }
  // Numbers and times are whole, so that the next one begins where this one ends.
  const bound = Number(read.value);
  const bounds = {
    "<": { below: bound },
    "<=": { below: bound + 1 },
    ">": { from: bound + 1 },
    ">=": { from: bound },
  };
  return { column: name, ...bounds[operator] };
}

function valueTest({ name, column }: Named, value: Piece, { nowMs, problems }: Reading): Test | undefined {
  const { text, quoted } = value;
  if (!quoted && text === "*") return { exists: true };
  if (!quoted && text.endsWith("*")) {
    if (takes(column.kind, "prefix")) return { prefix: text.slice(0, -1) };
    problems.push(problemAt(value, `${name} is compared whole, without *`));
    return undefined;
  }
  const read = readTest(text, column, nowMs);
  if ("test" in read) return read.test;
  problems.push(problemAt(value, `${text} ${read.wrong}`));
  return undefined;
}

/** One test as it is, several equalities as a list, anything else as alternatives. */
function anyOf(subject: { column: string } | { label: string }, tests: readonly Test[]): Condition {
  const [only, ...others] = tests;
  if (only && others.length === 0) return { ...subject, ...only };
  const values = tests.flatMap((test) => ("eq" in test ? [test.eq] : []));
  if (values.length === tests.length) return { ...subject, in: values };
  return { any: tests.map((test) => ({ ...subject, ...test })) };
}

function columnNamed(word: string, { columns, aliases }: SearchColumns): string | undefined {
  const sought = word.toLowerCase();
  const same = (candidate: string) => candidate.toLowerCase() === sought;
  const alias = Object.keys(aliases).find(same);
  return Object.keys(columns).find(same) ?? (alias === undefined ? undefined : aliases[alias]);
}

function unknownColumn(word: string, { columns, aliases, labels }: SearchColumns): string {
  const names = [...Object.keys(columns), ...(labels ? ["label"] : [])];
  const meant = nearest(word, [...names, ...Object.keys(aliases)]);
  const hint = meant === undefined ? `there are ${names.join(", ")}` : `did you mean ${meant}?`;
  return `there is no column ${word}: ${hint}`;
}
