import type { QueryColumn, QueryColumns } from "../../../projections/query/column.ts";
import type { Condition, Scalar, Subject, Test } from "../../../projections/query/condition.ts";
import { apiError } from "../errors.ts";
import { type Naming, nameIn, wordIn } from "./naming.ts";

/** A filter of the schema, whichever object it is for: its fields are columns, and `and`, `or`, `not`. */
export type FilterInput = Readonly<Record<string, unknown>>;

/** Levels of `and`, `or` and `not`. How much a condition may ask beside that is the collection's to say. */
const depthMax = 8;

/** Characters of a text. */
const textMax = 256;

/** How the parts of the schema's condition types read. */
const tests: Readonly<Record<string, (values: readonly Scalar[]) => Test>> = {
  eq: ([value = ""]) => ({ eq: value }),
  in: (values) => ({ in: values }),
  prefix: ([value]) => ({ prefix: String(value) }),
  within: ([value]) => ({ within: String(value) }),
  exists: ([value]) => ({ exists: value === true }),
  from: ([value = 0]) => ({ from: value }),
  to: ([value = 0]) => ({ below: value }),
  min: ([value = 0]) => ({ from: value }),
  max: ([value]) => ({ below: Math.min(Number(value) + 1, Number.MAX_SAFE_INTEGER) }),
};

/**
 * The condition that a filter of the schema states. There is one rule for all: a field is called as its column is,
 * and what stands in it is a list of tests which must all hold.
 *
 * @throws GraphQLError `INPUT_INVALID` when it is too deep, or a text of it too long
 */
export function conditionOf(filter: FilterInput, { columns }: QueryColumns, naming: Naming): Condition {
  function every(input: FilterInput, depth: number): Condition {
    if (depth > depthMax) throw invalid(`the filter nests more than ${depthMax} levels deep`);
    return { all: givenEntries(input).flatMap(([field, value]) => conditionsOf(field, value, depth)) };
  }

  function conditionsOf(field: string, value: unknown, depth: number): readonly Condition[] {
    const inner = () => inputs(value).map((input) => every(input, depth + 1));
    switch (field) {
      case "and":
        return [{ all: inner() }];
      case "or":
        return [{ any: inner() }];
      case "not":
        return inner().map((not) => ({ not }));
      case "label":
        return inputs(value).flatMap(labelTests);
      default:
        return columnTests(field, value);
    }
  }

  function columnTests(field: string, value: unknown): readonly Condition[] {
    const column = columns[field];
    if (!column) throw new Error(`the schema has a condition on ${field}, and the collection no such column`);
    if (typeof value === "boolean") return [{ column: field, eq: value }];
    return inputs(value).flatMap((parts) => testsOf({ column: field }, parts, insideOf(field, column)));
  }

  /** What turns a value of the schema into the column's own. */
  function insideOf(field: string, { kind }: QueryColumn): (value: Scalar) => Scalar {
    if (kind === "enum") return (value) => wordIn(naming, field, String(value));
    if (kind === "id") return (value) => nameIn(naming, field, String(value));
    // Whole addresses are in this form already: their scalar saw to it.
    if (kind === "mac") return (value) => String(value).toLowerCase().replaceAll("-", ":");
    return (value) => value;
  }

  return every(filter, 1);
}

function labelTests({ key, ...parts }: FilterInput): readonly Condition[] {
  const subject = { label: shortText(String(key)) };
  const stated = testsOf(subject, parts, (value) => value);
  return stated.length > 0 ? stated : [{ ...subject, exists: true }];
}

function testsOf(
  subject: Subject,
  parts: FilterInput,
  inside: (value: Scalar) => Scalar,
): readonly Condition[] {
  return givenEntries(parts).map(([part, value]) => {
    const test = tests[part];
    if (!test) throw new Error(`the schema has a test ${part} that means nothing`);
    const values = (Array.isArray(value) ? value : [value]) as readonly Scalar[];
    const own = part === "exists" ? values : values.map(shortText).map(inside);
    return { ...subject, ...test(own) };
  });
}

function shortText<Value extends Scalar>(value: Value): Value {
  if (typeof value === "string" && value.length > textMax) {
    throw invalid(`a text of the filter has more than ${textMax} characters`);
  }
  return value;
}

function invalid(message: string): Error {
  return apiError("INPUT_INVALID", message, { field: "filter" });
}

/** The fields that say something: null is as good as left out. */
function givenEntries(input: FilterInput): readonly (readonly [string, unknown])[] {
  return Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
}

function inputs(value: unknown): readonly FilterInput[] {
  return (Array.isArray(value) ? value : [value]) as readonly FilterInput[];
}
